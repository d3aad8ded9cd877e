package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Rollback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Two ways in. A change that comes alone, or for which listeners want to be told, is decided by
 * itself. Changes that come as blocks, each of consecutive changes of one author, are taken a stretch
 * at a time: as many as depend on nothing that is missing. A stretch is tried as a whole, which says
 * only yes or no. After a no its changes are decided one by one, so that every change meets the same
 * fate whichever way it came.
 *
 * A block that needs a change of somebody else waits while other blocks go on, and is taken up when
 * that change was applied; so blocks can be much longer than the turns their authors took. What is
 * left of blocks in the end goes to the inbox, where single changes wait from the start.
 */
/**
 * Imports: take changes in any order and apply each as soon as what it depends on is there.
 *
 * <p>One object serves all imports of a document, one after the other, each from {@link #start} to
 * {@link #finish}. The clock and the store are not touched here: the document does that when the
 * whole import has been decided.
 */
final class Import {
  /** What one applied change did, for listeners. */
  record Effect(Dot change, List<ContainerPatch> patches) {}

  private static final long BEFORE_VALID = HybridTimestamp.MIN_VALID.bits() - 1;

  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final boolean trusted;
  private final int maxQuarantined;
  private final Rollback rollback = new Rollback();
  private final ChangeOperations single;
  private final BlockOperations several;
  private final ApplyReport.Builder report = new ApplyReport.Builder();
  private final ArrayDeque<Change> ready = new ArrayDeque<>();
  private final ArrayDeque<Block> runnable = new ArrayDeque<>();
  private final Map<ReplicaId, List<Block>> blocked = new HashMap<>();
  private final List<Block> stuck = new ArrayList<>(0);
  private final List<Change> applied = new ArrayList<>(0);
  private final List<Change> quarantined = new ArrayList<>(0);
  private final List<Dot> released = new ArrayList<>(0);
  private final List<Effect> effects = new ArrayList<>(0);
  private final Map<Dot, Change> waiting = new LinkedHashMap<>();
  private ReplicaId[] seenAuthors = new ReplicaId[1];
  private long[] seenTimes = new long[1];
  private int seen;
  private long wallMillis;
  private long lastDue;
  private boolean recording;
  private boolean keeping;

  /** Whether anything may be left of the last import: that it did not finish, for one. */
  private boolean used;

  /** Imports of what comes from elsewhere. */
  Import(DocumentState state, HybridLogicalClock clock, Limits limits) {
    this(state, clock, limits, false);
  }

  private Import(DocumentState state, HybridLogicalClock clock, Limits limits, boolean trusted) {
    this.state = state;
    this.clock = clock;
    this.trusted = trusted;
    this.maxQuarantined = limits.maxPendingChanges();
    this.single = new ChangeOperations(state, rollback);
    this.several = new BlockOperations(state, rollback);
  }

  /** An import of what comes from the own store, which had accepted the stamps. */
  static Import trusted(DocumentState state, HybridLogicalClock clock, Limits limits) {
    Import run = new Import(state, clock, limits, true);
    run.start(false, false);
    return run;
  }

  /**
   * Begins an import. The wall clock is read once, here.
   *
   * @param wantEffects whether listeners want to know the effects
   * @param wantChanges whether a host wants to know the changes
   */
  void start(boolean wantEffects, boolean wantChanges) {
    recording = wantEffects;
    keeping = wantChanges;
    wallMillis = clock.wallMillis();
    lastDue = trusted ? HybridTimestamp.MAX_VALID.bits() : clock.lastWithinDrift(wallMillis);
    seen = 0;
    report.clear();
    if (used) {
      clear();
    }
    used = true;
  }

  /** Mostly there is nothing: a keystroke that was applied leaves only its stamp behind. */
  private void clear() {
    rollback.forget();
    ready.clear();
    runnable.clear();
    blocked.clear();
    stuck.clear();
    applied.clear();
    quarantined.clear();
    released.clear();
    effects.clear();
    waiting.clear();
  }

