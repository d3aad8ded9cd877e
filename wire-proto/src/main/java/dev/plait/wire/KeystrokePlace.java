package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the cursor of an author is behind one of their changes, as far as the change tells: what
 * makes the next keystroke short. Found in the same way by writer and reader. Not thread-safe.
 *
 * <p>Behind an insertion the cursor stands between its last unit and its right origin, behind a
 * deletion between the units below the lowest and above the highest one of it.
 */
final class KeystrokePlace {
  private final Change previous;
  private final ContainerId container;
  private final long nextSeq;
  private @Nullable ReplicaId beforeReplica;
  private long beforeSeq;
  private @Nullable ReplicaId behindReplica;
  private long behindSeq;
  private @Nullable ReplicaId namedReplica;
  private long namedSeq;

  private KeystrokePlace(Change previous, ContainerId container, long nextSeq) {
    this.previous = previous;
    this.container = container;
    this.nextSeq = nextSeq;
  }

  /** The place behind a change; null if it did not end with an operation on a text. */
  static @Nullable KeystrokePlace behind(Change previous) {
    List<ContainerOperation> operations = previous.operations();
    long nextSeq = previous.firstSeq();
    for (ContainerOperation operation : operations) {
      nextSeq += operation.operation().idsUsed();
    }
    ContainerOperation last = operations.get(operations.size() - 1);
    KeystrokePlace place = new KeystrokePlace(previous, last.container(), nextSeq);
    if (last.operation() instanceof Operation.TextInsert insert) {
      place.setBehind(insert);
      return place;
    }
    if (last.operation() instanceof Operation.TextDelete delete && !delete.ranges().isEmpty()) {
      place.setBehind(delete.ranges());
      return place;
    }
    return null;
  }

  private void setBehind(Operation.TextInsert insert) {
    beforeReplica = previous.replica();
    beforeSeq = nextSeq - 1;
    ElementId right = insert.right();
    if (right != null) {
      behindReplica = right.replica();
      behindSeq = right.seq();
    }
  }

  private void setBehind(List<ElementRange> ranges) {
    ElementId first = ranges.get(0).first();
    ElementId last = ranges.get(ranges.size() - 1).last();
    beforeReplica = first.replica();
    beforeSeq = first.seq() - 1;
    behindReplica = last.replica();
    behindSeq = last.seq() == Long.MAX_VALUE ? 0 : last.seq() + 1;
  }

  /** Whether a change follows the one before this place. */
  boolean isFollowedBy(Change next) {
    return next.replica().equals(previous.replica())
        && next.counter() - 1 == previous.counter()
        && next.previousTime().equals(previous.time())
        && next.time().isAfter(previous.time())
        && next.time().isValid()
        && next.firstSeq() == nextSeq;
  }

  Change previous() {
    return previous;
  }

  ReplicaId author() {
    return previous.replica();
  }

  /** The text that was edited last. */
  ContainerId container() {
    return container;
  }

  /** The sequence number of the next unit. */
  long nextSeq() {
    return nextSeq;
  }

  /** The replica of the unit before the cursor. */
  @Nullable ReplicaId beforeReplica() {
    return beforeReplica;
  }

  long beforeSeq() {
    return beforeSeq;
  }

  /** The replica of the unit behind the cursor; null if the cursor is at the end. */
  @Nullable ReplicaId behindReplica() {
    return behindReplica;
  }

  long behindSeq() {
    return behindSeq;
  }

  boolean isBefore(ReplicaId replica, long seq) {
    return seq == beforeSeq && replica.equals(beforeReplica);
  }

  boolean isBehind(ReplicaId replica, long seq) {
    return seq == behindSeq && replica.equals(behindReplica);
  }

  /** What the number of a unit that is named is written as the distance from. */
  long base(ReplicaId replica) {
    if (replica.equals(namedReplica)) {
      return namedSeq;
    }
    if (replica.equals(beforeReplica)) {
      return beforeSeq;
    }
    if (replica.equals(behindReplica)) {
      return behindSeq;
    }
    return replica.equals(previous.replica()) ? nextSeq - 1 : 0;
  }

  /** The keystroke has said this unit; what it says next is mostly near. */
  void said(ReplicaId replica, long seq) {
    namedReplica = replica;
    namedSeq = seq;
  }
}
