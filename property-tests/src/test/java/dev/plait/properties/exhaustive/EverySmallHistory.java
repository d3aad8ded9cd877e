package dev.plait.properties.exhaustive;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final SmallType<C> type;
  private final int size;
  private final boolean joining;

  private final SmallHistory history;

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
    history = new SmallHistory(size);
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
    for (int replica = 0; replica < SmallHistory.replicas(); replica++) {
      for (int past = 0; past < 1 << history.made(); past++) {
        if (history.isPast(past, replica) && (type.hasStamps() || history.isNext(past, replica))) {
          extend(replica, past);
        }
      }
    }
  }

  private void extend(int replica, int past) {
    List<Operation> next = operations(replica, past);
    history.add(replica, past);
    if (history.made() == size) {
      check(next);
    } else {
      for (Operation operation : next) {
        history.choose(operation);
        extend();
      }
    }
    history.removeLast();
  }

  /** All operations that a replica can make next. */
  private List<Operation> operations(int replica, int past) {
    C maker = type.empty();
    deliver(maker, past);
    Stamp stamp = history.stamp(replica, past);
    ElementId id = history.nextId(replica);
    List<Operation> all = new ArrayList<>();
    for (SmallType.Edit<C> edit : type.edits(maker)) {
      all.add(type.make(edit, maker, stamp, id, rollback));
      rollback.run();
    }
    return all;
  }

  private void deliver(C crdt, int some) {
    for (int i = 0; i < history.made(); i++) {
      if (SmallHistory.contains(some, i)) {
        type.apply(crdt, history.operation(i), null);
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
        history.choose(outcome.last);
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
      if (history.isReady(i, arrived)) {
        order[count] = i;
        if (i < size - 1) {
          deliver(crdt, arrived, count, i, outcome);
        } else {
          for (Outcome one : outcomes) {
            history.choose(one.last);
            deliver(crdt, arrived, count, i, one);
          }
        }
      }
    }
  }

  private void deliver(C crdt, int arrived, int count, int next, @Nullable Outcome outcome) {
    int mark = rollback.mark();
    type.apply(crdt, history.operation(next), rollback);
    deliver(crdt, arrived | 1 << next, count + 1, outcome);
    rollback.runTo(mark);
  }

  private void compare(C crdt, Outcome outcome) {
    deliveries++;
    byte[] bytes = type.bytes(crdt);
    if (outcome.order.isEmpty()) {
      outcome.bytes = bytes;
      outcome.order = Arrays.toString(order);
      Object specified = type.specified(history.events());
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
        if ((some | others) == all && history.isClosed(some) && history.isClosed(others)) {
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
              + SmallHistory.bits(some)
              + " and "
              + SmallHistory.bits(others)
              + " are joined: shows "
              + type.visible(crdt));
    }
  }

  private AssertionError failure(String what) {
    return new AssertionError("the " + type + " of this history " + what + history);
  }
}