  /** The changes applied, if a host wants to know them. */
  List<Change> applied() {
    return applied;
  }

  List<Change> quarantined() {
    return quarantined;
  }

  List<Dot> released() {
    return released;
  }

  List<Effect> effects() {
    return effects;
  }

  /** The stamp of the last change applied, as bits; 0 if none was. */
  long latest() {
    long latest = 0;
    for (int i = 0; i < seen; i++) {
      latest = Math.max(latest, seenTimes[i]);
    }
    return latest;
  }

  /** Shows the clock the stamps that were accepted, and those that are too far ahead. */
  void showTo(HybridLogicalClock shown) {
    if (seen > 0) {
      shown.raiseTo(new HybridTimestamp(latest())); // whatever the wall clock says meanwhile
    }
    for (int i = 0; i < seen; i++) {
      shown.observe(seenAuthors[i], new HybridTimestamp(seenTimes[i]));
    }
    for (int i = 0; i < quarantined.size(); i++) {
      Change change = quarantined.get(i);
      shown.observe(change.replica(), change.time()); // too far ahead, but worth knowing
    }
  }

  // ---- change by change

  /** Takes a change, and every waiting one that it sets free. */
  void offer(Change change) {
    take(change);
    settle();
  }

  private void settle() {
    while (!ready.isEmpty()) {
      take(ready.remove());
    }
  }

  private void take(Change change) {
    Dot missing = decide(change);
    if (missing != null) {
      state.inbox.add(change, missing);
      waiting.put(change.dot(), change);
    } else if (!waiting.isEmpty()) {
      waiting.remove(change.dot());
    }
  }

  /** Decides what becomes of a change; returns what it waits for if it has to wait. */
  private @Nullable Dot decide(Change change) {
    Dot dot = change.dot();
    if (state.authors.includes(dot)) {
      report.duplicate(change.replica(), change.counter(), change.counter());
      release(change.replica(), change.counter(), change.counter());
    } else if (!change.time().isValid()) {
      reject(
          dot,
          ApplyOutcome.Rejected.STAMP_OUT_OF_RANGE,
          "stamps lie between 2020 and 2200, this one is " + change.time());
    } else if (change.time().bits() > lastDue) {
      quarantine(change);
    } else {
      return decideNow(change);
    }
    return null;
  }

  /** Whether the wall clock, as it was when the import began, has come near enough to a stamp. */
  boolean isDue(Change change) {
    return change.time().bits() <= lastDue;
  }

  private void quarantine(Change change) {
    Dot dot = change.dot();
    if (!state.quarantine.containsKey(dot)) {
      if (state.quarantine.size() >= maxQuarantined) {
        report.rejected(
            dot,
            ApplyOutcome.Rejected.QUARANTINE_FULL,
            "too many changes wait for their time; offer it again later",
            false);
        return;
      }
      state.quarantine.put(dot, change);
      quarantined.add(change);
    }
    report.quarantined(dot, clock.acceptableAtMillis(change.time()));
  }

  private @Nullable Dot decideNow(Change change) {
    Dot dot = change.dot();
    Dot missing = firstMissing(change);
    if (missing != null
        && missing.replica().equals(dot.replica())
        && missing.counter() >= dot.counter()) {
      reject(
          dot, ApplyOutcome.Rejected.SELF_DEPENDENCY, "it depends on itself or on what follows it");
      return null;
    }
    if (missing != null) {
      return missing;
    }
    if (contradictsItsAuthor(change)) {
      return null;
    }
    PatchRecorder recorder = recording ? new PatchRecorder(state.containers) : null;
    OperationCheck.Verdict verdict = single.apply(change, recorder);
    if (verdict instanceof OperationCheck.Verdict.Wait wait) {
      return wait.missing();
    }
    if (verdict instanceof OperationCheck.Verdict.Reject no) {
      reject(dot, no.code(), no.reason());
      return null;
    }
    if (keeping) {
      applied.add(change);
    }
    if (recorder != null) {
      effects.add(new Effect(dot, recorder.patches()));
    }
    onApplied(change.replica(), change.counter(), change.counter(), change.time().bits());
    return null;
  }

