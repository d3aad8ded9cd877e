package dev.plait.properties.defect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mistake in one source file: a piece of text that stands there exactly once, what a mistaken
 * author wrote in its place, and the test that has to notice.
 *
 * <p>The file itself is never touched. As the text has to be there exactly once, a defect can't
 * silently outlive the code that it was written for; and as it is said how the test fails, the
 * defect can't be caught by accident.
 *
 * @param name what is wrong, in a few words
 * @param source the source file, seen from the folder of the module whose tests run
 * @param was what stands there, line ends and indentation included
 * @param becomes what stands there instead; any Java that compiles
 * @param suspect the test that is to catch it
 * @param shows a part of the first line of what that test fails with, the exception's simple name
 *     included
 */
public record Defect(
    String name, Path source, String was, String becomes, Suspect suspect, String shows) {

  /**
   * The text of the file with the mistake in it.
   *
   * @throws AssertionError if {@link #was} does not stand there exactly once
   */
  String planted() {
    String text = read();
    int first = text.indexOf(was);
    if (first < 0 || text.indexOf(was, first + 1) >= 0) {
      throw new AssertionError(
          "defect \""
              + name
              + "\" no longer fits "
              + source
              + ", where this must stand exactly once and stands "
              + (first < 0 ? "nowhere" : "more than once")
              + ":\n"
              + was);
    }
    return text.substring(0, first) + becomes + text.substring(first + was.length());
  }

  private String read() {
    try {
      return Files.readString(source, StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "defect \""
              + name
              + "\" needs the source "
              + source
              + ", seen from "
              + Path.of("").toAbsolutePath(),
          unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
