package dev.plait.storage.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells a file from its copies: its number in the file system, or where there are none the
 * moment it was made.
 *
 * @param kind which of the two
 * @param value the number, or milliseconds since 1970
 */
record FileMark(byte kind, long value) {

  /** Of no file. */
  static final FileMark NONE = new FileMark((byte) 0, 0);

  private static final byte NUMBER = 1;
  private static final byte MADE = 2;

  static FileMark of(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Files.getAttribute(file, "unix:ino") instanceof Long number) {
      return new FileMark(NUMBER, number);
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileMark(MADE, attributes.creationTime().toMillis());
  }
}
