package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * All chunks of one document read in order, beside a scan of the bare engine over the same records,
 * see {@link BareEngine}. Both copy keys and records to the heap. The store also compares each
 * record's checksum, makes a chunk with its header of it, and compares all of them with the
 * document's seal. All of it is in the system's cache.
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
  private static final int BATCH_BYTES = 1 << 20;

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  /** What its chunks are like. */
  @Param public StoredDocument document = StoredDocument.TYPED;

  /** How many bytes it has if it was not typed. */
  @Param("8388608")
  public int documentBytes = 8388608;

  /** How many keystrokes made it if it was typed. */
  @Param("150300")
  public int keystrokes = 150_300;

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
    int size = document == StoredDocument.TYPED ? keystrokes : documentBytes;
    List<Chunk> batch = new ArrayList<>();
    long bytes = 0;
    for (Chunk chunk : document.chunks(size)) {
      batch.add(chunk);
      bytes += chunk.size();
      if (bytes >= BATCH_BYTES) {
        write(batch);
        batch.clear();
        bytes = 0;
      }
    }
    write(batch);
  }

  private void write(List<Chunk> chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    chunks.forEach(batch::append);
    bare.append(chunks);
    store.commit(batch.build());
  }

  /** Reads both. */
  @Benchmark
  public void read(Sides sides, Blackhole out) {
    sides.run(
        () -> bare.scan(out),
        () -> store.readChunks(StoredDocument.NAME, VersionVector.EMPTY, out::consume));
  }

  /** Closes both and removes their files. */
  @TearDown
  public void close() {
    store.close();
    bare.close();
    Disk.remove(folder);
  }
}
