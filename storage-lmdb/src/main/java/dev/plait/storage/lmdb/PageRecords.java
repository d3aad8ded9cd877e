package dev.plait.storage.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Reads whatever still looks like a record from a data file that may be damaged anywhere. Trees,
 * counts and lists are not needed; every page that says of itself that it is a leaf is read, node
 * by node. What comes out is not to be trusted before its checksum was looked at: it may be
 * damaged, old, or part of the list of free pages.
 *
 * <p>Cost: two reads for each page and one for each large value; two bits of memory for each page.
 * Thread-safe: no state.
 */
final class PageRecords {

  /** Takes what was found. */
  interface Sink {

    /**
     * A key and its value.
     *
     * @param current whether the newest meta page leads here; otherwise it may as well be a record
     *     that was replaced or deleted
     */
    void record(byte[] key, byte[] value, boolean current) throws IOException;
  }

  /**
   * How it went.
   *
   * @param leaves how many leaf pages were read
   * @param records how many records were handed over
   * @param unreadable how many nodes of those pages led nowhere
   * @param current whether a meta page and the root it names were readable; when not, no record
   *     counts as current
   */
  record Found(long leaves, long records, long unreadable, boolean current) {}

  private final PageFile file;
  private final int largestValue;
  private final Sink sink;
  private final PageSet reached;
  private final PageSet inValues;
  private final TreePage page;
  private final ByteBuffer header =
      ByteBuffer.allocate(TreePage.HEADER).order(ByteOrder.LITTLE_ENDIAN);

  private long leaves;
  private long records;
  private long unreadable;

  private PageRecords(PageFile file, int largestValue, Sink sink) {
    this.file = file;
    this.largestValue = largestValue;
    this.sink = sink;
    this.page = new TreePage(file.pageSize());
    this.reached = new PageSet(file.pages());
    this.inValues = new PageSet(file.pages());
  }

  /**
   * Reads a file, in the order of its pages.
   *
   * @param dataFile the file; it is not changed
   * @param largestValue what is larger, in bytes, is no value and not read
   * @param sink takes the records; what it throws ends the reading
   * @throws IOException if the file can't be read
   */
  static Found read(Path dataFile, int largestValue, Sink sink) throws IOException {
    try (PageFile file = PageFile.open(dataFile)) {
      return new PageRecords(file, largestValue, sink).read();
    }
  }

  private Found read() throws IOException {
    boolean current = reach();
    for (long number = Meta.COUNT; number < file.pages(); number++) {
      boolean taken = inValues.contains(number) && !reached.contains(number);
      if (taken || !page.read(file, number) || page.headerFault(number, TreePage.LEAF) != null) {
        continue;
      }
      leaves++;
      for (int node = 0; node < page.count(); node++) {
        byte[] value = page.nodeFault(node) == null ? value(number, node) : null;
        if (value == null) {
          unreadable++;
        } else {
          records++;
          sink.record(page.key(node), value, reached.contains(number));
        }
      }
    }
    return new Found(leaves, records, unreadable, current);
  }

  /** Follows the newest readable meta page as far as pages are sound. */
  private boolean reach() throws IOException {
    Meta newest = null;
    for (int number = 0; number < Meta.COUNT; number++) {
      Meta meta = Meta.read(file, number);
      if (meta == null || meta.fault(number, file) != null) {
        continue;
      }
      if (newest == null || meta.transaction() > newest.transaction()) {
        newest = meta;
      }
    }
    if (newest == null) {
      return false;
    }
    ArrayDeque<Long> open = new ArrayDeque<>();
    push(open, newest.main().root());
    boolean found = newest.main().depth() == 0;
    while (!open.isEmpty()) {
      long number = open.pop();
      if (!page.read(file, number)) {
        continue;
      }
      if (page.headerFault(number, TreePage.LEAF) == null) {
        found = true;
        reachValues();
      } else if (page.headerFault(number, TreePage.BRANCH) == null) {
        found = true;
        for (int node = 0; node < page.count(); node++) {
          if (page.nodeFault(node) == null) {
            push(open, page.child(node));
          }
        }
      }
    }
    return found;
  }

  private void push(ArrayDeque<Long> open, long number) {
    if (number >= Meta.COUNT && number < file.pages() && reached.add(number)) {
      open.push(number);
    }
  }

  /** What lies inside of a value is no page, whatever it looks like. */
  private void reachValues() throws IOException {
    for (int node = 0; node < page.count(); node++) {
      if (page.nodeFault(node) == null && page.isLarge(node)) {
        long pages = runPages(node);
        for (long number = page.run(node); pages > 0; pages--, number++) {
          inValues.add(number);
        }
      }
    }
  }

  /** Pages a large value lies on; 0 if it does not lie there. */
  private long runPages(int node) throws IOException {
    long run = page.run(node);
    long needed = (TreePage.HEADER + page.valueSize(node) - 1) / file.pageSize() + 1;
    boolean within = run >= Meta.COUNT && run < file.pages() && needed <= file.pages() - run;
    if (!within || !file.read(run * file.pageSize(), header)) {
      return 0;
    }
    boolean sound =
        header.getLong(0) == run
            && Short.toUnsignedInt(header.getShort(10)) == TreePage.OVERFLOW
            && Integer.toUnsignedLong(header.getInt(12)) >= needed;
    return sound ? needed : 0;
  }

  private byte @Nullable [] value(long number, int node) throws IOException {
    boolean lost = page.isLarge(node) && runPages(node) == 0;
    if (lost || page.valueSize(node) > largestValue) {
      return null;
    }
    ByteBuffer value = ByteBuffer.allocate((int) page.valueSize(node));
    return file.read(page.valuePosition(number, node), value) ? value.array() : null;
  }
}
