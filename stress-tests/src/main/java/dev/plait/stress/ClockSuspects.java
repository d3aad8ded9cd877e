package dev.plait.stress;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads bring the three sightings that together say that the local clock is behind. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "said once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a sighting was lost, or it was said twice")
@State
public class ClockSuspects {
  private static final HybridTimestamp AHEAD = HybridTimestamp.of(Samples.NOW_MILLIS + 90_000, 0);

  private final AtomicInteger reports = new AtomicInteger();
  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(() -> Samples.NOW_MILLIS)
          .onHealth(event -> reports.incrementAndGet())
          .build();

  private void see(long peer) {
    clock.observe(ReplicaId.of(peer, peer), AHEAD);
  }

  /** Sees two peers ahead. */
  @Actor
  public void one() {
    see(1);
    see(2);
  }

  /** Sees a third one and the first again. */
  @Actor
  public void other() {
    see(3);
    see(1);
  }

  /** How often it was said. */
  @Arbiter
  public void look(I_Result result) {
    result.r1 = reports.get();
  }
}
