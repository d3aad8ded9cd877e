package dev.plait.bench;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How many batches of one change of 100 bytes are committed a second, with full durability, by so
 * many at once, each in a document of its own. What waits at the same time is written in one
 * transaction and forced to the disk once, so it should grow with them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
public class StoreCommitters {
  private static final int BYTES = 100;

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  private final Path folder = Disk.newFolder();

  @SuppressWarnings("NullAway.Init") // opened before anything is measured
  private ChangeStore store;

  /** Opens it, empty. */
  @Setup
  public void open() {
    store = engine.store(folder, Durability.FULL);
  }

  /** One who commits. */
  @State(Scope.Thread)
  public static class Committer {
    private Changes author = new Changes("notes", 0, BYTES);

    /** Takes a document of its own. */
    @Setup
    public void choose(ThreadParams threads) {
      int number = 1 + threads.getThreadIndex();
      author = new Changes("notes/" + number, number, BYTES);
    }

    private void commitTo(ChangeStore store) {
      store.commit(author.batch(author.next(1)));
    }
  }

  /** One. */
  @Benchmark
  @Threads(1)
  public void one(Committer committer) {
    committer.commitTo(store);
  }

  /** Four at once. */
  @Benchmark
  @Threads(4)
  public void four(Committer committer) {
    committer.commitTo(store);
  }

  /** Sixteen at once. */
  @Benchmark
  @Threads(16)
  public void sixteen(Committer committer) {
    committer.commitTo(store);
  }

  /** Closes it and removes its files. */
  @TearDown
  public void close() {
    store.close();
    Disk.remove(folder);
  }
}
