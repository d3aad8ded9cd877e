package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose pages say what can't be. */
class PageRowsTest {

  private static final int PAGE = SqliteLayout.PAGE_BYTES;
  private static final int PAGES = 4;
  private static final int OVERFLOW = PAGE - 4;

  /** What a row that fills its overflow pages leaves in its own. */
  private static final int LOCAL = (PAGE - 12) * 32 / 255 - 23;

  @TempDir Path directory;

  /**
   * A leaf of a table with one row: as long as its overflow pages hold, the first of which is 3.
   */
  private static byte[] leafOfRowOn(int overflowPages) {
    long size = LOCAL + (long) overflowPages * OVERFLOW;
    ByteBuffer page = ByteBuffer.allocate(PAGE);
    page.put((byte) 13).putShort((short) 0).putShort((short) 1);
    page.putShort(8, (short) 100).position(100);
    put(page, size);
    put(page, 1);
    int begin = page.position();
    // A header of its own length and one blob, which is all the rest.
    page.put((byte) 6);
    put(page, 2 * (size - 6) + 12);
    page.putInt(begin + LOCAL, 3);
    return page.array();
  }

  /** A number in five bytes. */
  private static void put(ByteBuffer page, long number) {
    for (int shift = 28; shift > 0; shift -= 7) {
      page.put((byte) (0x80 | number >> shift));
    }
    page.put((byte) (number & 0x7f));
  }

  /** The lengths of what is read of such a leaf when each overflow page leads to itself. */
  private List<Integer> lengths(int overflowPages, int unreadable) throws IOException {
    Path path = directory.resolve("pages.db");
    ByteBuffer pages = ByteBuffer.allocate(PAGES * PAGE);
    pages.put(PAGE, leafOfRowOn(overflowPages)).putInt(2 * PAGE, 3);
    Files.write(path, pages.array());
    List<Integer> lengths = new ArrayList<>();
    try (PageImage image = PageImage.of(path)) {
      assertEquals(
          unreadable,
          new PageRows(image).read(2, image.page(2), row -> lengths.add(row.bytes(0).length)));
    }
    return lengths;
  }

  @Test
  void aRowThatThePagesCanHoldIsRead() throws IOException {
    assertEquals(List.of(LOCAL + OVERFLOW - 6), lengths(1, 0));
    assertEquals(List.of(LOCAL + PAGES * OVERFLOW - 6), lengths(PAGES, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {PAGES + 1, 1000, (1 << 30) / OVERFLOW - 1})
  void aRowThatIsLongerThanAllPagesIsNotMadeRoomFor(int overflowPages) throws IOException {
    assertEquals(List.of(), lengths(overflowPages, 1));
  }
}
