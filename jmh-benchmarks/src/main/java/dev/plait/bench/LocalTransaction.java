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
 * Transactions of so many operations made here, in a document of some thousand elements; the time
 * is that of one operation. What a transaction costs itself is shared by its operations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class LocalTransaction {
  private static final int OPERATIONS = 10_000;

  /** What the document is made of. */
  @Param public Kind type = Kind.REGISTER;

  /** How many elements it has. */
  @Param("10000")
  public int elements;

  /** How many operations a transaction has; a divisor of ten thousand. */
  @Param({"1", "10", "100"})
  public int size = 1;

  private byte[] snapshot = {};
  private Document document = Documents.empty(1);
  private SplittableRandom random = new SplittableRandom(1);

  /** Fills the document. */
  @Setup
  public void write() {
    if (OPERATIONS % size != 0) {
      throw new IllegalArgumentException(
          "size must divide " + OPERATIONS + "; " + size + " does not");
    }
    snapshot = Documents.filled(type, elements);
  }

  /** Opens a copy. */
  @Setup(Level.Iteration)
  public void open() {
    document = Documents.open(snapshot, 1);
    random = new SplittableRandom(1);
  }

  /** Makes ten thousand operations. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Document transact(Allocation allocation, Blackhole out) {
    return allocation.during(() -> transactAll(out));
  }

  private Document transactAll(Blackhole out) {
    for (int done = 0; done < OPERATIONS; done += size) {
      out.consume(
          document.transact(
              transaction -> {
                for (int i = 0; i < size; i++) {
                  type.edit(transaction, elements, random);
                }
              }));
    }
    return document;
  }
}
