package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All files below a directory, read at one moment. Immutable.
 *
 * @param contents the bytes of each file, by its path within the directory
 */
record FileImage(Map<String, byte[]> contents) {

  static FileImage of(Path directory) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (Path file : files(directory)) {
      contents.put(directory.relativize(file).toString(), Files.readAllBytes(file));
    }
    return new FileImage(contents);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  /** The names of the files that have anything in them. */
  List<String> names() {
    return contents.entrySet().stream()
        .filter(file -> file.getValue().length > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  byte[] bytes(String name) {
    byte[] found = contents.get(name);
    return found == null ? new byte[0] : found;
  }

  /** With other bytes in a file, or without it if they are null. */
  FileImage with(String name, byte @Nullable [] bytes) {
    Map<String, byte[]> changed = new TreeMap<>(contents);
    if (bytes == null) {
      changed.remove(name);
    } else {
      changed.put(name, bytes);
    }
    return new FileImage(changed);
  }

  /** Writes the files below a directory that is made for it. */
  void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling("."));
      Files.write(target, file.getValue());
    }
  }

  /** Fails unless every file is as it was; others may be there if they are empty, such as locks. */
  void assertUntouched(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path there = directory.resolve(file.getKey());
      assertTrue(Files.exists(there), () -> there + " is gone");
      assertArrayEquals(file.getValue(), Files.readAllBytes(there), () -> there + " was changed");
    }
    for (Path file : files(directory)) {
      if (!contents.containsKey(directory.relativize(file).toString())) {
        assertEquals(0, Files.size(file), () -> file + " was made");
      }
    }
  }

  /** Cut in half. */
  static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }
}
