package dev.plait.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders on the disk that is measured. */
final class Disk {
  /**
   * The system property that names a folder on that disk; otherwise it is that of temporary files.
   */
  static final String FOLDER = "plait.disk";

  private Disk() {}

  static Path place() {
    return Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
  }

  /** A new folder there. */
  static Path newFolder() {
    try {
      return Files.createTempDirectory(place(), "plait-bench");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where it is and what kind of file system that is. */
  static String description() {
    try {
      var store = Files.getFileStore(place());
      return place() + " on " + store.name() + ", " + store.type();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
