package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Txn;

/** A damaged file is refused, or what is read from it is what was written, or a checksum tells. */
class PageCheckDamageTest {

  private static final int TIMES = Boolean.getBoolean("plait.long") ? 20 : 1;

  @TempDir Path directory;
  private DamagedFile image;

  int pageSize() {
    return DataFiles.SMALL_PAGE;
  }

  @BeforeEach
  void makeFile() throws IOException {
    image = DamagedFile.in(directory, pageSize(), 1);
  }

  private enum Outcome {
    REFUSED,
    EXACT,
    CHECKSUM,
    WRONG
  }

  private Outcome outcome(byte[] bytes) throws IOException {
    image.write(bytes);
    try {
      PageCheck.check(image.path);
    } catch (StoreException.Corrupt refused) {
      assertTrue(refused.toString().contains(": page "), refused.toString());
      return Outcome.REFUSED;
    }
    List<Map.Entry<byte[], byte[]>> found = DataFiles.read(image.path);
    if (DataFiles.isSame(image.model, found)) {
      return Outcome.EXACT;
    }
    boolean told = found.size() == image.model.size();
    for (Map.Entry<byte[], byte[]> entry : found) {
      boolean same = Arrays.equals(image.model.get(entry.getKey()), entry.getValue());
      told &= same || !DataFiles.isSound(entry.getKey(), entry.getValue());
    }
    return told ? Outcome.CHECKSUM : Outcome.WRONG;
  }

  private void tryAll(String what, int images, boolean checksumsMayTell, Damage damage)
      throws IOException {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (int seed = 0; seed < images; seed++) {
      byte[] damaged = damage.to(image.sound.clone(), new Random(seed));
      Outcome outcome = outcome(damaged);
      counts.merge(outcome, 1, Integer::sum);
      int number = seed;
      assertTrue(outcome != Outcome.WRONG, () -> what + ", image " + number);
      assertTrue(checksumsMayTell || outcome != Outcome.CHECKSUM, () -> what + " " + number);
    }
    System.out.printf("%s: %d images, %s, none wrong%n", what, images, counts);
    assertTrue(counts.getOrDefault(Outcome.REFUSED, 0) > 0, what);
  }

  private interface Damage {
    byte[] to(byte[] bytes, Random random);
  }

  private static void flip(byte[] bytes, long bit) {
    bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
  }

  /** Where the meta pages, headers, offsets and heads of nodes lie. */
  private List<Integer> structure() {
    List<Integer> at = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(image.sound).order(ByteOrder.LITTLE_ENDIAN);
    for (int page = 0; page < image.sound.length; page += pageSize()) {
      int flags = bytes.getShort(page + 10);
      boolean tree = page >= Meta.COUNT * pageSize() && bytes.getLong(page) == page / pageSize();
      int end = page < Meta.COUNT * pageSize() ? 152 : 16;
      if (tree && (flags == TreePage.BRANCH || flags == TreePage.LEAF)) {
        end = bytes.getShort(page + 12);
        for (int pointer = 16; pointer < end; pointer += 2) {
          int node = page + bytes.getShort(page + pointer);
          for (int each = node; each < node + 8; each++) {
            at.add(each);
          }
        }
      }
      for (int each = 0; each < end; each++) {
        at.add(page + each);
      }
    }
    return at;
  }

  @Test
  void everyBitOfTheMetaPagesIsRefusedOrWithoutMeaning() throws IOException {
    int bits = 152 * 8;
    int[] next = {0};
    tryAll(
        "each bit of the meta pages",
        2 * bits,
        false,
        (bytes, random) -> {
          int bit = next[0]++;
          flip(bytes, bit % bits + (bit < bits ? 0L : pageSize() * 8L));
          return bytes;
        });
  }

  @Test
  void flippedBitsOfStructureAreNoticed() throws IOException {
    List<Integer> structure = structure();
    tryAll(
        "bit of structure flipped",
        3000 * TIMES,
        true,
        (bytes, random) -> {
          flip(bytes, structure.get(random.nextInt(structure.size())) * 8L + random.nextInt(8));
          return bytes;
        });
  }

  @Test
  void flippedBitsAnywhereAreNoticed() throws IOException {
    tryAll(
        "bit anywhere flipped",
        1500 * TIMES,
        true,
        (bytes, random) -> {
          flip(bytes, random.nextLong(bytes.length * 8L));
          return bytes;
        });
  }

