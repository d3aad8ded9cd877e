package dev.plait.properties.simulation;

import dev.plait.store.ChangeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a simulated machine that keeps a store of real files. A crash ends the store in good
 * order, but not the replica on it; copies are copies of the files, of which the store is to notice
 * by itself what they are. What a real crash leaves is for {@link dev.plait.properties.store.crash
 * the tests with processes} to find out.
 */
public final class FileMachineDisk implements MachineDisk {
  private static final String STORE = "store";

  private final Path root;
  private final Path home;
  private final Function<Path, ChangeStore> opener;
  private final AtomicInteger homes;
  private @Nullable ChangeStore open;

  private FileMachineDisk(Path root, Function<Path, ChangeStore> opener, AtomicInteger homes) {
    this.root = root;
    this.opener = opener;
    this.homes = homes;
    this.home = made(root.resolve("disk-" + homes.getAndIncrement()));
  }

  /**
   * Disks whose stores are kept below a directory, each in a directory of its own.
   *
   * @param opener opens or makes the store of a path
   */
  public static MachineDisks in(Path root, Function<Path, ChangeStore> opener) {
    AtomicInteger homes = new AtomicInteger();
    return (machine, relaxed, random) -> new FileMachineDisk(root, opener, homes);
  }

  @Override
  public ChangeStore open() {
    ChangeStore store = opener.apply(home.resolve(STORE));
    open = store;
    return store;
  }

  @Override
  public void crash() {
    ChangeStore store = open;
    open = null;
    if (store != null) {
      store.close();
    }
  }

  @Override
  public MachineDisk copy(boolean told) {
    FileMachineDisk copy = new FileMachineDisk(root, opener, homes);
    try {
      for (Path source : below(home)) {
        Path target = copy.home.resolve(home.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return copy;
  }

  @Override
  public boolean keepsWhatIsAcknowledged() {
    return true;
  }

  @Override
  public void close() {
    crash();
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.equals(directory)).sorted().toList();
    }
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
