package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes the changes of one replica as a document would: each names what follows in order. */
final class ChangeMaker {
  private final ReplicaId replica;
  private long counter;
  private HybridTimestamp previousTime;
  private HybridTimestamp time;
  private long nextSeq;
  private long firstSeq;
  private List<Dot> dependencies = List.of();
  private List<ContainerOperation> operations = new ArrayList<>();

  ChangeMaker(ReplicaId replica, long counter, HybridTimestamp time, long nextSeq) {
    this.replica = replica;
    this.counter = counter;
    // Whole milliseconds before, and for odd counters one more step of the clock.
    this.previousTime =
        counter == 1
            ? HybridTimestamp.ZERO
            : HybridTimestamp.of(time.millis() - 100, counter % 2 == 0 ? time.counter() : 9);
    this.time = time;
    this.nextSeq = nextSeq;
    this.firstSeq = nextSeq;
  }

  ChangeMaker after(Dot... seen) {
    dependencies = List.of(seen);
    return this;
  }

  /** Adds an operation that does not make anything. */
  ChangeMaker stamped(ContainerId container, Function<Stamp, Operation> operation) {
    operations.add(
        new ContainerOperation(
            container, operation.apply(new Stamp(time, replica, operations.size()))));
    return this;
  }

  /** Adds an operation that makes as many things as it says. */
  ChangeMaker making(int things, ContainerId container, Function<ElementId, Operation> operation) {
    operations.add(
        new ContainerOperation(container, operation.apply(new ElementId(replica, nextSeq))));
    nextSeq += things;
    return this;
  }

  /** Whether the next change has operations already. */
  boolean hasOperations() {
    return !operations.isEmpty();
  }

  ElementId nextId() {
    return new ElementId(replica, nextSeq);
  }

  Stamp nextStamp() {
    return new Stamp(time, replica, operations.size());
  }

  /** Ends the change; the next is made this much later. */
  Change end(long millisLater) {
    Change change =
        new Change(
            new Dot(replica, counter), dependencies, previousTime, time, firstSeq, operations);
    previousTime = time;
    counter++;
    firstSeq = nextSeq;
    dependencies = List.of();
    operations = new ArrayList<>();
    time =
        millisLater == 0
            ? time.next()
            : HybridTimestamp.of(time.millis() + millisLater, time.counter());
    return change;
  }
}
