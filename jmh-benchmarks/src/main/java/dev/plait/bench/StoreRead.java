package dev.plait.bench;

import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All chunks of one document read in order, beside a scan of the bare engine over the same bytes.
 * Both copy each value to the heap and know its number. The store also checks each value's checksum
 * over key and value, reads who made it and when, and compares all of them with the document's
 * seal. All of it is in the system's cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx1g",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
    })
public class StoreRead {
  private static final String DOCUMENT = "notes";
  private static final int BATCH_BYTES = 1 << 20;

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  /** How large a chunk is. */
  @Param({"100", "8192"})
  public int bytes = 100;

  /** How large the document is. */
  @Param("8388608")
  public int documentBytes;

  private final Path folder = Disk.newFolder();

  @SuppressWarnings("NullAway.Init") // opened before anything is measured
  private ChangeStore store;

  @SuppressWarnings("NullAway.Init")
  private BareEngine bare;

  /** Writes the document to both. */
  @Setup
  public void write() {
    store = engine.store(folder);
    bare = engine.bare(folder);
    Changes author = new Changes(DOCUMENT, 1, bytes);
    for (int written = 0; written < documentBytes; written += BATCH_BYTES) {
      List<byte[]> contents = author.next(Math.min(BATCH_BYTES, documentBytes) / bytes);
      bare.append(contents);
      store.commit(author.batch(contents));
    }
  }

  /** Reads both. */
  @Benchmark
  public void read(Sides sides, Blackhole out) {
    sides.run(
        () -> bare.scan(out), () -> store.readChunks(DOCUMENT, VersionVector.EMPTY, out::consume));
  }

  /** Closes both and removes their files. */
  @TearDown
  public void close() {
    store.close();
    bare.close();
    Disk.remove(folder);
  }
}
