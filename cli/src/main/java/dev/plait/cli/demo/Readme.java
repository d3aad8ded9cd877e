package dev.plait.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The project's README, which the build puts beside this class, in three parts. */
final class Readme {
  private Readme() {}

  /** The whole text. */
  static String text() {
    try (InputStream in = Readme.class.getResourceAsStream("README.md")) {
      if (in == null) {
        throw new IllegalStateException("README.md is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The whole text cut at two headings: a beginning, one section, and the rest. */
  static List<String> parts() {
    String text = text();
    int second = text.indexOf("\n## ") + 1;
    int third = text.indexOf("\n## ", second) + 1;
    return List.of(text.substring(0, second), text.substring(second, third), text.substring(third));
  }
}
