package dev.plait.properties.store.crash;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a loop: its seed, its randomness, and a directory of its own that is kept when the run
 * fails. The system property {@code plait.crash.seed} takes the place of a fresh seed.
 */
final class Trial {

  /** Whether to take the large numbers. */
  static final boolean LONG = Boolean.getBoolean("plait.long");

  private static final int MOST_ERRORS = 8000; // characters, the last ones

  private final String name;
  private final long seed;
  private final Path work;

  private Trial(String name, long seed, Path work) {
    this.name = name;
    this.seed = seed;
    this.work = work;
  }

  /** Says its seed and makes its directory. */
  static Trial of(String name, Class<? extends StoreFactory> factory) throws IOException {
    long seed = Long.getLong("plait.crash.seed", new SplittableRandom().nextLong() >>> 1);
    Path work = Files.createTempDirectory("plait-crash-");
    Trial trial = new Trial(name + " of " + factory.getSimpleName(), seed, work);
    System.out.println(trial);
    return trial;
  }

  long seed() {
    return seed;
  }

  RandomGenerator random() {
    return new SplittableRandom(seed);
  }

  /** A new and empty directory. */
  Path place(String place) throws IOException {
    return Files.createDirectory(work.resolve(place));
  }

  Path work() {
    return work;
  }

  /** Removes the directory: nothing in it is of interest any more. */
  void succeed() throws IOException {
    delete(work);
  }

  /** Copies a directory with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
              throws IOException {
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Which run this is, for messages, and what its processes complained of last. */
  @Override
  public String toString() {
    String errors = errors();
    return name
        + ": -Dplait.crash.seed="
        + seed
        + ", files in "
        + work
        + (errors.isEmpty() ? "" : ", errors:\n" + errors);
  }

  private String errors() {
    Path file = ChildJvm.errors(work);
    if (!Files.exists(file)) {
      return "";
    }
    try {
      String all = new String(Files.readAllBytes(file), Charset.defaultCharset());
      return all.substring(Math.max(0, all.length() - MOST_ERRORS));
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
