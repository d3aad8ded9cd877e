package dev.plait.properties.exhaustive;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.properties.specification.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All histories of a given number of operations by three replicas: each is delivered in every
 * causal order, all orders must lead to one state, and that must show what the specification says.
 *
 * <p><b>What a history is.</b> One operation after another is made by some replica that has seen
 * some of the earlier ones: all of its own, and with each all that was seen there. It makes any
 * edit that makes sense in the state it then has. What is looped over is exactly this.
 *
 * <p><b>Stamps.</b> The order in which operations are made is the order of their stamps, so every
 * order of stamps that clocks can lead to is met once. Operations that follow each other have the
 * same time where that leaves the order as it is: then the replica has to decide.
 *
 * <p><b>What is left out.</b> For a type whose operations carry no stamps, two concurrent
 * operations that are made in the other order are the same two operations: their ids depend on the
 * earlier ones of their own replica alone. Such histories are met in one order only, the one in
 * which of all operations that could come next the one of the lowest replica does. Nothing else is
 * left out; replicas, keys and values are not taken for interchangeable.
 *
 * <p><b>What is not done again.</b> Deliveries that begin alike share their beginning: the rest is
 * undone by {@link Rollback} and the next order goes on from there, and so does the next history
 * that differs in what its last operation is. That a replica's own state does not depend on the
 * order in which it had got what it had seen is shown by the histories of fewer operations.
 */
final class EverySmallHistory<C extends Crdt> {
  /** In their order, which is that of unsigned numbers. */
  private static final List<ReplicaId> REPLICAS =
      List.of(ReplicaId.of(0, 2), ReplicaId.of(1, 0), ReplicaId.of(-1, 1));

  private final SmallType<C> type;
  private final int size;
  private final boolean joining;

  // The history so far: of each operation who made it, what that replica had seen, when.
  private final int[] replicas;
  private final int[] pasts;
  private final int[] times;
  private final Operation[] operations;
  private final List<Event> events = new ArrayList<>();
  private int made;

  // The delivery that is going on: the order in which operations have arrived.
  private final Rollback rollback = new Rollback();
  private final int[] order;

  /** Where the first order of each history led to, by what its last operation is. */
  private final List<Outcome> outcomes = new ArrayList<>();

  private long histories;
  private long deliveries;
  private long joins;

  private EverySmallHistory(SmallType<C> type, int size, boolean joining) {
    this.type = type;
    this.size = size;
    this.joining = joining;
    replicas = new int[size];
    pasts = new int[size];
    times = new int[size];
    operations = new Operation[size];
    order = new int[size];
  }

  /** How many histories there were, and how often one was delivered or put together from states. */
  record Count(long histories, long deliveries, long joins) {
    static final Count NONE = new Count(0, 0, 0);

    Count plus(Count other) {
      return new Count(
          histories + other.histories, deliveries + other.deliveries, joins + other.joins);
    }

    @Override
    public String toString() {
      return histories + " histories, " + deliveries + " deliveries, " + joins + " joins";
    }
  }

  /** A last operation, and what the first order led to that ended a history with it. */
  private static final class Outcome {
    private final Operation last;
    private byte[] bytes = {};
    private String order = "";

    Outcome(Operation last) {
      this.last = last;
    }
  }

  /**
   * Tries all histories of exactly this many operations.
   *
   * @param joining whether states are joined, too
   * @throws AssertionError with the first history that goes wrong
   */
  static <C extends Crdt> Count of(SmallType<C> type, int size, boolean joining) {
    EverySmallHistory<C> every = new EverySmallHistory<>(type, size, joining);
    every.extend();
    return new Count(every.histories, every.deliveries, every.joins);
  }

  // ---- making

  private void extend() {
    for (int replica = 0; replica < REPLICAS.size(); replica++) {
      for (int past = 0; past < 1 << made; past++) {
        if (isPast(past, replica) && (type.hasStamps() || isNext(past, replica))) {
          extend(replica, past);
        }
      }
    }
  }

  private void extend(int replica, int past) {
    List<Operation> next = operations(replica, past);
    replicas[made] = replica;
    pasts[made] = past;
    made++;
    if (made == size) {
      check(next);
    } else {
      for (Operation operation : next) {
        choose(made - 1, operation);
        extend();
      }
    }
    made--;
  }

  /** All operations that a replica can make next. */
  private List<Operation> operations(int replica, int past) {
    C maker = type.empty();
    deliver(maker, past);
    Stamp stamp = stamp(replica, past);
    ElementId id = nextId(replica);
    List<Operation> all = new ArrayList<>();
    for (SmallType.Edit<C> edit : type.edits(maker)) {
      all.add(type.make(edit, maker, stamp, id, rollback));
      rollback.run();
    }
    return all;
  }

  private void choose(int number, Operation operation) {
    operations[number] = operation;
    BitSet past = bits(pasts[number]);
    events.subList(number, events.size()).clear();
    events.add(Event.of(number, past, operation));
  }

