package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StampTest {

  private static final HybridTimestamp EARLY = HybridTimestamp.MIN_VALID;
  private static final HybridTimestamp LATE = EARLY.next();
  private static final ReplicaId LOW = ReplicaId.of(1, 0);
  private static final ReplicaId HIGH = ReplicaId.of(-1, 0);

  @Test
  void laterTimeWinsWhateverTheReplica() {
    assertTrue(new Stamp(LATE, LOW, 0).compareTo(new Stamp(EARLY, HIGH, 9)) > 0);
  }

  @Test
  void greaterReplicaWinsAtEqualTimeWhateverTheOrdinal() {
    assertTrue(new Stamp(EARLY, HIGH, 0).compareTo(new Stamp(EARLY, LOW, 9)) > 0);
  }

  @Test
  void laterOperationOfOneChangeWins() {
    assertTrue(new Stamp(EARLY, LOW, 1).compareTo(new Stamp(EARLY, LOW, 0)) > 0);
    assertEquals(0, new Stamp(EARLY, LOW, 1).compareTo(new Stamp(EARLY, LOW, 1)));
  }

  @Test
  void ordinalsStartAtZero() {
    assertCode(ClockException.COUNTER_RANGE, () -> new Stamp(EARLY, LOW, -1));
  }
}
