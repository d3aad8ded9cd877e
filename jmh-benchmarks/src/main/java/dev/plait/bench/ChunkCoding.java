package dev.plait.bench;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/** A chunk of so many changes encoded and decoded, each change one operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, timeUnit = TimeUnit.MILLISECONDS, time = 500)
@Measurement(iterations = 5, timeUnit = TimeUnit.MILLISECONDS, time = 500)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class ChunkCoding {
  private static final int ELEMENTS = 1000;

  /** What the changes are about. */
  @Param public Kind type = Kind.REGISTER;

  /** How many operations there are. */
  @Param({"1", "100", "10000"})
  public int operations = 1;

  private List<Change> changes = List.of();

  @SuppressWarnings("NullAway.Init") // made before anything is measured
  private Chunk chunk;

  /** Makes the changes, and checks that what is decoded is what was encoded. */
  @Setup
  public void make() {
    Document document = Documents.open(Documents.filled(type, ELEMENTS), 1);
    SplittableRandom random = new SplittableRandom(1);
    changes = new ArrayList<>(operations);
    for (int i = 0; i < operations; i++) {
      changes.add(
          document.transact(transaction -> type.edit(transaction, ELEMENTS, random)).orElseThrow());
    }
    chunk = encode();
    if (!decode().equals(changes)) {
      throw new IllegalStateException("the changes decoded are not the ones encoded");
    }
  }

  /** Changes to bytes. */
  @Benchmark
  public Chunk encode() {
    return Documents.CODEC.encodeChunk(Documents.NAME, changes);
  }

  /** Bytes to changes. */
  @Benchmark
  public List<Change> decode() {
    return Documents.CODEC.decodeChunk(chunk);
  }
}
