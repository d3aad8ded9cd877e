package dev.plait.wire;

import dev.plait.change.Snapshot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.RunColumns;
import dev.plait.crdt.State;
import dev.plait.value.Unicode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  private final Map<ReplicaId, AuthorIds> authors = new LinkedHashMap<>();
  private long length;

  StateRules(Direction direction, Limits limits, List<Snapshot.Author> authors) {
    this.direction = direction;
    this.limits = limits;
    authors.forEach(author -> this.authors.put(author.replica(), new AuthorIds(author)));
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
      place(authorOf(entry.id().replica()), entry.id().seq(), 1);
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
    checkRuns(text.columns(), text.visible().length());
  }

  private void checkList(State.OfList list) {
    checkRuns(list.columns(), list.visible().size());
    ElementId before = null;
    for (ElementRange range : list.positions()) {
      if (before != null && !follows(before, range.first())) {
        throw direction.invalid(
            "the positions from " + range.first() + " are out of order or belong to those before");
      }
      before = range.last();
      checkId(before);
    }
    checkAscending(
        "moved elements", list.moved(), Comparator.comparing(State.MovedElement::element));
    for (State.MovedElement one : list.moved()) {
      checkId(one.element());
      checkId(one.position());
      checkStamp(one.stamp());
    }
    checkAscending(
        "replaced elements", list.replaced(), Comparator.comparing(State.ReplacedElement::element));
    for (State.ReplacedElement one : list.replaced()) {
      checkId(one.element());
      checkStamp(one.stamp());
    }
  }

  /** Whether an id is above another, and not the next one. */
  private static boolean follows(ElementId before, ElementId id) {
    boolean isNext = before.replica().equals(id.replica()) && id.seq() - 1 == before.seq();
    return before.compareTo(id) < 0 && !isNext;
  }

  private void checkRuns(RunColumns runs, int visible) {
    AuthorIds[] owners = new AuthorIds[runs.replicas().size()];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = authorOf(runs.replicas().get(i));
    }
    long shown = 0;
    for (int run = 0; run < runs.size(); run++) {
      AuthorIds owner = owners[runs.owner(run)];
      long seq = runs.seq(run);
      int runLength = runs.length(run);
      if (runLength < 1 || seq < 1 || runLength - 1 > Long.MAX_VALUE - seq) {
        throw direction.invalid(
            "a run of " + runLength + " from " + seq + "; it takes ids from 1 to 2^63-1");
      }
      if (run > 0 && goesOn(runs, run)) {
        throw direction.invalid(
            "the run from " + runs.first(run) + " belongs to the one before it");
      }
      checkOrigin(owners, runs.leftOwner(run), runs.leftSeq(run));
      checkOrigin(owners, runs.rightOwner(run), runs.rightSeq(run));
      place(owner, seq, runLength);
      shown += runs.isDeleted(run) ? 0 : runLength;
    }
    if (shown != visible) {
      throw direction.invalid(
          "runs of " + shown + " have a content of " + visible + "; it takes as many");
    }
  }

  private void checkOrigin(AuthorIds[] owners, int owner, long seq) {
    if (owner != RunColumns.NONE) {
      checkMade(owners[owner], seq);
    }
  }

  /** Whether a run and the one before it are really one. */
  private static boolean goesOn(RunColumns runs, int run) {
    int before = run - 1;
    return runs.owner(run) == runs.owner(before)
        && runs.seq(run) - runs.seq(before) == runs.length(before)
        && runs.leftOwner(run) == runs.owner(run)
        && runs.leftSeq(run) == runs.seq(run) - 1
        && runs.rightOwner(run) == runs.rightOwner(before)
        && runs.rightSeq(run) == runs.rightSeq(before)
        && runs.isDeleted(run) == runs.isDeleted(before);
  }

  private void place(AuthorIds owner, long seq, int runLength) {
    checkMade(owner, seq + runLength - 1);
    owner.place(seq, runLength);
    // A deleted run costs the same bytes however long it is, but an engine may spend memory on it.
    length += runLength;
    if (length > limits.maxSnapshotBytes()) {
      throw direction.tooMuch(
          "a snapshot holds more than "
              + limits.maxSnapshotBytes()
              + " elements, the most allowed");
    }
  }

  /** Checks that no element is in two places; after all states. */
  void checkPlacedOnce() {
    for (AuthorIds author : authors.values()) {
      long twice = author.placedTwice();
      if (twice > 0) {
        throw direction.invalid(
            "the element " + new ElementId(author.author().replica(), twice) + " is in two places");
      }
    }
  }

  private AuthorIds authorOf(ReplicaId replica) {
    AuthorIds author = authors.get(replica);
    if (author == null) {
      throw direction.invalid("no author of the snapshot is " + replica);
    }
    return author;
  }

  private void checkMade(AuthorIds author, long seq) {
    if (seq >= author.author().nextSeq()) {
      throw direction.invalid(
          "no author of the snapshot has made "
              + new ElementId(author.author().replica(), seq)
              + " yet");
    }
  }

  /** Checks that the element has been made at this version. */
  void checkId(ElementId id) {
    checkMade(authorOf(id.replica()), id.seq());
  }

  private void checkStamp(Stamp stamp) {
    Snapshot.Author author = authorOf(stamp.replica()).author();
    if (!stamp.time().isValid() || stamp.time().isAfter(author.lastTime())) {
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
