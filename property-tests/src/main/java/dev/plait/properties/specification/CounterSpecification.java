package dev.plait.properties.specification;

import dev.plait.crdt.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a {@link dev.plait.crdt.Counter} must show. */
final class CounterSpecification {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private CounterSpecification() {}

  /** The amounts of all adds that no reset had seen. */
  static List<Long> standing(List<Event> events) {
    List<Event> resets = events.stream().filter(CounterSpecification::isReset).toList();
    List<Long> amounts = new ArrayList<>();
    for (Event event : events) {
      if (event.operation() instanceof Operation.CounterAdd add
          && resets.stream().noneMatch(reset -> reset.hasSeen(event))) {
        amounts.add(add.amount());
      }
    }
    return amounts;
  }

  /** Their sum, or the end of the range of a long that it lies beyond. */
  static long value(List<Event> events) {
    BigInteger sum = BigInteger.ZERO;
    for (long amount : standing(events)) {
      sum = sum.add(BigInteger.valueOf(amount));
    }
    return sum.max(LEAST).min(GREATEST).longValueExact();
  }

  private static boolean isReset(Event event) {
    return event.takesAllAway() || event.operation() instanceof Operation.CounterReset;
  }
}