  /** Whether a change says another time than is known of its author's change before it. */
  private boolean contradictsItsAuthor(Change change) {
    Authors.Author author = state.authors.get(change.replica());
    HybridTimestamp said = change.previousTime();
    boolean other = said.bits() != author.lastTime && change.time().isAfter(said);
    if (other) {
      report.rejected(
          change.dot(),
          ApplyOutcome.Rejected.EQUIVOCATION,
          "the change before it was made at " + said + ", the one here at " + author.time(),
          false);
    }
    return other;
  }

  private @Nullable Dot firstMissing(Change change) {
    if (change.counter() != state.authors.counter(change.replica()) + 1) {
      return new Dot(change.replica(), change.counter() - 1);
    }
    for (Dot dependency : change.dependencies()) {
      if (!state.authors.includes(dependency)) {
        return dependency;
      }
    }
    return null;
  }

  private void onApplied(ReplicaId replica, long first, long last, long lastTime) {
    report.applied(replica, first, last);
    see(replica, lastTime);
    release(replica, first, last);
    state.inbox.applied(replica, first, last, ready);
    if (!blocked.isEmpty()) {
      wake(replica, last);
    }
  }

  private void see(ReplicaId replica, long time) {
    if (seen == 0 || !seenAuthors[seen - 1].equals(replica)) {
      if (seen == seenTimes.length) {
        seenAuthors = Arrays.copyOf(seenAuthors, 2 * seen);
        seenTimes = Arrays.copyOf(seenTimes, 2 * seen);
      }
      if (!replica.equals(seenAuthors[seen])) {
        seenAuthors[seen] = replica;
      }
      seen++;
    }
    seenTimes[seen - 1] = time;
  }

  private void reject(Dot dot, String code, String reason) {
    report.rejected(dot, code, reason, true);
    release(dot.replica(), dot.counter(), dot.counter());
  }

  /** Nothing of these has to be kept aside any longer. */
  private void release(ReplicaId replica, long first, long last) {
    if (state.quarantine.isEmpty()) {
      return;
    }
    for (Dot dot : List.copyOf(state.quarantine.keySet())) {
      if (dot.counter() >= first && dot.counter() <= last && dot.replica().equals(replica)) {
        state.quarantine.remove(dot);
        released.add(dot);
      }
    }
  }

  // ---- block by block

