package dev.plait.bench;

import dev.plait.change.Snapshot;
import dev.plait.document.Document;
import java.util.Arrays;
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
 * The state of a document of so many elements taken, encoded, decoded and opened. Expected to be
 * linear. A text of ten million units, which is 10 MB, is {@link LargeText}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, timeUnit = TimeUnit.MILLISECONDS, time = 300)
@Measurement(iterations = 5, timeUnit = TimeUnit.MILLISECONDS, time = 300)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class SnapshotCoding {

  /** What the document is made of. */
  @Param public Kind type = Kind.REGISTER;

  /** How many elements it has. */
  @Param({"100", "10000", "1000000"})
  public int elements;

  private Document document = Documents.empty(0);
  private Snapshot snapshot = document.snapshot();
  private byte[] bytes = {};

  /** Fills the document, and checks that what is opened is what was encoded. */
  @Setup
  public void write() {
    document = Documents.empty(0);
    type.fill(document, elements);
    snapshot = take();
    bytes = encode();
    if (open().stateHash() != document.stateHash()
        || !Arrays.equals(Documents.CODEC.encodeSnapshot(decode()), bytes)) {
      throw new IllegalStateException("the document opened is not the one encoded");
    }
  }

  /** Document to snapshot. */
  @Benchmark
  public Snapshot take() {
    return document.snapshot();
  }

  /** Snapshot to bytes. */
  @Benchmark
  public byte[] encode() {
    return Documents.CODEC.encodeSnapshot(snapshot);
  }

  /** Bytes to snapshot. */
  @Benchmark
  public Snapshot decode() {
    return Documents.CODEC.decodeSnapshot(bytes);
  }

  /** Bytes to a document that can be edited. */
  @Benchmark
  public Document open() {
    return Documents.open(bytes, 1);
  }
}
