package dev.plait.storage.lmdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;

/** A sound data file, what it holds, and a copy that is given other bytes again and again. */
final class DamagedFile {

  /** The records of the sound file. */
  final TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

  /** The bytes of the sound file; to be cloned before they are damaged. */
  final byte[] sound;

  /** Where the copy is; there is none before the first {@link #write}. */
  final Path path;

  private byte[] written = new byte[0];

  private DamagedFile(DataFiles files, Path path) throws IOException {
    model.putAll(files.model);
    sound = Files.readAllBytes(files.file());
    this.path = path;
  }

  /** Some dozen commits of all kinds. */
  static DamagedFile in(Path directory, int pageSize, int seed) throws IOException {
    try (DataFiles files = DataFiles.in(directory, "sound", pageSize)) {
      files.work(new Random(seed), 40, 60, 12_000, 4);
      return new DamagedFile(files, directory.resolve("image.mdb"));
    }
  }

  /** Makes the copy have these bytes. */
  void write(byte[] bytes) throws IOException {
    written = DataFiles.rewrite(path, written, bytes);
  }
}
