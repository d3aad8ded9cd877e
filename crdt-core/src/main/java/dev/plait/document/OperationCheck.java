package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.List;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an operation of a received change may be applied now.
 *
 * <p><b>Why the verdict is the same everywhere.</b> Replicas hold different sets of changes, so a
 * rule such as "the element it names must be here" alone would reject on one replica what another
 * accepts. Therefore an operation that names something not seen yet is never rejected for that: it
 * waits for the next change of the replica that would have made it. Once that replica's ids have
 * passed the one named, the element is here or never will be, on every replica alike, and only then
 * the operation is rejected.
 */
final class OperationCheck {
  private final DocumentState state;
  private final ReplicaId replica;
  private final long time;

  /**
   * A check of the operations of one change.
   *
   * @param replica who made the change
   * @param time when, as bits of a {@link HybridTimestamp}
   */
  OperationCheck(DocumentState state, ReplicaId replica, long time) {
    this.state = state;
    this.replica = replica;
    this.time = time;
  }

  /** The answer: null to go ahead, a dot to wait for, or a reason to reject. */
  sealed interface Verdict {
    /** Look again when this change has been applied. */
    record Wait(Dot missing) implements Verdict {}

    /** No replica will ever apply it. */
    record Reject(String code, String reason) implements Verdict {}

    /** Keep it aside. */
    record Hold(HeldReason reason) implements Verdict {}
  }

  /**
   * Checks one operation.
   *
   * @param index its place in the change
   * @param nextSeq the sequence number the change's next element gets
   */
  @Nullable Verdict check(
      ContainerId container, Operation operation, int index, long nextSeq, Crdt crdt) {
    if (container.depth() > ContainerId.MAX_DEPTH) {
      return wrong("containers nest at most " + ContainerId.MAX_DEPTH + " deep");
    }
    Verdict verdict = checkOwnNames(operation, index, nextSeq);
    if (verdict == null) {
      verdict = checkPlace(container, nextSeq);
    }
    if (verdict == null) {
      verdict = checkObserved(operation, nextSeq);
    }
    if (verdict == null) {
      Refusal refusal = crdt.check(operation);
      if (refusal instanceof Refusal.Missing missing && !takesEntriesAway(operation)) {
        verdict = missing(missing.element(), nextSeq);
      } else if (refusal instanceof Refusal.Invalid invalid) {
        verdict = new Verdict.Reject(invalid.code(), invalid.reason());
      }
    }
    return verdict;
  }

  /** The stamp and the ids an operation uses follow from its place in the change. */
  private @Nullable Verdict checkOwnNames(Operation operation, int index, long nextSeq) {
    Stamp stamp = operation.stampOrNull();
    if (stamp != null
        && !(stamp.ordinal() == index
            && stamp.time().bits() == time
            && stamp.replica().equals(replica))) {
      return wrong("operation " + index + " carries a stamp that is not its change's");
    }
    ElementId first = operation.firstId();
    if (first != null && !(first.seq() == nextSeq && first.replica().equals(replica))) {
      return new Verdict.Reject(
          ApplyOutcome.Rejected.IDS_OUT_OF_SEQUENCE,
          "operation " + index + " uses " + first + " where the next id is " + nextSeq);
    }
    return null;
  }

  /** A container inside a list hangs on an element, which must be there. */
  @Nullable Verdict checkPlace(ContainerId id, long nextSeq) {
    for (ContainerId step = id; step != null; step = step.parent()) {
      ElementId element = step.element();
      ContainerId parent = step.parent();
      if (element != null && parent != null) {
        Container list = state.containers.find(parent);
        boolean here =
            list != null && list.crdt() instanceof List elements && elements.contains(element);
        if (!here) {
          return missing(element, nextSeq);
        }
      }
    }
    return null;
  }

  /** What an operation takes away must have been given out before it. */
  private @Nullable Verdict checkObserved(Operation operation, long nextSeq) {
    java.util.List<ElementId> ids = java.util.List.of();
    java.util.List<Stamp> stamps = java.util.List.of();
    if (operation instanceof Operation.SetAdd add) {
      ids = add.replaces();
    } else if (operation instanceof Operation.SetRemove remove) {
      ids = remove.observed();
    } else if (operation instanceof Operation.MvWrite write) {
      stamps = write.supersedes();
    } else if (operation instanceof Operation.MvClear clear) {
      stamps = clear.observed();
    } else if (operation instanceof Operation.RegisterClear clear) {
      stamps = java.util.List.of(clear.observed());
    } else if (operation instanceof Operation.MapClear clear) {
      stamps = java.util.List.of(clear.observed());
    } else if (operation instanceof Operation.CounterReset reset) {
      stamps = reset.observed().stream().map(Contribution::last).toList();
    }
    for (ElementId id : ids) {
      if (id.seq() >= issuedSeq(id.replica(), nextSeq)) {
        return missing(id, nextSeq);
      }
    }
    for (Stamp stamp : stamps) {
      Authors.Author author = state.authors.get(stamp.replica());
      boolean own = stamp.replica().equals(replica);
      long latest = own ? time : author.lastTime;
      if (HybridTimestamp.compare(stamp.time().bits(), latest) > 0) {
        return own
            ? wrong("it takes away a write of its own author that was not made yet")
            : new Verdict.Wait(new Dot(stamp.replica(), author.counter + 1));
      }
    }
    return null;
  }

  /**
   * For sets {@link #checkObserved} has decided: an id that was given out but is not in the set may
   * have been removed, or never have been there, and no replica can tell which any more.
   */
  private static boolean takesEntriesAway(Operation operation) {
    return operation instanceof Operation.SetAdd || operation instanceof Operation.SetRemove;
  }

  private Verdict missing(ElementId element, long nextSeq) {
    ReplicaId owner = element.replica();
    if (owner.equals(replica) || element.seq() < issuedSeq(owner, nextSeq)) {
      return new Verdict.Reject(
          ApplyOutcome.Rejected.UNKNOWN_ELEMENT,
          "it names " + element + ", which is not and never will be in that container");
    }
    return new Verdict.Wait(new Dot(owner, state.authors.counter(owner) + 1));
  }

  private long issuedSeq(ReplicaId owner, long nextSeq) {
    return owner.equals(replica) ? nextSeq : state.authors.get(owner).nextSeq;
  }

  private static Verdict wrong(String reason) {
    return new Verdict.Reject(ApplyOutcome.Rejected.WRONG_OPERATION, reason);
  }
}
