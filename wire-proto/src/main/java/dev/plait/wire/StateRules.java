package dev.plait.wire;

import dev.plait.change.Snapshot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.State;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the states of one snapshot must keep to: canonical order, no repetition, and nothing that
 * its authors had not made at its version. Confined to one call.
 */
final class StateRules {
  private static final Comparator<Contribution> BY_AUTHOR =
      Comparator.comparing(contribution -> contribution.last().replica());
  private static final Comparator<State.MapEntry> BY_KEY =
      Comparator.comparing(State.MapEntry::key, Unicode.CODE_POINT_ORDER);

  private final Direction direction;
  private final Limits limits;
  private final Map<ReplicaId, Snapshot.Author> authors = new HashMap<>();
  private final List<ElementRange> placed = new ArrayList<>();
  private long length;

  StateRules(Direction direction, Limits limits, List<Snapshot.Author> authors) {
    this.direction = direction;
    this.limits = limits;
    authors.forEach(author -> this.authors.put(author.replica(), author));
  }

  void check(State state) {
    if (state instanceof State.OfRegister register) {
      checkRegister(register);
    } else if (state instanceof State.OfMvRegister register) {
      checkMvRegister(register);
    } else if (state instanceof State.OfSet set) {
      checkSet(set);
    } else if (state instanceof State.OfCounter counter) {
      checkContributions(counter.added());
      checkContributions(counter.reset());
    } else if (state instanceof State.OfMap map) {
      checkMap(map);
    } else if (state instanceof State.OfText text) {
      checkText(text);
    } else if (state instanceof State.OfList list) {
      checkList(list);
    }
  }

  private void checkRegister(State.OfRegister register) {
    if (register.stamp() != null) {
      checkStamp(register.stamp());
    } else if (register.value() != null) {
      throw direction.invalid("a register has a value without a stamp");
    }
  }

  private void checkMvRegister(State.OfMvRegister register) {
    checkAscending("entries", register.entries(), Comparator.comparing(State.MvEntry::stamp));
    checkAscending("stamps seen", register.seen(), Comparator.comparing(Stamp::replica));
    register.entries().forEach(entry -> checkStamp(entry.stamp()));
    register.seen().forEach(this::checkStamp);
  }

  private void checkSet(State.OfSet set) {
    checkAscending("entries", set.entries(), Comparator.comparing(State.SetEntry::id));
    checkAscending("ids seen", set.seen(), Comparator.comparing(ElementId::replica));
    set.seen().forEach(this::checkId);
    for (State.SetEntry entry : set.entries()) {
      place(new ElementRange(entry.id(), 1));
    }
  }

  private void checkContributions(List<Contribution> contributions) {
    checkAscending("contributions", contributions, BY_AUTHOR);
    contributions.forEach(contribution -> checkStamp(contribution.last()));
  }

  private void checkMap(State.OfMap map) {
    checkAscending("keys", map.entries(), BY_KEY);
    for (State.MapEntry entry : map.entries()) {
      NameRules.check(direction, limits, "a key", entry.key());
      checkStamp(entry.stamp());
      if (entry.cleared() && entry.content() != null) {
        throw direction.invalid("a cleared key of a map has content");
      }
    }
  }

  private void checkText(State.OfText text) {
    List<RunShape> shapes = new ArrayList<>(text.runs().size());
    for (State.TextRun run : text.runs()) {
      checkContent(run.length(), run.text() == null ? run.length() : run.text().length());
      shapes.add(RunShape.of(run));
    }
    checkRuns(shapes);
  }

  private void checkList(State.OfList list) {
    List<RunShape> shapes = new ArrayList<>(list.runs().size());
    for (State.ListRun run : list.runs()) {
      checkContent(run.length(), run.items() == null ? run.length() : run.items().size());
      shapes.add(RunShape.of(run));
    }
    checkRuns(shapes);
  }

  private void checkContent(int runLength, int contentLength) {
    if (runLength < 1 || runLength != contentLength) {
      throw direction.invalid(
          "a run of " + runLength + " has a content of " + contentLength + "; it takes as many");
    }
  }

  private void checkRuns(List<RunShape> runs) {
    @Nullable RunShape previous = null;
    for (RunShape run : runs) {
      if (run.length() - 1 > Long.MAX_VALUE - run.first().seq()) {
        throw direction.invalid("a run goes on after sequence number 2^63-1");
      }
      if (previous != null && previous.goesOnWith(run)) {
        throw direction.invalid("the run from " + run.first() + " belongs to the one before it");
      }
      if (run.left() != null) {
        checkId(run.left());
      }
      if (run.right() != null) {
        checkId(run.right());
      }
      place(new ElementRange(run.first(), run.length()));
      previous = run;
    }
  }

  private void place(ElementRange range) {
    checkId(range.last());
    placed.add(range);
    // A deleted run costs the same bytes however long it is, but an engine may spend memory on it.
    length += range.length();
    if (length > limits.maxSnapshotBytes()) {
      throw direction.tooMuch(
          "a snapshot holds more than "
              + limits.maxSnapshotBytes()
              + " elements, the most allowed");
    }
  }

  /** Checks that no element is in two places; after all states. */
  void checkPlacedOnce() {
    placed.sort(Comparator.comparing(ElementRange::first));
    for (int i = 1; i < placed.size(); i++) {
      if (placed.get(i - 1).last().compareTo(placed.get(i).first()) >= 0) {
        throw direction.invalid("the element " + placed.get(i).first() + " is in two places");
      }
    }
  }

  /** Checks that the element has been made at this version. */
  void checkId(ElementId id) {
    Snapshot.Author author = authors.get(id.replica());
    if (author == null || id.seq() >= author.nextSeq()) {
      throw direction.invalid("no author of the snapshot has made " + id + " yet");
    }
  }

  private void checkStamp(Stamp stamp) {
    Snapshot.Author author = authors.get(stamp.replica());
    if (author == null || !stamp.time().isValid() || stamp.time().isAfter(author.lastTime())) {
      throw direction.invalid("no author of the snapshot has written " + stamp + " yet");
    }
  }

  private <T> void checkAscending(String what, List<T> list, Comparator<? super T> order) {
    for (int i = 1; i < list.size(); i++) {
      if (order.compare(list.get(i - 1), list.get(i)) >= 0) {
        throw direction.invalid(what + " of a state are not strictly ascending");
      }
    }
  }
}
