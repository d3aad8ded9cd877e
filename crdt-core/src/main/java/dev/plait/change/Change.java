package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The atomic unit of replication: what one transaction of one replica did to one document.
 *
 * <p>Immutable; safe to share between threads. Most changes are a keystroke, so one with a single
 * operation is one small object; dots, stamps and lists are made when they are asked for.
 */
public final class Change {
  private final ReplicaId replica;
  private final long counter;
  private final List<Dot> dependencies;
  private final long previousTime;
  private final long time;
  private final long firstSeq;

  /** The container of the only operation; null if there are several. */
  private final @Nullable ContainerId container;

  /** The only operation; null if there are several. */
  private final @Nullable Operation operation;

  private final List<ContainerOperation> operations;

  /**
   * A change of any number of operations.
   *
   * @param dot who made it and the how manyth of theirs in this document it is
   * @param dependencies the heads its maker saw, the maker's own previous change left out; ordered,
   *     without repetition
   * @param previousTime the time of the maker's change to the document before it; {@link
   *     HybridTimestamp#ZERO} for the first one
   * @param time when it was made, by the maker's hybrid logical clock; one for all its operations
   * @param firstSeq the sequence number of the first {@link dev.plait.clock.ElementId} it uses, or
   *     would use: ids are given out without gaps
   * @param operations what was done, in order; never empty
   */
  public Change(
      Dot dot,
      List<Dot> dependencies,
      HybridTimestamp previousTime,
      HybridTimestamp time,
      long firstSeq,
      List<ContainerOperation> operations) {
    this.replica = dot.replica();
    this.counter = dot.counter();
    this.dependencies = List.copyOf(dependencies);
    this.previousTime = previousTime.bits();
    this.time = time.bits();
    this.firstSeq = firstSeq;
    this.container = null;
    this.operation = null;
    this.operations = List.copyOf(operations);
  }

  /**
   * A change of one operation, as one small object.
   *
   * @param previousTime as bits of a {@link HybridTimestamp}, 0 for the first change
   * @param time as bits of a {@link HybridTimestamp}
   */
  public Change(
      ReplicaId replica,
      long counter,
      List<Dot> dependencies,
      long previousTime,
      long time,
      long firstSeq,
      ContainerId container,
      Operation operation) {
    this.replica = replica;
    this.counter = counter;
    this.dependencies = dependencies.isEmpty() ? List.of() : List.copyOf(dependencies);
    this.previousTime = previousTime;
    this.time = time;
    this.firstSeq = firstSeq;
    this.container = container;
    this.operation = operation;
    this.operations = List.of();
  }

  /** Who made it and the how manyth of theirs in this document it is. */
  public Dot dot() {
    return new Dot(replica, counter);
  }

  /** Who made it. */
  public ReplicaId replica() {
    return replica;
  }

  /** The how manyth of its maker's changes to the document it is, from 1. */
  public long counter() {
    return counter;
  }

  /**
   * The heads its maker saw, the maker's own previous change left out; ordered, without repetition.
   */
  public List<Dot> dependencies() {
    return dependencies;
  }

  /**
   * The time of its maker's change to the document before it; {@link HybridTimestamp#ZERO} for the
   * first one. It ties a change to the one before it: where they contradict each other, two
   * programs have made changes under one name.
   */
  public HybridTimestamp previousTime() {
    return new HybridTimestamp(previousTime);
  }

  /** When it was made, by the maker's hybrid logical clock; one for all its operations. */
  public HybridTimestamp time() {
    return new HybridTimestamp(time);
  }

  /**
   * The sequence number of the first {@link dev.plait.clock.ElementId} it uses, or would use: ids
   * are given out without gaps.
   */
  public long firstSeq() {
    return firstSeq;
  }

  /** What was done, in order; never empty. */
  public List<ContainerOperation> operations() {
    return container == null || operation == null
        ? operations
        : List.of(new ContainerOperation(container, operation));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof Change other
            && counter == other.counter
            && previousTime == other.previousTime
            && time == other.time
            && firstSeq == other.firstSeq
            && replica.equals(other.replica)
            && dependencies.equals(other.dependencies)
            && operations().equals(other.operations()));
  }

  @Override
  public int hashCode() {
    int hash = 31 * replica.hashCode() + Long.hashCode(counter);
    hash = 31 * hash + dependencies.hashCode();
    hash = 31 * hash + Long.hashCode(previousTime);
    hash = 31 * hash + Long.hashCode(time);
    hash = 31 * hash + Long.hashCode(firstSeq);
    return 31 * hash + operations().hashCode();
  }

  @Override
  public String toString() {
    return "Change[dot="
        + dot()
        + ", dependencies="
        + dependencies
        + ", previousTime="
        + previousTime()
        + ", time="
        + time()
        + ", firstSeq="
        + firstSeq
        + ", operations="
        + operations()
        + "]";
  }
}
