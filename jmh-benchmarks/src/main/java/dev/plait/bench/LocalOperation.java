package dev.plait.bench;

import dev.plait.document.Document;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One operation of each type made here, each in a transaction of its own, in a document of so many
 * elements. Expected not to depend on them, or as their logarithm.
 *
 * <p>Each iteration opens a copy of the document, so that it keeps its size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class LocalOperation {
  private static final int OPERATIONS = 10_000;

  /** What the document is made of. */
  @Param public Kind type = Kind.REGISTER;

  /** How many elements it has. */
  @Param({"100", "10000", "1000000"})
  public int elements;

  private byte[] snapshot = {};
  private Document document = Documents.empty(1);
  private SplittableRandom random = new SplittableRandom(1);

  /** Fills the document. */
  @Setup
  public void write() {
    snapshot = Documents.filled(type, elements);
  }

  /** Opens a copy. */
  @Setup(Level.Iteration)
  public void open() {
    document = Documents.open(snapshot, 1);
    random = new SplittableRandom(1);
  }

  /** Makes one operation a transaction. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Document edit(Allocation allocation, Blackhole out) {
    return allocation.during(() -> editAll(out));
  }

  private Document editAll(Blackhole out) {
    for (int i = 0; i < OPERATIONS; i++) {
      out.consume(document.transact(transaction -> type.edit(transaction, elements, random)));
    }
    return document;
  }
}
