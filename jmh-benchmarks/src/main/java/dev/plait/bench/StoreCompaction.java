package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.document.Document;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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
 * A document as it was typed gives its history up for its state, and then the store gives the room
 * back to the file system. Each time in a store of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class StoreCompaction {

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  /** How many keystrokes made the document. */
  @Param({"1000", "100000"})
  public int keystrokes = 1000;

  private List<Chunk> chunks = List.of();
  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before anything is measured
  private ChangeStore store;

  @SuppressWarnings("NullAway.Init")
  private Replica replica;

  @SuppressWarnings("NullAway.Init")
  private Document document;

  /** Types. */
  @Setup
  public void write() {
    chunks = StoredDocument.TYPED.chunks(keystrokes);
  }

  /** Stores what was typed, and loads the document. */
  @Setup(Level.Invocation)
  public void open() {
    folder = Disk.newFolder();
    store = engine.store(folder, Durability.FULL);
    StoreBatch.Builder batch = StoreBatch.builder();
    chunks.forEach(batch::append);
    store.commit(batch.build());
    VirtualTime time = VirtualTime.startingAt(StoredDocument.END_MILLIS);
    replica =
        Replica.builder()
            .store(store)
            .scheduler(time)
            .time(time)
            .random(new SplittableRandom(1))
            .compaction(CompactionPolicy.none())
            .build();
    document = replica.document(StoredDocument.NAME);
    if (document.text(StoredDocument.ROOT).length() == 0) {
      throw new IllegalStateException("the document stored is empty");
    }
  }

  /** History to state, in the store too. */
  @Benchmark
  public boolean compact(Allocation allocation) {
    return allocation.during(document::compact);
  }

  /** The same, and the files get smaller. */
  @Benchmark
  public boolean compactAndReclaim(Allocation allocation) {
    return allocation.during(
        () -> {
          boolean compacted = document.compact();
          store.reclaim();
          return compacted;
        });
  }

  /** Makes sure that the history is gone, and removes the files. */
  @TearDown(Level.Invocation)
  public void close() {
    long left = store.size(StoredDocument.NAME).chunks();
    replica.close();
    store.close();
    Disk.remove(folder);
    if (left != 0) {
      throw new IllegalStateException(left + " chunks are left of a history that was given up");
    }
  }
}
