package dev.plait.cli.replay;

import dev.plait.change.Change;
import dev.plait.cli.trace.MergePlan;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceException;
import dev.plait.cli.trace.TraceTransaction;
import dev.plait.clock.VersionVector;
import dev.plait.schedule.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trace replayed once, by its authors.
 *
 * <p>Of a concurrent trace, each transaction becomes one change, after its author has merged what
 * the trace says they had seen. Of a sequential one, each patch becomes a change: one keystroke is
 * what an editor would commit.
 */
final class LocalReplay {
  private final Trace trace;
  private final MergePlan plan;
  private final VirtualTime time;
  private final long tickMillis;
  private final boolean basicPlane;
  private final Copies copies;
  private final Keystrokes keystrokes;

  /** Those who have transactions before them; a copy that is done takes no room in memory. */
  private final Map<Integer, Author> authors = new HashMap<>();

  private final Map<Integer, Integer> lastTransactions = new HashMap<>();

  /**
   * All changes so far, in causal order, as far as others have to merge them. A lone author's are
   * only in their document until it is put away: keeping them here too would be measured.
   */
  private final List<Change> changes = new ArrayList<>();

  /** How many changes there were before each transaction of the trace, to find its own. */
  private final int[] changesBefore;

  LocalReplay(Trace trace, MergePlan plan, Copies copies, VirtualTime time, long tickMillis) {
    this.trace = trace;
    this.plan = plan;
    this.time = time;
    this.tickMillis = tickMillis;
    this.changesBefore = new int[trace.transactions().size() + 1];
    this.copies = copies;
    this.basicPlane = trace.isBasicPlane();
    this.keystrokes = new Keystrokes(trace);
    for (int i = 0; i < trace.transactions().size(); i++) {
      lastTransactions.put(trace.transactions().get(i).agent(), i);
    }
  }

  /**
   * Makes what was there before the first transaction a change of its own.
   *
   * @throws TraceException TRACE_EDIT if it is too large for one
   */
  void start() {
    if (!trace.startContent().isEmpty()) {
      open(0).start(trace.startContent()).ifPresent(this::keep);
    }
  }

  /**
   * Replays every transaction.
   *
   * @param pause stops the measurement while an author's copy is opened and put away
   * @return all changes that were made, the one of {@link #start} included, in causal order
   * @throws TraceException TRACE_EDIT if a patch can't be made
   */
  List<Change> run(Stopwatch.Pause pause) {
    if (trace.kind() == Trace.Kind.SEQUENTIAL) {
      runAlone(pause);
    } else {
      runTogether(pause);
    }
    pause.during(() -> List.copyOf(authors.keySet()).forEach(this::putAway));
    return Collections.unmodifiableList(changes);
  }

  /** Nothing but the edits: a keystroke takes so little time that a look into a map would show. */
  private void runAlone(Stopwatch.Pause pause) {
    pause.during(() -> open(0));
    Author author = open(0);
    for (int i = 0; i < keystrokes.count(); i++) {
      time.advance(tickMillis);
      author.edit(keystrokes, i);
    }
  }

  private void runTogether(Stopwatch.Pause pause) {
    changesBefore[0] = changes.size();
    for (int i = 0; i < changesBefore.length - 1; i++) {
      int agent = trace.transactions().get(i).agent();
      if (!authors.containsKey(agent)) {
        pause.during(() -> open(agent));
      }
      mergeAndEdit(i, open(agent));
      changesBefore[i + 1] = changes.size();
      if (Objects.equals(lastTransactions.get(agent), i)) {
        pause.during(() -> putAway(agent));
      }
    }
  }

  private void mergeAndEdit(int number, Author author) {
    TraceTransaction transaction = trace.transactions().get(number);
    List<Change> lacking = new ArrayList<>();
    for (int other : plan.before(number)) {
      lacking.addAll(changes.subList(changesBefore[other], changesBefore[other + 1]));
    }
    author.merge(lacking);
    // A replica delivers events in the background, which is when time moves on: after the merge,
    // because the author's positions have to take it in.
    time.advance(tickMillis);
    author.edit(number, transaction.patches()).ifPresent(this::keep);
  }

  private void keep(Change change) {
    if (trace.kind() != Trace.Kind.SEQUENTIAL) {
      changes.add(change);
    }
  }

  private Author open(int agent) {
    return authors.computeIfAbsent(agent, absent -> Author.of(copies.of(absent), basicPlane));
  }

  private void putAway(int agent) {
    authors.remove(agent);
    if (trace.kind() == Trace.Kind.SEQUENTIAL) {
      changes.addAll(copies.of(agent).changes(VersionVector.empty()));
    }
    copies.putAway(agent);
  }
}
