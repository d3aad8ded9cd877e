package dev.plait.cli.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The durability guide promises nothing without a test, and names no test that is not there. */
class DurabilityGuideTest {

  private static final Path ROOT = Path.of("..");
  private static final String HEADER = "| promise | test |";
  private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  @Test
  void everyPromiseNamesTestsThatExist() throws IOException {
    Map<String, String> sources = sources();
    List<String> wrong = new ArrayList<>();
    List<String> promises = promises();
    for (String promise : promises) {
      Matcher name =
          NAME.matcher(promise.substring(promise.lastIndexOf("| ", promise.length() - 2)));
      int names = 0;
      while (name.find()) {
        names++;
        String source = sources.getOrDefault(name.group(1), "");
        String declared =
            name.group(2) == null ? "class " + name.group(1) + " " : " " + name.group(2) + "(";
        if (!source.contains(declared)) {
          wrong.add(name.group());
        }
      }
      if (names == 0) {
        wrong.add(promise);
      }
    }
    assertFalse(promises.isEmpty());
    assertEquals(List.of(), wrong);
  }

  /** The rows of all tables of promises. */
  private static List<String> promises() throws IOException {
    List<String> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs/guide/durability.md"))) {
      if (line.equals(HEADER)) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("| ---")) {
        rows.add(line);
      }
    }
    return rows;
  }

  /** The sources of all modules by the simple name of their class. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module :
          modules.map(path -> path.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .forEach(
                  file ->
                      sources.merge(
                          file.getFileName().toString().replace(".java", ""),
                          read(file),
                          String::concat));
        }
      }
    }
    return sources;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
