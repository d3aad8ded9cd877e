package dev.plait.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Keeps what JMH throws away: how long the first iteration of a JVM took, before anything was warm
 * but what the setup runs too. {@link Curves} shows the mean over all forks beside the warm times.
 *
 * <p>Where an iteration is one shot that is the first call in a fresh JVM; where it is a stretch of
 * time, the mean over the first one. Without forks it says nothing. Not thread-safe.
 */
public final class ColdStart implements InternalProfiler {
  /** What the result is called. */
  static final String FIRST = "cold";

  private double first = Double.NaN;

  @Override
  public String getDescription() {
    return "The first iteration of each JVM";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // All there is to know is known afterwards.
  }

  @Override
  @SuppressWarnings("rawtypes") // as JMH declares it
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (result.getRawPrimaryResults().isEmpty()) {
      return List.of(); // The iteration failed, as JMH is about to say.
    }
    Result<?> time = result.getPrimaryResult();
    if (Double.isNaN(first)) {
      first = time.getScore();
    }
    // What is added to a warm-up iteration is lost with it.
    return iteration.getType() == IterationType.WARMUP
        ? List.of()
        : List.of(new ScalarResult(FIRST, first, time.getScoreUnit(), AggregationPolicy.AVG));
  }
}
