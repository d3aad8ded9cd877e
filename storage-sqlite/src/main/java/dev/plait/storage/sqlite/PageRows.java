package dev.plait.storage.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * A PAGE OF A B-TREE
 *
 * A byte that says what it is, 2 bytes for the first free block, 2 for the number of cells, 2 for
 * where cells begin, a byte, and in inner pages 4 for the last child; then where each cell is, 2
 * bytes each. On page 1 all of that follows the file's own header. A cell has, in inner pages, its
 * child (4), then how long the row is, in tables its number, and the row. What is too long for the
 * page goes on in others, each with the number of the next (4) before it. The row begins with the
 * length of its header and one number for each column that says what it is and how long. These
 * numbers take 1 to 9 bytes. (Database File Format, sqlite.org.)
 *
 * Tables WITHOUT ROWID are kept as indexes, which have rows in inner pages too.
 */
/** Reads the rows in one page after another, whether the tree that they are in is whole or not. */
final class PageRows {

  private static final int INDEX_INNER = 2;
  private static final int INDEX_LEAF = 10;
  private static final int TABLE_LEAF = 13;

  private static final int FILE_HEADER_BYTES = 100;
  private static final int CELLS_OFFSET = 3;
  private static final int LEAF_HEADER_BYTES = 8;
  private static final int USABLE = SqliteLayout.PAGE_BYTES;
  private static final int LEAST_LOCAL = (USABLE - 12) * 32 / 255 - 23;
  private static final int MOST_LOCAL_INDEX = (USABLE - 12) * 64 / 255 - 23;
  private static final int MOST_LOCAL_TABLE = USABLE - 35;
  private static final int OVERFLOW_BYTES = USABLE - Integer.BYTES;
  private static final int LARGEST_ROW = 1 << 30;
  private static final int MOST_COLUMNS = 6;

  /** Of no bytes; each byte counts two. */
  private static final int BLOB = 12;

  private static final int TEXT = 13;
  private static final int ZERO = 8;
  private static final int ONE = 9;
  private static final int[] NUMBER_BYTES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

  /** Takes rows. */
  interface Taker {
    void row(Row row);
  }

  /** A row, which nothing vouches for yet. */
  static final class Row {
    private final boolean ofIndex;
    private final long[] types;
    private final byte[][] values;

    private Row(boolean ofIndex, long[] types, byte[][] values) {
      this.ofIndex = ofIndex;
      this.types = types;
      this.values = values;
    }

    /** Whether it is one of an index, or of a table without row numbers. */
    boolean ofIndex() {
      return ofIndex;
    }

    int columns() {
      return types.length;
    }

    boolean isText(int column) {
      return types[column] >= TEXT && types[column] % 2 == 1;
    }

    byte[] bytes(int column) {
      return values[column];
    }

    /** The whole number in a column; of no meaning where there is something else. */
    long number(int column) {
      if (types[column] == ONE) {
        return 1;
      }
      byte[] bytes = values[column];
      if (types[column] >= ZERO || bytes.length == 0) {
        return 0;
      }
      long number = bytes[0];
      for (int i = 1; i < bytes.length; i++) {
        number = number << 8 | (bytes[i] & 0xff);
      }
      return number;
    }
  }

  private final PageImage image;

  PageRows(PageImage image) {
    this.image = image;
  }

  /**
   * Hands over the rows of a page, if it is one that has any; gives how many can't be read.
   *
   * @param number of the page; nothing else than whether it is 1 counts
   */
  int read(int number, byte[] page, Taker taker) throws IOException {
    int header = number == 1 ? FILE_HEADER_BYTES : 0;
    int type = page[header];
    if (type != INDEX_INNER && type != INDEX_LEAF && type != TABLE_LEAF) {
      return 0;
    }
    ByteBuffer fields = ByteBuffer.wrap(page);
    int cells = Short.toUnsignedInt(fields.getShort(header + CELLS_OFFSET));
    int pointers = header + LEAF_HEADER_BYTES + (type == INDEX_INNER ? Integer.BYTES : 0);
    int readable = Math.min(cells, (page.length - pointers) / Short.BYTES);
    int unreadable = cells - readable;
    for (int i = 0; i < readable; i++) {
      int at = Short.toUnsignedInt(fields.getShort(pointers + i * Short.BYTES));
      Row row = row(page, at, type);
      if (row == null) {
        unreadable++;
      } else {
        taker.row(row);
      }
    }
    return unreadable;
  }

