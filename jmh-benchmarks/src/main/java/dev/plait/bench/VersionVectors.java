package dev.plait.bench;

import dev.plait.clock.CausalOrder;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Version vectors of so many replicas compared and merged. Of the two that are concurrent each has
 * half of the replicas further than the other. Expected to be linear at worst.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, timeUnit = TimeUnit.MILLISECONDS, time = 300)
@Measurement(iterations = 8, timeUnit = TimeUnit.MILLISECONDS, time = 300)
@Fork(2)
public class VersionVectors {

  /** How many replicas a vector names. */
  @Param({"10", "100", "1000", "10000"})
  public int replicas;

  private VersionVector one = VersionVector.EMPTY;
  private VersionVector other = VersionVector.EMPTY;
  private VersionVector same = VersionVector.EMPTY;
  private VersionVector both = VersionVector.EMPTY;

  /** Makes the vectors, and checks how they are ordered. */
  @Setup
  public void make() {
    one = vector(10, 20);
    other = vector(20, 10);
    same = vector(10, 20);
    both = vector(20, 20);
    if (compareConcurrent() != CausalOrder.CONCURRENT
        || compareEqual() != CausalOrder.EQUAL
        || !dominates()
        || !mergeConcurrent().equals(both)) {
      throw new IllegalStateException("the vectors are not ordered as they were made");
    }
  }

  private VersionVector vector(long evenCounter, long oddCounter) {
    VersionVector.Builder vector = VersionVector.builder();
    for (int i = 0; i < replicas; i++) {
      vector.advance(new Dot(Author.id(i), i % 2 == 0 ? evenCounter : oddCounter));
    }
    return vector.build();
  }

  /** Compares two of which each knows what the other does not. */
  @Benchmark
  public CausalOrder compareConcurrent() {
    return one.compare(other);
  }

  /** Compares two that are equal, all the way to the end. */
  @Benchmark
  public CausalOrder compareEqual() {
    return one.compare(same);
  }

  /** Asks whether one covers another, which it does. */
  @Benchmark
  public boolean dominates() {
    return both.dominates(one);
  }

  /** Merges two into a third. */
  @Benchmark
  public VersionVector mergeConcurrent() {
    return one.merge(other);
  }

  /** Merges one into another that covers it. */
  @Benchmark
  public VersionVector mergeCovered() {
    return both.merge(one);
  }
}
