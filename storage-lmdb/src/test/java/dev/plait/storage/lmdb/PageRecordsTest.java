package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What damage left whole is found. */
class PageRecordsTest {

  private static final int LARGEST = 1 << 20;

  @TempDir Path directory;
  private DamagedFile image;

  int pageSize() {
    return DataFiles.SMALL_PAGE;
  }

  @BeforeEach
  void makeFile() throws IOException {
    image = DamagedFile.in(directory, pageSize(), 2);
  }

  private PageRecords.Found salvage(byte[] bytes, Map<byte[], byte[]> into, boolean onlyCurrent)
      throws IOException {
    image.write(bytes);
    return PageRecords.read(
        image.path,
        LARGEST,
        (key, value, current) -> {
          boolean expected = Arrays.equals(image.model.get(key), value);
          if (expected && (current || !onlyCurrent)) {
            into.put(key, value);
          }
          assertTrue(expected || !current || !DataFiles.isSound(key, value), "wrong, yet current");
        });
  }

  private Map<byte[], byte[]> found() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  @Test
  void soundFileGivesEveryRecordAsCurrent() throws IOException {
    Map<byte[], byte[]> found = found();
    PageRecords.Found how = salvage(image.sound, found, true);
    assertEquals(image.model.size(), found.size());
    assertTrue(how.current());
    assertTrue(how.leaves() > 10 && how.records() >= image.model.size());
  }

  @Test
  void withoutMetaPagesEveryRecordIsFound() throws IOException {
    byte[] bytes = image.sound.clone();
    Arrays.fill(bytes, 0, 2 * pageSize(), (byte) 0);
    Map<byte[], byte[]> found = found();
    assertFalse(salvage(bytes, found, false).current());
    assertEquals(image.model.size(), found.size());
  }

  @Test
  void withoutBranchesEveryRecordIsFound() throws IOException {
    byte[] bytes = image.sound.clone();
    ByteBuffer pages = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int page = 2; page < bytes.length / pageSize(); page++) {
      if (pages.getLong(page * pageSize()) == page && pages.getShort(page * pageSize() + 10) == 1) {
        Arrays.fill(bytes, page * pageSize(), (page + 1) * pageSize(), (byte) 0);
      }
    }
    Map<byte[], byte[]> found = found();
    assertFalse(salvage(bytes, found, false).current());
    assertEquals(image.model.size(), found.size());
  }

  @Test
  void flippedBitCostsAtMostOneLeaf() throws IOException {
    int most = 0;
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] bytes = image.sound.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Map<byte[], byte[]> found = found();
      salvage(bytes, found, false);
      most = Math.max(most, image.model.size() - found.size());
    }
    System.out.printf(
        "bit flipped: 500 images of %d records, at most %d lost in one%n",
        image.model.size(), most);
    assertTrue(most <= pageSize() / 24, "lost " + most);
  }

  @Test
  void truncatedFileGivesWhatIsLeft() throws IOException {
    int all = 0;
    for (int seed = 0; seed < 100; seed++) {
      byte[] bytes = Arrays.copyOf(image.sound, new Random(seed).nextInt(image.sound.length));
      Map<byte[], byte[]> found = found();
      salvage(bytes, found, false);
      all += found.size();
    }
    assertTrue(all > 0);
  }

  @Test
  void valuesAboveTheLimitAreLeftOut() throws IOException {
    image.write(image.sound);
    PageRecords.Found how =
        PageRecords.read(image.path, 50, (key, value, current) -> assertTrue(value.length <= 50));
    assertTrue(how.unreadable() > 0);
  }
}
