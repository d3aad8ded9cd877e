package dev.plait.stress;

import dev.plait.clock.HybridLogicalClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads read a wall clock that only goes forward, in large steps: none of them may take the
 * other's later reading for a setback. Then it goes back, once.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "only the real setback was told, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a setback that was none, or one that was not told")
@State
public class WallClockTicks {
  private final AtomicLong wall = new AtomicLong(Samples.NOW_MILLIS);
  private final AtomicInteger setbacks = new AtomicInteger();
  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(() -> wall.addAndGet(10_000))
          .onHealth(event -> setbacks.incrementAndGet())
          .build();

  /** Reads it twice. */
  @Actor
  public void one() {
    clock.now();
    clock.now();
  }

  /** Reads it twice. */
  @Actor
  public void other() {
    clock.wallMillis();
    clock.wallMillis();
  }

  /** How often a setback was told before, and after one. */
  @Arbiter
  public void look(II_Result result) {
    result.r1 = setbacks.get();
    wall.set(Samples.NOW_MILLIS - 100_000);
    clock.now();
    clock.now();
    result.r2 = setbacks.get() - result.r1;
  }
}
