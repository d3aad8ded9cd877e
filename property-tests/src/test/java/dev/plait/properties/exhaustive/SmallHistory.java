package dev.plait.properties.exhaustive;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.properties.specification.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A history that grows and shrinks at its end: of each operation who made it, what that replica had
 * seen, and what was done. Sets of operations are bits of an int.
 */
final class SmallHistory {
  /** In their order, which is that of unsigned numbers. */
  private static final List<ReplicaId> REPLICAS =
      List.of(ReplicaId.of(0, 2), ReplicaId.of(1, 0), ReplicaId.of(-1, 1));

  private final int[] replicas;
  private final int[] pasts;
  private final int[] times;
  private final Operation[] operations;
  private final List<Event> events = new ArrayList<>();
  private int made;

  SmallHistory(int size) {
    replicas = new int[size];
    pasts = new int[size];
    times = new int[size];
    operations = new Operation[size];
  }

  /** How many replicas there are. */
  static int replicas() {
    return REPLICAS.size();
  }

  /** How many operations there are; what the last one is may not be chosen yet. */
  int made() {
    return made;
  }

  /** Adds an operation of a replica that has seen these; {@link #choose} says which. */
  void add(int replica, int past) {
    times[made] = timeOf(replica, past);
    replicas[made] = replica;
    pasts[made] = past;
    made++;
  }

  /** Takes the last operation away. */
  void removeLast() {
    made--;
  }

  /** Says what the last operation is, instead of what was said before. */
  void choose(Operation operation) {
    int last = made - 1;
    operations[last] = operation;
    events.subList(last, events.size()).clear();
    events.add(Event.of(last, bits(pasts[last]), operation));
  }

  Operation operation(int number) {
    return operations[number];
  }

  /** All operations with what their makers had seen. */
  List<Event> events() {
    return events;
  }

  /** Whether these operations are all of the replica's own, and all that was seen with each. */
  boolean isPast(int past, int replica) {
    for (int i = 0; i < made; i++) {
      boolean seen = contains(past, i);
      if (seen ? !isWithin(pasts[i], past) : replicas[i] == replica) {
        return false;
      }
    }
    return true;
  }

  /** Whether no operation was made before, by a greater replica, that might as well come later. */
  boolean isNext(int past, int replica) {
    for (int i = made - 1; i >= 0 && !contains(past, i); i--) {
      if (replicas[i] > replica) {
        return false;
      }
    }
    return true;
  }

  /** The stamp of the next operation. */
  Stamp stamp(int replica, int past) {
    long bits = HybridTimestamp.MIN_VALID.bits() + timeOf(replica, past);
    return new Stamp(new HybridTimestamp(bits), REPLICAS.get(replica), 0);
  }

  /** The time of the last operation, if then the replicas decide as they should, or the next. */
  private int timeOf(int replica, int past) {
    if (made == 0) {
      return 0;
    }
    int time = times[made - 1];
    boolean decides = replica > replicas[made - 1];
    for (int i = made - 1; i >= 0 && times[i] == time; i--) {
      decides &= !contains(past, i);
    }
    return decides ? time : time + 1;
  }

  /** The first element id of the next operation of a replica. */
  ElementId nextId(int replica) {
    int used = 0;
    for (int i = 0; i < made; i++) {
      used += replicas[i] == replica ? operations[i].idsUsed() : 0;
    }
    return new ElementId(REPLICAS.get(replica), 1L + used);
  }

  /** Whether an operation can be the next to arrive where these have arrived. */
  boolean isReady(int number, int arrived) {
    return !contains(arrived, number) && isWithin(pasts[number], arrived);
  }

  /** Whether what was seen with each of these is among them. */
  boolean isClosed(int some) {
    for (int i = 0; i < made; i++) {
      if (contains(some, i) && !isWithin(pasts[i], some)) {
        return false;
      }
    }
    return true;
  }

  /** One line for each operation. */
  @Override
  public String toString() {
    StringBuilder history = new StringBuilder();
    for (int i = 0; i < made; i++) {
      history.append("\n  #").append(i).append(" by replica ").append(replicas[i]);
      history.append(" after ").append(bits(pasts[i])).append(": ").append(operations[i]);
    }
    return history.toString();
  }

  static BitSet bits(int some) {
    return BitSet.valueOf(new long[] {some});
  }

  static boolean contains(int some, int one) {
    return (some >> one & 1) != 0;
  }

  private static boolean isWithin(int some, int others) {
    return (some & ~others) == 0;
  }
}
