package dev.plait.storage.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One of the two meta pages: where the trees of one commit begin.
 *
 * @param number the page's number in its header
 * @param flags the page's flags in its header
 * @param magic what tells the format
 * @param version the format's version
 * @param mapBytes how many bytes were mapped by whoever committed
 * @param pageSize bytes of a page
 * @param free the tree of free pages
 * @param main the tree of records
 * @param lastPage the greatest page number that has been given out
 * @param transaction the commit's number
 */
record Meta(
    long number,
    int flags,
    int magic,
    int version,
    long mapBytes,
    int pageSize,
    Tree free,
    Tree main,
    long lastPage,
    long transaction) {

  /** How many meta pages there are; they are the first of the file. */
  static final int COUNT = 2;

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int META_PAGE = 8;

  /** The free pages' keys are numbers; it is the only flag that tree has. */
  private static final int NUMBER_KEYS = 8;

  private static final int MAGIC_AT = 16;
  private static final int PAGE_SIZE_AT = 40;

  /** Where what is known of a meta page ends. */
  private static final int BYTES = 152;

  /** Whether there is a meta page at a position that says that pages have this size. */
  static boolean namesPageSize(RandomAccessFile file, long position, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return PageFile.read(file, position, bytes)
        && bytes.getInt(MAGIC_AT) == MAGIC
        && bytes.getInt(PAGE_SIZE_AT) == size;
  }

  /** Reads a meta page as it is; null if the file ends before it does. */
  static @Nullable Meta read(PageFile file, int page) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(file.pageSize()).order(ByteOrder.LITTLE_ENDIAN);
    if (!file.read((long) page * file.pageSize(), bytes)) {
      return null;
    }
    return new Meta(
        bytes.getLong(0),
        Short.toUnsignedInt(bytes.getShort(10)),
        bytes.getInt(MAGIC_AT),
        bytes.getInt(20),
        bytes.getLong(32),
        bytes.getInt(PAGE_SIZE_AT),
        Tree.at(bytes, PAGE_SIZE_AT),
        Tree.at(bytes, 88),
        bytes.getLong(136),
        bytes.getLong(144));
  }

  /** What is wrong with this page seen by itself; null if nothing is. */
  @Nullable String fault(int page, PageFile file) {
    if (magic == Integer.reverseBytes(MAGIC)) {
      return "written on a machine with the other byte order, which this release does not read";
    }
    if (magic != MAGIC) {
      return "no LMDB meta page";
    }
    if (version != VERSION) {
      return "LMDB data version " + version + ", this release reads " + VERSION;
    }
    if (number != page || flags != META_PAGE) {
      return "header says page " + number + " with flags " + flags + ", not a meta page";
    }
    if (pageSize != file.pageSize()) {
      return "pages of " + pageSize + " bytes, the file has pages of " + file.pageSize();
    }
    if (free.flags() != NUMBER_KEYS) {
      return "the free list has flags " + free.flags() + " instead of " + NUMBER_KEYS;
    }
    if (main.flags() != 0 || main.padding() != 0) {
      return "the records have flags " + main.flags() + " and padding " + main.padding();
    }
    // The file may end before its last page, but each page of free numbers lists so many.
    long listed = pageSize / Long.BYTES;
    if (lastPage < COUNT - 1 || lastPage / (listed + 1) > file.pages()) {
      return "last page " + lastPage + " in a file of " + file.pages() + " pages";
    }
    if (mapBytes > PageFile.LARGEST || mapBytes / pageSize <= lastPage) {
      return "a map of " + mapBytes + " bytes for pages up to " + lastPage;
    }
    if (transaction < 0) {
      return "transaction " + transaction;
    }
    String fault = free.fault(lastPage);
    if (fault != null) {
      return "free list: " + fault;
    }
    return main.fault(lastPage);
  }

  /**
   * What is wrong with the two pages seen together; null if nothing is.
   *
   * @param first page 0, sound by itself
   * @param second page 1, sound by itself
   */
  static @Nullable String faultOf(Meta first, Meta second) {
    if (first.transaction == 0 && second.transaction == 0) {
      return first.isUnused() && second.isUnused() ? null : "trees before the first transaction";
    }
    if ((first.transaction & 1) != 0 || (second.transaction & 1) != 1) {
      return "transactions " + first.transaction + " and " + second.transaction + " swapped pages";
    }
    if (Math.abs(first.transaction - second.transaction) != 1) {
      return "transactions " + first.transaction + " and " + second.transaction + " are no pair";
    }
    boolean firstIsNewer = first.transaction > second.transaction;
    Meta newer = firstIsNewer ? first : second;
    Meta older = firstIsNewer ? second : first;
    if (older.lastPage > newer.lastPage) {
      return "last page went back from " + older.lastPage + " to " + newer.lastPage;
    }
    return older.transaction > 0 || older.isUnused() ? null : "trees before the first transaction";
  }

  private boolean isUnused() {
    return free.depth() == 0 && main.depth() == 0 && lastPage == COUNT - 1;
  }
}
