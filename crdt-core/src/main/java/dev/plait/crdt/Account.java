package dev.plait.crdt;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one replica has to do with a {@link Counter}.
 *
 * @param added all it added; null if nothing
 * @param reset how much of that the latest reset saw; null if none did
 */
record Account(@Nullable Contribution added, @Nullable Contribution reset) {
  static final Account EMPTY = new Account(null, null);

  /** Honest contributions with one stamp are the same; forged ones must not split replicas. */
  private static final Comparator<Contribution> ORDER =
      Comparator.comparing(Contribution::last).thenComparingLong(Contribution::sum);

  static boolean isLater(Contribution next, @Nullable Contribution mine) {
    return mine == null || ORDER.compare(next, mine) > 0;
  }

  /** The sum of all it added. */
  long sum() {
    return added == null ? 0 : added.sum();
  }

  /** How much of that was reset. */
  long resetSum() {
    return reset == null ? 0 : reset.sum();
  }

  /** Whether it added something that no reset has seen. */
  boolean isUnreset() {
    return added != null && (reset == null || added.last().compareTo(reset.last()) > 0);
  }
}