  /** Whether these operations are all of the replica's own, and all that was seen with each. */
  private boolean isPast(int past, int replica) {
    for (int i = 0; i < made; i++) {
      boolean seen = contains(past, i);
      if (seen ? !isWithin(pasts[i], past) : replicas[i] == replica) {
        return false;
      }
    }
    return true;
  }

  /** Whether no operation was made before, by a greater replica, that might as well come later. */
  private boolean isNext(int past, int replica) {
    for (int i = made - 1; i >= 0 && !contains(past, i); i--) {
      if (replicas[i] > replica) {
        return false;
      }
    }
    return true;
  }

  private Stamp stamp(int replica, int past) {
    int time = 0;
    if (made > 0) {
      int last = made - 1;
      time = times[last];
      boolean decides = replica > replicas[last];
      for (int i = last; i >= 0 && times[i] == time; i--) {
        decides &= !contains(past, i);
      }
      time += decides ? 0 : 1;
    }
    times[made] = time;
    long bits = HybridTimestamp.MIN_VALID.bits() + time;
    return new Stamp(new HybridTimestamp(bits), REPLICAS.get(replica), 0);
  }

  private ElementId nextId(int replica) {
    int used = 0;
    for (int i = 0; i < made; i++) {
      used += replicas[i] == replica ? operations[i].idsUsed() : 0;
    }
    return new ElementId(REPLICAS.get(replica), 1L + used);
  }

  private void deliver(C crdt, int some) {
    for (int i = 0; i < made; i++) {
      if (contains(some, i)) {
        type.apply(crdt, operations[i], null);
      }
    }
  }

  // ---- checking

  private void check(List<Operation> lasts) {
    outcomes.clear();
    lasts.forEach(last -> outcomes.add(new Outcome(last)));
    deliver(type.empty(), 0, 0, null);
    for (Outcome outcome : outcomes) {
      histories++;
      if (joining) {
        choose(size - 1, outcome.last);
        joinAll(outcome);
      }
    }
  }

  /** Delivers what has not arrived in all orders, and with each all last operations in turn. */
  private void deliver(C crdt, int arrived, int count, @Nullable Outcome outcome) {
    if (count == size && outcome != null) {
      compare(crdt, outcome);
    }
    for (int i = 0; i < size; i++) {
      if (!contains(arrived, i) && isWithin(pasts[i], arrived)) {
        order[count] = i;
        if (i < size - 1) {
          deliver(crdt, arrived, count, i, outcome);
        } else {
          for (Outcome one : outcomes) {
            choose(i, one.last);
            deliver(crdt, arrived, count, i, one);
          }
        }
      }
    }
  }

  private void deliver(C crdt, int arrived, int count, int next, @Nullable Outcome outcome) {
    int mark = rollback.mark();
    type.apply(crdt, operations[next], rollback);
    deliver(crdt, arrived | 1 << next, count + 1, outcome);
    rollback.runTo(mark);
  }

  private void compare(C crdt, Outcome outcome) {
    deliveries++;
    byte[] bytes = type.bytes(crdt);
    if (outcome.order.isEmpty()) {
      outcome.bytes = bytes;
      outcome.order = Arrays.toString(order);
      Object specified = type.specified(events);
      if (!specified.equals(type.visible(crdt))) {
        throw failure("shows " + type.visible(crdt) + ", not " + specified);
      }
    } else if (!Arrays.equals(outcome.bytes, bytes)) {
      throw failure(
          "depends on the order: after "
              + outcome.order
              + " another state than after "
              + Arrays.toString(order)
              + ", which shows "
              + type.visible(crdt));
    }
  }

  /** Joins any two states that together have seen everything. */
  private void joinAll(Outcome outcome) {
    int all = (1 << size) - 1;
    for (int some = 0; some <= all; some++) {
      for (int others = all ^ some; others <= all; others++) {
        if ((some | others) == all && isClosed(some) && isClosed(others)) {
          join(some, others, outcome);
        }
      }
    }
  }

  private void join(int some, int others, Outcome outcome) {
    joins++;
    C crdt = type.empty();
    deliver(crdt, some);
    C other = type.empty();
    deliver(other, others);
    type.join(crdt, other);
    if (!Arrays.equals(outcome.bytes, type.bytes(crdt))) {
      throw failure(
          "differs when the states after "
              + bits(some)
              + " and "
              + bits(others)
              + " are joined: shows "
              + type.visible(crdt));
    }
  }

  private boolean isClosed(int some) {
    for (int i = 0; i < size; i++) {
      if (contains(some, i) && !isWithin(pasts[i], some)) {
        return false;
      }
    }
    return true;
  }

  private AssertionError failure(String what) {
    StringBuilder history = new StringBuilder("the " + type + " of this history " + what);
    for (int i = 0; i < size; i++) {
      history.append("\n  #").append(i).append(" by replica ").append(replicas[i]);
      history.append(" after ").append(bits(pasts[i])).append(": ").append(operations[i]);
    }
    return new AssertionError(history.toString());
  }

  private static BitSet bits(int some) {
    return BitSet.valueOf(new long[] {some});
  }

  private static boolean contains(int some, int one) {
    return (some >> one & 1) != 0;
  }

  private static boolean isWithin(int some, int others) {
    return (some & ~others) == 0;
  }
}
