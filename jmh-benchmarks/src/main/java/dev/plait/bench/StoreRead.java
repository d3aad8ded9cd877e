package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
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
 * All chunks of one document, or those of its second half, read in order, beside a scan of the bare
 * engine over the same records, see {@link BareEngine}. Both copy keys and records to the heap. The
 * store also compares each record's checksum, makes a chunk with its header of it, and compares all
 * of them with the document's seal. All of it is in the system's cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
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

  @SuppressWarnings("NullAway.Init")
  private ChunkHeader middle;

  private VersionVector known = VersionVector.EMPTY;

  /** Writes the document to both. */
  @Setup
  public void write() {
    store = engine.store(folder, Durability.FULL);
    bare = engine.bare(folder, Durability.FULL);
    int size = document == StoredDocument.TYPED ? keystrokes : documentBytes;
    List<Chunk> batch = new ArrayList<>();
    List<Chunk> all = document.chunks(size);
    long bytes = 0;
    for (Chunk chunk : all) {
      batch.add(chunk);
      bytes += chunk.size();
      if (bytes >= BATCH_BYTES) {
        write(batch);
        batch.clear();
        bytes = 0;
      }
    }
    write(batch);
    middle = all.get(all.size() / 2).header();
    if (middle.firstCounter() == 1) {
      throw new IllegalStateException("a document of one chunk has no second half");
    }
    known = VersionVector.of(new Dot(middle.replica(), middle.firstCounter() - 1));
    long[] found = new long[1];
    store.readChunks(StoredDocument.NAME, known, chunk -> found[0]++);
    if (found[0] != all.size() - all.size() / 2) {
      throw new IllegalStateException(found[0] + " chunks are read of the second half");
    }
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

  /** Reads the second half of both, as for a peer that has the first. */
  @Benchmark
  public void readRange(Sides sides, Blackhole out) {
    sides.run(
        () -> bare.scanFrom(middle, out),
        () -> store.readChunks(StoredDocument.NAME, known, out::consume));
  }

  /** Closes both and removes their files. */
  @TearDown
  public void close() {
    store.close();
    bare.close();
    Disk.remove(folder);
  }
}
