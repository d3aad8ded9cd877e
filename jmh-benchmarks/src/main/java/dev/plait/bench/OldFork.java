package dev.plait.bench;

import dev.plait.document.Document;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The operations of a fork of any type that come late: the receiver has made so many of its own
 * since the two parted. Expected not to depend on how many. {@link ForkMerge} does the same with a
 * text alone and a longer history.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 6)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class OldFork {

  /** What the document is made of. */
  @Param public Kind type = Kind.REGISTER;

  /** How many elements both have. */
  @Param("10000")
  public int elements;

  /** How many operations the receiver has made since the fork. */
  @Param({"0", "1000", "10000", "100000"})
  public int forkAge;

  /** How many operations the fork has made. */
  @Param("1000")
  public int operations;

  private final Rehearsal rehearsal = new Rehearsal();

  @SuppressWarnings("NullAway.Init") // made before anything is measured
  private Branches branches;

  private Document receiver = Documents.empty(0);

  /** Lets both go on. */
  @Setup
  public void write() {
    branches = new Branches(type, elements, forkAge, operations);
  }

  /** Compiles the code between the first iteration and the second. */
  @Setup(Level.Iteration)
  public void rehearse() {
    if (rehearsal.isDue()) {
      rehearsal.run(type, Way.CHUNK);
    }
  }

  /** Opens the receiver. */
  @Setup(Level.Invocation)
  public void open() {
    receiver = branches.receiver();
  }

  /** Merges. */
  @Benchmark
  public Document merge(Allocation allocation) {
    return allocation.during(
        () -> {
          Way.CHUNK.merge(receiver, branches);
          return receiver;
        });
  }

  /** Makes sure that merging gave what it has to; not before, so that the first one is cold. */
  @TearDown
  public void check() {
    branches.check(Way.CHUNK);
  }
}
