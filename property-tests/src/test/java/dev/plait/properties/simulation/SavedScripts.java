package dev.plait.properties.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The scripts of failures that there were once: each is played in every run of the tests. */
final class SavedScripts {
  private static final Path FOLDER = Path.of("src", "test", "resources", "seeds");

  private SavedScripts() {}

  static List<Path> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static List<String> read(Path script) {
    try {
      return Files.readAllLines(script);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Keeps the script of a failure, with what was wrong above it. */
  static Path keep(SimulationFailure failure) {
    String name = failure.checker().replace(' ', '-').toLowerCase(Locale.ROOT);
    List<String> lines = new ArrayList<>();
    lines.add("# " + failure.checker() + ": say here what was wrong");
    lines.addAll(failure.script());
    try {
      Files.createDirectories(FOLDER);
      return Files.write(FOLDER.resolve(name + "-" + failure.seed() + ".txt"), lines);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
