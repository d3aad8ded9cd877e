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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A store of so many bytes opened and closed again, after it was closed properly. All of it is in
 * the system's cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 15)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
public class StoreOpen {
  private static final int BATCH_BYTES = 1 << 20;

  /** What the bytes are kept in. */
  @Param public Engine engine = Engine.SQLITE;

  /** How many bytes of chunks there are, in documents of 1 MiB. */
  @Param({"10485760", "104857600", "1073741824"})
  public long storeBytes;

  /** How large a chunk is. */
  @Param("1024")
  public int bytes = 1024;

  private final Path folder = Disk.newFolder();

  /** Writes and closes it. */
  @Setup
  public void write() {
    try (ChangeStore store = engine.store(folder, Durability.FULL)) {
      int documents = (int) ((storeBytes + BATCH_BYTES - 1) / BATCH_BYTES);
      for (int i = 1; i <= documents; i++) {
        Changes author = new Changes("notes/" + i, i, bytes);
        store.commit(author.batch(author.next(BATCH_BYTES / bytes)));
      }
    }
  }

  /** Opens and closes it. */
  @Benchmark
  public boolean open() {
    try (ChangeStore store = engine.store(folder, Durability.FULL)) {
      return store.isCopy();
    }
  }

  /** Removes its files. */
  @TearDown
  public void remove() {
    Disk.remove(folder);
  }
}
