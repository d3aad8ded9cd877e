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
 * Two replicas with the same elements made so many operations each, and one of them merges those of
 * the other. Expected to depend on the operations and not on the elements, but for a snapshot,
 * which is as large as the document.
 *
 * <p>Every merge has a receiver of its own that was just opened. The first is that of a cold JVM;
 * after it small documents are merged until the code is compiled, because few large merges would
 * not do that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 6)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class Merge {

  /** What the document is made of. */
  @Param public Kind type = Kind.REGISTER;

  /** How the receiver is told. */
  @Param public Way way = Way.CHANGES;

  /** How many elements both have. */
  @Param({"100", "10000", "1000000"})
  public int elements;

  /** How many operations each of them made. */
  @Param({"1", "100", "10000", "100000"})
  public int operations;

  private final Rehearsal rehearsal = new Rehearsal();

  @SuppressWarnings("NullAway.Init") // made before anything is measured
  private Branches branches;

  private Document receiver = Documents.empty(0);

  /** Lets both go on. */
  @Setup
  public void write() {
    branches = new Branches(type, elements, operations, operations);
  }

  /** Compiles the code between the first iteration and the second. */
  @Setup(Level.Iteration)
  public void rehearse() {
    if (rehearsal.isDue()) {
      rehearsal.run(type, way);
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
          way.merge(receiver, branches);
          return receiver;
        });
  }

  /** Makes sure that merging gave what it has to; not before, so that the first one is cold. */
  @TearDown
  public void check() {
    branches.check(way);
  }
}
