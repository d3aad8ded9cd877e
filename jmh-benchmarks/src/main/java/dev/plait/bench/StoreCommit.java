package dev.plait.bench;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import java.nio.file.Path;
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
 * A batch of changes of 100 bytes committed with each durability, a chunk each, beside the same
 * chunks with the same headers put into the bare engine in one transaction, see {@link BareEngine}.
 * Both force the same to the disk. The store also keeps a checksum of each, the document's seal,
 * its own record and its head file.
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
public class StoreCommit {
  private static final int BYTES = 100;

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  /** What it means that a commit has returned. */
  @Param public Durability durability = Durability.FULL;

  /** How many changes a batch has. */
  @Param({"1", "10", "100"})
  public int changes = 1;

  private final Path folder = Disk.newFolder();
  private final Changes author = new Changes("notes", 1, BYTES);
  private StoreBatch batch = StoreBatch.builder().build();

  @SuppressWarnings("NullAway.Init") // opened before anything is measured
  private ChangeStore store;

  @SuppressWarnings("NullAway.Init")
  private BareEngine bare;

  /** Opens both, empty. */
  @Setup
  public void open() {
    store = engine.store(folder, durability);
    bare = engine.bare(folder, durability);
  }

  /** Makes the next changes; not measured. */
  @Setup(Level.Invocation)
  public void change() {
    batch = author.batch(author.next(changes));
  }

  /** Commits them to both. */
  @Benchmark
  public void commit(Sides sides) {
    sides.run(() -> bare.append(batch.chunks()), () -> store.commit(batch));
  }

  /** Makes sure that what was committed is there, closes both and removes their files. */
  @TearDown
  public void close() {
    long stored = store.size(author.document()).chunks();
    if (stored != author.count()) {
      throw new IllegalStateException(stored + " changes are stored of " + author.count());
    }
    store.close();
    bare.close();
    Disk.remove(folder);
  }
}
