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

/** Two threads are given stamps by one clock whose wall stands still. */
@JCStressTest
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "in order, none twice")
@Outcome(expect = Expect.FORBIDDEN, desc = "a stamp was issued twice, or out of order")
@State
public class ClockIssues {
  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(() -> Samples.NOW_MILLIS).build();
  private HybridTimestamp first = HybridTimestamp.ZERO;
  private HybridTimestamp second = HybridTimestamp.ZERO;
  private HybridTimestamp other = HybridTimestamp.ZERO;

  /** Takes two stamps. */
  @Actor
  public void two() {
    first = clock.now();
    second = clock.nowCoarse();
  }

  /** Takes a stamp. */
  @Actor
  public void one() {
    other = clock.now();
  }

  /** Whether they are in order, differ, and none is above the clock. */
  @Arbiter
  public void look(ZZZ_Result result) {
    result.r1 = second.isAfter(first);
    result.r2 = !other.equals(first) && !other.equals(second);
    result.r3 = clock.peek().equals(other.isAfter(second) ? other : second);
  }
}
