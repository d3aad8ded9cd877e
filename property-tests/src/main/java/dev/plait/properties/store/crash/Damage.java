package dev.plait.properties.store.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Something done to the files of a closed store.
 *
 * @param kind what, in a word
 * @param where which file and where in it
 */
record Damage(String kind, String where) {

  private static final int SMALL_BLOCK = 512; // bytes: a sector
  private static final int LARGE_BLOCK = 4096; // bytes: a page

  /**
   * Does something at random to one file of a store.
   *
   * @param store the directory of the store
   * @param foreign the directory of another store of the same kind
   */
  static Damage inflict(Path store, Path foreign, RandomGenerator random) throws IOException {
    Path file = pick(store, random);
    int what = random.nextInt(100);
    String name = store.relativize(file).toString();
    if (what < 10) {
      Files.delete(file);
      return new Damage("missing", name);
    }
    Path other = foreign.resolve(store.relativize(file));
    if (what < 20 && Files.exists(other)) {
      Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
      return new Damage("foreign", name);
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long length = bytes.length();
      if (length == 0) {
        bytes.write(random.nextInt());
        return new Damage("filled", name);
      }
      long at = random.nextLong(length);
      if (what < 30) {
        bytes.setLength(at);
        return new Damage("cut", name + " at " + at);
      }
      if (what < 50) {
        int block = what < 40 ? SMALL_BLOCK : LARGE_BLOCK;
        return zero(bytes, at - at % block, block, name);
      }
      return flip(bytes, at, random.nextInt(Byte.SIZE), name);
    }
  }

  private static Damage zero(RandomAccessFile file, long at, int block, String name)
      throws IOException {
    byte[] zeros = new byte[(int) Math.min(block, file.length() - at)];
    file.seek(at);
    file.write(zeros);
    return new Damage("zero " + block, name + " at " + at);
  }

  private static Damage flip(RandomAccessFile file, long at, int bit, String name)
      throws IOException {
    file.seek(at);
    int before = file.read();
    file.seek(at);
    file.write(before ^ 1 << bit);
    return new Damage("flip", name + " at " + at + " bit " + bit);
  }

  /** Half of the time any file, so that small ones have their turn; else one by its length. */
  private static Path pick(Path store, RandomGenerator random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(store)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    long total = 0;
    for (Path file : files) {
      total += Files.size(file);
    }
    if (random.nextInt(4) > 0 && total > 0) {
      long at = random.nextLong(total);
      for (Path file : files) {
        at -= Files.size(file);
        if (at < 0) {
          return file;
        }
      }
    }
    return files.get(random.nextInt(files.size()));
  }
}
