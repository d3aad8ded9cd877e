package dev.plait.bench;

import dev.plait.cli.trace.TraceException;
import dev.plait.cli.trace.TraceReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recordings there are to replay: those of a folder, or the {@link TypingModel}. */
final class Traces {
  /** The system property that names the folder. */
  static final String FOLDER = "plait.traces";

  /** The recording that is always there. */
  static final String MODEL = "typing-model";

  private static final String BESIDE_THE_CHECKOUT = "../shared/traces";
  private static final long MODEL_SEED = 2026;
  private static final int DEPTH = 2;

  private Traces() {}

  /** The folder that the property names, or the one beside the checkout; empty if neither is. */
  static String folder() {
    String named = System.getProperty(FOLDER, "");
    if (!named.isEmpty()) {
      if (!Files.isDirectory(Path.of(named))) {
        throw new IllegalArgumentException(named + " is no folder; name one that holds traces");
      }
      return named;
    }
    return Files.isDirectory(Path.of(BESIDE_THE_CHECKOUT)) ? BESIDE_THE_CHECKOUT : "";
  }

  /**
   * The names of all traces in a folder and the folders in it that one person wrote in the basic
   * plane; says which others there are.
   */
  static List<String> names(Path folder, PrintStream out) {
    List<String> names = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString();
      try {
        if (Recording.canBeMadeOf(TraceReader.read(file))) {
          names.add(name);
        } else {
          out.println(name + " is not replayed: not sequential, or it holds surrogate pairs.");
        }
      } catch (TraceException failure) {
        out.println(name + " is not replayed: " + failure.getMessage());
      }
    }
    return names;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.filter(Traces::isJson).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isJson(Path file) {
    String name = file.toString();
    return name.endsWith(".json") || name.endsWith(".json.gz");
  }

  /**
   * The recording of this name.
   *
   * @param edits how long it is if it is the model's
   */
  static Recording recording(String name, int edits) {
    return name.equals(MODEL)
        ? TypingModel.write(MODEL_SEED, edits)
        : Recording.read(Path.of(folder()).resolve(name));
  }
}
