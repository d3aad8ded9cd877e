package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
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
  private final Change change;

  OperationCheck(DocumentState state, Change change) {
    this.state = state;
    this.change = change;
  }

  /** The answer: null to go ahead, a dot to wait for, or a reason to reject. */
  sealed interface Verdict {
    /** Look again when this change has been applied. */
    record Wait(Dot missing) implements Verdict {}

    /** No replica will ever apply it. */
    record Reject(String code, String reason) implements Verdict {}
  }

  /**
   * Checks one operation.
   *
   * @param index its place in the change
   * @param nextSeq the sequence number the change's next element gets
   */
  @Nullable Verdict check(ContainerOperation target, int index, long nextSeq, Crdt crdt) {
    Operation operation = target.operation();
    ContainerId container = target.container();
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
    Stamp stamp = stampOf(operation);
    if (stamp != null
        && !(stamp.ordinal() == index
            && stamp.time().equals(change.time())
            && stamp.replica().equals(change.dot().replica()))) {
      return wrong("operation " + index + " carries a stamp that is not its change's");
    }
    ElementId first = firstIdOf(operation);
    if (first != null
        && !(first.seq() == nextSeq && first.replica().equals(change.dot().replica()))) {
      return new Verdict.Reject(
          ApplyOutcome.Rejected.IDS_OUT_OF_SEQUENCE,
          "operation " + index + " uses " + first + " where the next id is " + nextSeq);
    }
    return null;
  }

  /** A container inside a list hangs on an element, which must be there. */
  private @Nullable Verdict checkPlace(ContainerId id, long nextSeq) {
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
      boolean own = stamp.replica().equals(change.dot().replica());
      if (own ? stamp.time().isAfter(change.time()) : stamp.time().isAfter(author.lastTime)) {
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
    ReplicaId replica = element.replica();
    if (replica.equals(change.dot().replica()) || element.seq() < issuedSeq(replica, nextSeq)) {
      return new Verdict.Reject(
          ApplyOutcome.Rejected.UNKNOWN_ELEMENT,
          "it names " + element + ", which is not and never will be in that container");
    }
    return new Verdict.Wait(new Dot(replica, state.authors.counter(replica) + 1));
  }

  private long issuedSeq(ReplicaId replica, long nextSeq) {
    return replica.equals(change.dot().replica()) ? nextSeq : state.authors.get(replica).nextSeq;
  }

  private static Verdict wrong(String reason) {
    return new Verdict.Reject(ApplyOutcome.Rejected.WRONG_OPERATION, reason);
  }

  private static @Nullable Stamp stampOf(Operation operation) {
    if (operation instanceof Operation.RegisterWrite write) {
      return write.stamp();
    }
    if (operation instanceof Operation.MvWrite write) {
      return write.stamp();
    }
    if (operation instanceof Operation.CounterAdd add) {
      return add.stamp();
    }
    if (operation instanceof Operation.MapPut put) {
      return put.stamp();
    }
    return operation instanceof Operation.MapRemove remove ? remove.stamp() : null;
  }

  private static @Nullable ElementId firstIdOf(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return insert.first();
    }
    if (operation instanceof Operation.ListInsert insert) {
      return insert.first();
    }
    return operation instanceof Operation.SetAdd add ? add.id() : null;
  }

  /** How many element ids an operation uses up. */
  static int idsUsed(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return insert.text().length();
    }
    if (operation instanceof Operation.ListInsert insert) {
      return insert.items().size();
    }
    return operation instanceof Operation.SetAdd ? 1 : 0;
  }
}
