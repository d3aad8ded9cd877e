package dev.plait.replica;

import dev.plait.clock.DotRange;
import dev.plait.clock.ReplicaId;
import dev.plait.document.ApplyOutcome;
import dev.plait.document.ApplyReport;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Two links count what became of the changes that they brought. */
@JCStressTest
@Outcome(id = "6, 2, 2", expect = Expect.ACCEPTABLE, desc = "everything was counted")
@Outcome(expect = Expect.FORBIDDEN, desc = "something was not counted, or twice")
@State
public class TalliesMeet {
  private static final DotRange THREE = new DotRange(ReplicaId.of(1, 1), 1, 3);
  private static final DotRange ONE = new DotRange(ReplicaId.of(1, 1), 4, 4);
  private static final ApplyReport REPORT =
      new ApplyReport(
          List.of(
              new ApplyOutcome.Applied(THREE),
              new ApplyOutcome.Duplicate(ONE),
              new ApplyOutcome.Rejected(ONE, "CODE", "a reason", true)));

  private final Tally tally = new Tally();

  /** Counts. */
  @Actor
  public void one() {
    tally.add(REPORT);
  }

  /** Counts. */
  @Actor
  public void other() {
    tally.add(REPORT);
  }

  /** The sums. */
  @Arbiter
  public void look(JJJ_Result result) {
    ReplicaStatistics sums = tally.read();
    result.r1 = sums.applied();
    result.r2 = sums.duplicates();
    result.r3 = sums.rejected().getOrDefault("CODE", 0L);
  }
}
