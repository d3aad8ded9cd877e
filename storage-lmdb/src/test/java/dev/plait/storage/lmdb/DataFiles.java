package dev.plait.storage.lmdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** Data files as the engine makes them, beside what they must hold. */
final class DataFiles implements AutoCloseable {

  /** What the engine takes on most systems. */
  static final int SMALL_PAGE = 4096;

  /** What it takes where the system's pages are larger, as on Apple's processors. */
  static final int LARGE_PAGE = 16_384;

  private static final long MAP = 256L << 20;

  final Path directory;
  final Env<byte[]> env;
  final Dbi<byte[]> records;
  final TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

  private DataFiles(Path directory, DbiFlags... flags) {
    this.directory = directory;
    this.env =
        Env.create(ByteArrayProxy.PROXY_BA)
            .setMapSize(MAP)
            .setMaxDbs(2)
            .open(directory.toFile(), EnvFlags.MDB_NOSYNC);
    this.records = env.openDbi((String) null, flags);
  }

  static DataFiles in(Path parent, String name, int pageSize, DbiFlags... flags) {
    try {
      Path directory = Files.createDirectories(parent.resolve(name));
      if (Files.notExists(directory.resolve("data.mdb"))) {
        makeEmpty(directory, pageSize);
      }
      return new DataFiles(directory, flags);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Writes the two meta pages of an environment in which nothing was written yet. The engine takes
   * the size of its pages from there, whatever the system's is.
   */
  static void makeEmpty(Path directory, int pageSize) throws IOException {
    ByteBuffer pages = ByteBuffer.allocate(2 * pageSize).order(ByteOrder.LITTLE_ENDIAN);
    for (int page = 0; page < 2; page++) {
      int at = page * pageSize;
      pages.putLong(at, page).putShort(at + 10, (short) 8);
      pages.putInt(at + 16, 0xBEEFC0DE).putInt(at + 20, 1).putLong(at + 32, 1 << 20);
      pages.putInt(at + 40, pageSize).putShort(at + 44, (short) 8).putLong(at + 80, -1);
      pages.putLong(at + 128, -1).putLong(at + 136, 1);
    }
    Files.write(directory.resolve("data.mdb"), pages.array());
  }

  Path file() {
    return directory.resolve("data.mdb");
  }

  /** One commit of puts; a null value deletes. */
  void commit(Map<byte[], byte[]> changes) {
    try (Txn<byte[]> txn = env.txnWrite()) {
      changes.forEach(
          (key, value) -> {
            if (value.length == 0) {
              records.delete(txn, key);
              model.remove(key);
            } else {
              records.put(txn, key, value);
              model.put(key, value);
            }
          });
      txn.commit();
    }
  }

  /** Some commits of random changes, among them deletes and replacements. */
  void work(RandomGenerator random, int commits, int changes, int largest, int deletesOfTen) {
    for (int commit = 0; commit < commits; commit++) {
      Map<byte[], byte[]> batch = new TreeMap<>(Arrays::compareUnsigned);
      for (int change = 0; change < changes; change++) {
        byte[] known = model.isEmpty() ? null : model.ceilingKey(key(random));
        if (known != null && random.nextInt(10) < deletesOfTen) {
          batch.put(known, new byte[0]);
        } else {
          byte[] key = known != null && random.nextInt(4) == 0 ? known : key(random);
          batch.put(key, sealed(random, key, largest));
        }
      }
      commit(batch);
    }
  }

  private static byte[] key(RandomGenerator random) {
    byte[] key =
        new byte[random.nextInt(8) == 0 ? 1 + random.nextInt(511) : 4 + random.nextInt(36)];
    random.nextBytes(key);
    return key;
  }

  /** A value that ends with a checksum over key and value, as every record of a store does. */
  private static byte[] sealed(RandomGenerator random, byte[] key, int largest) {
    int size = random.nextInt(10) == 0 ? random.nextInt(largest) : random.nextInt(120);
    byte[] value = new byte[size + 4];
    random.nextBytes(value);
    ByteBuffer.wrap(value).putInt(size, checksum(key, value));
    return value;
  }

  static boolean isSound(byte[] key, byte[] value) {
    return value.length >= 4
        && ByteBuffer.wrap(value).getInt(value.length - 4) == checksum(key, value);
  }

  private static int checksum(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, 0, value.length - 4);
    return (int) crc.getValue();
  }

  /** Makes a file have these bytes; writes those pages only that differ from what it had. */
  static byte[] rewrite(Path image, byte[] had, byte[] bytes) throws IOException {
    if (had.length != bytes.length) {
      Files.write(image, bytes);
      return bytes.clone();
    }
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      for (int at = 0; at < bytes.length; at += SMALL_PAGE) {
        int end = Math.min(at + SMALL_PAGE, bytes.length);
        if (!Arrays.equals(had, at, end, bytes, at, end)) {
          channel.write(ByteBuffer.wrap(bytes, at, end - at), at);
        }
      }
    }
    return bytes.clone();
  }

  /** Reads the newest commit's records the way {@link PageCheck} walks them. */
  static List<Map.Entry<byte[], byte[]>> read(Path dataFile) throws IOException {
    List<Map.Entry<byte[], byte[]>> entries = new ArrayList<>();
    try (PageFile file = PageFile.open(dataFile)) {
      Meta meta = newest(file);
      TreeWalk.Entries reader =
          (leaf, page, node) -> {
            ByteBuffer value = ByteBuffer.allocate((int) leaf.valueSize(node));
            file.read(leaf.valuePosition(page, node), value);
            entries.add(Map.entry(leaf.key(node), value.array()));
          };
      PageSet used = new PageSet(meta.lastPage());
      new TreeWalk(file, meta.lastPage(), meta.main(), TreeWalk.Order.BYTES, used, reader).run();
    }
    return entries;
  }

  /** How many pages are neither used nor free. */
  static long unaccounted(Path dataFile) throws IOException {
    try (PageFile file = PageFile.open(dataFile)) {
      Meta meta = newest(file);
      PageSet used = new PageSet(meta.lastPage());
      PageSet earlier = new PageSet(meta.lastPage());
      FreeList free = new FreeList(file, meta, used, earlier);
      new TreeWalk(file, meta.lastPage(), meta.main(), TreeWalk.Order.BYTES, used, (l, p, n) -> {})
          .run();
      new TreeWalk(file, meta.lastPage(), meta.free(), TreeWalk.Order.NUMBERS, used, free).run();
      long missing = 0;
      for (long page = Meta.COUNT; page <= meta.lastPage(); page++) {
        missing += used.contains(page) ? 0 : 1;
      }
      return missing;
    }
  }

  static Meta newest(PageFile file) throws IOException {
    Meta first = Meta.read(file, 0);
    Meta second = Meta.read(file, 1);
    if (first == null || second == null) {
      throw new IOException("no meta pages");
    }
    return first.transaction() >= second.transaction() ? first : second;
  }

  static boolean isSame(Map<byte[], byte[]> expected, List<Map.Entry<byte[], byte[]>> found) {
    if (expected.size() != found.size()) {
      return false;
    }
    int at = 0;
    for (Map.Entry<byte[], byte[]> each : expected.entrySet()) {
      Map.Entry<byte[], byte[]> entry = found.get(at++);
      if (!Arrays.equals(each.getKey(), entry.getKey())
          || !Arrays.equals(each.getValue(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    env.close();
  }
}
