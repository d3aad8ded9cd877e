package dev.plait.stress;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** While one thread learns of a stamp and writes, another gives the clock a floor and writes. */
@JCStressTest
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "above all that was seen")
@Outcome(expect = Expect.FORBIDDEN, desc = "a stamp below one that its thread had seen, or twice")
@State
public class ClockObserves {
  private static final HybridTimestamp SEEN = HybridTimestamp.of(Samples.NOW_MILLIS + 1_000, 7);
  private static final HybridTimestamp FLOOR = HybridTimestamp.of(Samples.NOW_MILLIS + 1_000, 8);

  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(() -> Samples.NOW_MILLIS).build();
  private HybridTimestamp afterSeen = HybridTimestamp.ZERO;
  private HybridTimestamp afterFloor = HybridTimestamp.ZERO;

  /** Learns of a stamp of somebody else, and writes. */
  @Actor
  public void observe() {
    clock.observe(Samples.LOW, SEEN);
    afterSeen = clock.now();
  }

  /** Learns what was issued in an earlier life, and writes. */
  @Actor
  public void raise() {
    clock.raiseTo(FLOOR);
    afterFloor = clock.nowCoarse();
  }

  /** Whether each is above what its thread had seen, and none was issued twice. */
  @Arbiter
  public void look(ZZZ_Result result) {
    result.r1 = afterSeen.isAfter(SEEN) && afterFloor.isAfter(FLOOR);
    result.r2 = !afterSeen.equals(afterFloor);
    result.r3 = clock.now().isAfter(afterSeen) && clock.now().isAfter(afterFloor);
  }
}