  private @Nullable Row row(byte[] page, int at, int type) throws IOException {
    int start = at + (type == INDEX_INNER ? Integer.BYTES : 0);
    if (start >= page.length) {
      return null;
    }
    ByteBuffer cell = ByteBuffer.wrap(page, start, page.length - start);
    long size = number(cell);
    long rowNumber = type == TABLE_LEAF ? number(cell) : 0;
    if (size < 1 || size > LARGEST_ROW || rowNumber < 0) {
      return null;
    }
    int local = local((int) size, type == TABLE_LEAF ? MOST_LOCAL_TABLE : MOST_LOCAL_INDEX);
    boolean flows = local < size;
    if (cell.remaining() < local + (flows ? Integer.BYTES : 0)
        || size - local > (long) image.pages() * OVERFLOW_BYTES) {
      return null;
    }
    int begin = cell.position();
    long[] types = types(ByteBuffer.wrap(page, begin, local), size);
    if (types == null) {
      return null;
    }
    byte[] row = Arrays.copyOfRange(page, begin, begin + (int) size);
    if (flows && !readOn(row, local, cell.getInt(begin + local))) {
      return null;
    }
    byte[][] values = new byte[types.length][];
    int from = (int) size - (int) sizeOf(types);
    for (int i = 0; i < types.length; i++) {
      int to = from + (int) sizeOf(types[i]);
      values[i] = Arrays.copyOfRange(row, from, to);
      from = to;
    }
    return new Row(type != TABLE_LEAF, types, values);
  }

  /** How much of a row is in the page. */
  private static int local(int size, int most) {
    if (size <= most) {
      return size;
    }
    int fitting = LEAST_LOCAL + (size - LEAST_LOCAL) % OVERFLOW_BYTES;
    return fitting <= most ? fitting : LEAST_LOCAL;
  }

  /** What the columns are; null unless header and columns together are just as long as the row. */
  private static long @Nullable [] types(ByteBuffer row, long size) {
    int begin = row.position();
    long header = number(row);
    if (header < 1 || header > row.limit() - begin) {
      return null;
    }
    row.limit(begin + (int) header);
    long[] types = new long[MOST_COLUMNS];
    int columns = 0;
    while (row.hasRemaining()) {
      long type = number(row);
      if (type < 0 || type > 2L * LARGEST_ROW || columns == MOST_COLUMNS) {
        return null;
      }
      types[columns++] = type;
    }
    long[] all = Arrays.copyOf(types, columns);
    return header + sizeOf(all) == size ? all : null;
  }

  private static long sizeOf(long[] types) {
    long size = 0;
    for (long type : types) {
      size += sizeOf(type);
    }
    return size;
  }

  private static long sizeOf(long type) {
    if (type < NUMBER_BYTES.length) {
      return NUMBER_BYTES[(int) type];
    }
    return type < BLOB ? 0 : (type - BLOB) / 2;
  }

  /** Takes the rest of a row from the pages that follow; gives whether they are there. */
  private boolean readOn(byte[] row, int from, int first) throws IOException {
    int next = first;
    for (int at = from; at < row.length; at += OVERFLOW_BYTES) {
      if (!image.isPage(next)) {
        return false;
      }
      ByteBuffer page = ByteBuffer.wrap(image.page(next));
      next = page.getInt();
      page.get(row, at, Math.min(OVERFLOW_BYTES, row.length - at));
    }
    return true;
  }

  /** A number of variable length; -1 where it is cut off, below 0 where it is none of ours. */
  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int i = 0; i < 9; i++) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      byte next = bytes.get();
      if (i == 8) {
        return number << 8 | (next & 0xff);
      }
      number = number << 7 | (next & 0x7f);
      if (next >= 0) {
        return number;
      }
    }
    return number;
  }
}
