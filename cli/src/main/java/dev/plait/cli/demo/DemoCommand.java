package dev.plait.cli.demo;

import dev.plait.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plait demo}. */
@Command(
    name = "demo",
    description =
        "Three people edit one document on three disks, together and cut off from each other, and"
            + " end with the same. Exits with 1 if they do not.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the three databases go; they stay there. Without it a temporary directory is used"
              + " and removed.")
  private @Nullable Path data;

  @Override
  public Integer call() {
    Path kept = data;
    if (kept != null) {
      return play(prepared(kept));
    }
    Path temporary = temporary();
    try {
      return play(temporary);
    } finally {
      remove(temporary);
    }
  }

  private int play(Path directory) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Narrator narrator = new Narrator(out, Ansi.AUTO);
    boolean same;
    try (Cast cast = new Cast(directory)) {
      same = new Story(cast, narrator).tell();
    }
    out.flush();
    return same ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private static Path prepared(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw unusable(directory, failed);
    }
    for (String person : Cast.PEOPLE) {
      Path file = Cast.fileOf(directory, person);
      if (Files.exists(file)) {
        throw new DemoException(
            DemoException.DATA_IN_USE,
            file + " is there already; give the demo an empty directory, or look at what is in it",
            null);
      }
    }
    return directory;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("plait-demo");
    } catch (IOException failed) {
      throw unusable(Path.of(System.getProperty("java.io.tmpdir")), failed);
    }
  }

  private static DemoException unusable(Path directory, IOException cause) {
    return new DemoException(
        DemoException.DATA_UNUSABLE,
        directory + " can't be used as a directory to write to: " + cause.getMessage(),
        cause);
  }

  private static void remove(Path directory) {
    List<Path> content;
    try (Stream<Path> walk = Files.walk(directory)) {
      content = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : content) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw unusable(directory, failed);
    }
  }
}