  /** Takes blocks, as far as they can be applied now; what is left waits for {@link #finish}. */
  void offer(List<Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      take(blocks.get(i));
    }
    while (!runnable.isEmpty()) {
      take(runnable.remove());
    }
    if (!blocked.isEmpty()) {
      for (Block block : blocks) {
        if (block.left() > 0) {
          stuck.add(block);
        }
      }
      blocked.clear();
    }
  }

  private void take(Block block) {
    Authors.Author author = state.authors.get(block.columns.replica());
    if (block.isKeystroke() && !recording && !keeping && takeKeystroke(block, author)) {
      return;
    }
    block.begin();
    while (skipKnown(block, author) > 0) {
      int count = 0;
      if (block.counter() == author.counter + 1) {
        count = block.ready(state.authors);
      } else {
        block.missing = new Dot(author.replica, block.counter() - 1);
      }
      if (count > 0 && (recording || !takeWhole(block, author, count))) {
        takeSingly(block, count);
      }
      settle();
      Dot missing = block.missing;
      if (missing != null && !state.authors.includes(missing)) {
        blocked.computeIfAbsent(missing.replica(), any -> new ArrayList<>(1)).add(block);
        return;
      }
    }
  }

  /**
   * The short way of what comes most often: a single operation on a text that is there. After a no
   * nothing was changed, and the way of all blocks decides.
   */
  private boolean takeKeystroke(Block block, Authors.Author author) {
    ChangeColumns columns = block.columns;
    long time = columns.firstTime();
    if (columns.firstCounter() != author.counter + 1
        || columns.firstSeq() != author.nextSeq
        || columns.previousTime() != author.lastTime
        || time <= Math.max(author.lastTime, BEFORE_VALID)
        || time > lastDue
        || !several.applySingle(columns)) {
      return false;
    }
    block.taken();
    state.commitKeystroke(columns, author);
    onApplied(author.replica, author.counter, author.counter, time);
    return true;
  }

  private int skipKnown(Block block, Authors.Author author) {
    long known = author.counter - block.counter() + 1;
    if (known > 0 && block.left() > 0) {
      int skipped = (int) Math.min(known, block.left());
      long first = block.counter();
      report.duplicate(author.replica, first, first + skipped - 1);
      release(author.replica, first, first + skipped - 1);
      block.walk.skip(skipped);
    }
    return block.left();
  }

  private boolean takeWhole(Block block, Authors.Author author, int count) {
    if (block.walk.seq() != author.nextSeq
        || block.walk.previousTime() != author.lastTime
        || !block.walk.ascends(count, Math.max(author.lastTime, BEFORE_VALID), lastDue)) {
      return false;
    }
    block.ahead.goTo(block.walk);
    if (!several.apply(block.columns, block.ahead, count)) {
      rollback.run();
      return false;
    }
    rollback.forget();
    if (keeping) {
      block.ahead.goTo(block.walk);
      for (int i = 0; i < count; i++) {
        applied.add(block.ahead.change());
      }
    }
    long first = block.counter();
    state.commit(block, author, count);
    onApplied(author.replica, first, author.counter, author.lastTime);
    return true;
  }

  /** Decides changes of a block one by one, up to one that has to wait. */
  private void takeSingly(Block block, int count) {
    for (int i = 0; i < count; i++) {
      block.ahead.goTo(block.walk);
      Change change = block.ahead.change();
      Dot missing = decide(change);
      if (missing != null) {
        block.missing = missing;
        return;
      }
      block.walk.goTo(block.ahead);
    }
  }

  /** Blocks that waited for a change of this replica, and now have it, can go on. */
  private void wake(ReplicaId replica, long upTo) {
    List<Block> candidates = blocked.get(replica);
    if (candidates == null) {
      return;
    }
    candidates.removeIf(
        block -> {
          Dot missing = block.missing;
          boolean free = missing == null || missing.counter() <= upTo;
          if (free) {
            runnable.add(block);
          }
          return free;
        });
    if (candidates.isEmpty()) {
      blocked.remove(replica);
    }
  }

  // ---- the end

  /** Decides what is still open and tells what became of every change. */
  ApplyReport finish() {
    for (Block block : stuck) {
      letWait(block);
    }
    stuck.clear();
    if (!waiting.isEmpty()) {
      reportWaiting();
    }
    boolean onlyApplied = waiting.isEmpty() && quarantined.isEmpty() && released.isEmpty();
    used = !onlyApplied || recording || keeping;
    return report.build();
  }

  /** Puts what is left of a block into the inbox, as far as there is room. */
  private void letWait(Block block) {
    while (block.left() > 0 && !state.inbox.isFull()) {
      offer(block.walk.change());
    }
    long last = block.columns.lastCounter();
    for (long counter = block.counter(); counter <= last; counter++) {
      Inbox.Waiting kept = state.inbox.find(new Dot(block.columns.replica(), counter));
      if (kept != null) {
        waiting.put(kept.change().dot(), kept.change());
      } else {
        report.excess(block.columns.replica(), counter, counter);
      }
    }
  }

  private void reportWaiting() {
    Map<Dot, Inbox.Waiting> excess = new LinkedHashMap<>();
    for (Inbox.Waiting over : state.inbox.trim()) {
      excess.put(over.change().dot(), over);
    }
    for (Dot dot : waiting.keySet()) {
      Inbox.Waiting kept = state.inbox.find(dot);
      if (kept != null) {
        report.pending(dot, kept.missing());
        excess.remove(dot);
      }
    }
    for (Dot dot : excess.keySet()) {
      report.excess(dot.replica(), dot.counter(), dot.counter());
    }
  }
}