  @Test
  void truncationsAreNoticed() throws IOException {
    tryAll(
        "truncated",
        300,
        false,
        (bytes, random) -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
  }

  @Test
  void zeroedAndForeignBlocksAreNoticed() throws IOException {
    tryAll(
        "block zeroed or garbled",
        600,
        true,
        (bytes, random) -> {
          int size = random.nextBoolean() ? pageSize() : 512;
          int at = random.nextInt(bytes.length / size) * size;
          byte[] block = new byte[size];
          if (random.nextBoolean()) {
            random.nextBytes(block);
          }
          System.arraycopy(block, 0, bytes, at, size);
          return bytes;
        });
  }

  @Test
  void pagesWrittenToTheWrongPlaceAreNoticed() throws IOException {
    tryAll(
        "page over another",
        600,
        true,
        (bytes, random) -> {
          int pages = bytes.length / pageSize();
          int from = random.nextInt(pages) * pageSize();
          System.arraycopy(bytes, from, bytes, random.nextInt(pages) * pageSize(), pageSize());
          return bytes;
        });
  }

  @Test
  void arbitraryBytesEndInNothingButARefusal() throws IOException {
    int[] extremes = {0, 1, 0x7f, 0x80, 0xff};
    List<Integer> structure = structure();
    Random random = new Random(5);
    int refused = 0;
    for (int each = 0; each < 4000; each++) {
      byte[] bytes = image.sound.clone();
      if (each % 40 == 0) {
        bytes = new byte[random.nextInt(5 * pageSize())];
        random.nextBytes(bytes);
      }
      for (int times = 1 + random.nextInt(12);
          times > 0 && bytes.length == image.sound.length;
          times--) {
        int at = structure.get(random.nextInt(random.nextBoolean() ? 304 : structure.size()));
        int length = Math.min(1 << random.nextInt(4), bytes.length - at);
        Arrays.fill(bytes, at, at + length, (byte) extremes[random.nextInt(extremes.length)]);
      }
      image.write(bytes);
      try {
        PageCheck.check(image.path);
        DataFiles.read(image.path);
      } catch (StoreException.Corrupt expected) {
        refused++;
      }
      PageRecords.read(image.path, 1 << 20, (key, value, current) -> {});
    }
    System.out.printf("arbitrary bytes: 4000 images, %d refused%n", refused);
    assertTrue(refused > 3000);
  }

  private void assertRefused(String fault, Consumer<ByteBuffer> damage) throws IOException {
    byte[] bytes = image.sound.clone();
    damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    image.write(bytes);
    StoreException.Corrupt refused =
        assertThrows(StoreException.Corrupt.class, () -> PageCheck.check(image.path));
    assertTrue(refused.toString().contains(fault), refused.toString());
    assertTrue(refused.toString().contains(image.path.toString()), refused.toString());
  }

  @Test
  void whatIsNotReadIsNamed() throws IOException {
    assertRefused("other byte order", bytes -> bytes.putInt(16, 0xDEC0EFBE));
    assertRefused("no LMDB meta page", bytes -> bytes.putInt(16, 7));
    assertRefused("data version 999", bytes -> bytes.putInt(20, 999));
    int other = 2 * pageSize();
    assertRefused("pages of " + other + " bytes", bytes -> bytes.putInt(40, other));
    assertRefused("pages of 5000 bytes", bytes -> bytes.putInt(40, 5000));
    assertRefused("a map of", bytes -> bytes.putLong(32, pageSize()));
    assertRefused("a map of", bytes -> bytes.putLong(32, 1L << 48));
    assertRefused("last page", bytes -> bytes.putLong(136, 1L << 40));
    assertRefused("flags 4", bytes -> bytes.putShort(92, (short) 4));
  }

  /** The two pages then look like a pair again, with an older state as the newest. */
  @Test
  void transactionThatWentBackByTwoIsNoticed() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(image.sound).order(ByteOrder.LITTLE_ENDIAN);
    int newest = bytes.getLong(144) > bytes.getLong(pageSize() + 144) ? 0 : pageSize();
    long transaction = bytes.getLong(newest + 144);
    assertRefused(
        "transaction " + (transaction - 2), each -> each.putLong(newest + 144, transaction - 2));
  }

  @Test
  void emptyFileIsNoStore() throws IOException {
    Files.createFile(image.path);
    assertThrows(StoreException.Corrupt.class, () -> PageCheck.check(image.path));
  }

  @Test
  void namedDatabasesAndRepeatedKeysAreRefused() throws IOException {
    try (DataFiles named = DataFiles.in(directory, "named", pageSize())) {
      named.env.openDbi("other", DbiFlags.MDB_CREATE);
      StoreException.Corrupt refused =
          assertThrows(StoreException.Corrupt.class, () -> PageCheck.check(named.file()));
      assertTrue(refused.toString().contains("has flags 2"), refused.toString());
    }
    try (DataFiles repeated =
        DataFiles.in(directory, "repeated", pageSize(), DbiFlags.MDB_DUPSORT)) {
      try (Txn<byte[]> txn = repeated.env.txnWrite()) {
        repeated.records.put(txn, new byte[] {1}, new byte[] {1});
        repeated.records.put(txn, new byte[] {1}, new byte[] {2});
        txn.commit();
      }
      StoreException.Corrupt refused =
          assertThrows(StoreException.Corrupt.class, () -> PageCheck.check(repeated.file()));
      assertTrue(refused.toString().contains("the records have flags 4"), refused.toString());
    }
  }

  @Test
  void checkChangesNothing() throws IOException {
    assertEquals(Outcome.EXACT, outcome(image.sound));
    assertTrue(Arrays.equals(image.sound, Files.readAllBytes(image.path)));
  }
}
