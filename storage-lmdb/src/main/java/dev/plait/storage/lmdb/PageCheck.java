package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Reads an LMDB data file (format version 1, as releases 0.9 write it) with plain file reads and
 * says whether it is safe to map. The engine trusts its file: a wrong number in it can end the
 * process or give wrong records without a word. So whoever opens a store asks here first, while
 * nobody writes.
 *
 * <h2>The format</h2>
 *
 * The file is a row of pages of one size, which is that of the system on which it was made, from
 * 4096 to 32768 bytes; numbers are little-endian and unsigned. Pages 0 and 1 are meta pages, the
 * others make up two B+trees of which no page is ever changed in place: a commit writes new pages
 * and then the meta page whose turn it is.
 *
 * <p><b>Every page</b> begins with 16 bytes: its number (8), 2 without meaning here, flags (2:
 * branch 1, leaf 2, overflow 4, meta 8), then for branches and leaves where the free room begins
 * and ends (2 + 2), for overflow pages how many belong together (4). Only the first page of an
 * overflow run has a header.
 *
 * <p><b>Meta page</b>, from byte 16: magic {@code BEEFC0DE} (4), version 1 (4), an address (8) that
 * is not used, bytes mapped (8), the free list's tree, the records' tree (48 each), the last page
 * given out (8), the transaction's number (8). A tree is: padding (4; in the free list's the page
 * size), flags (2; 8 in the free list's, 0 in the records'), depth (2), numbers of branch, leaf and
 * overflow pages and of entries, and its root (8 each); an empty one has depth 0 and root -1.
 * Transaction n is written to page n mod 2, so the two pages are one apart; in a new file both say
 * 0 and have no trees.
 *
 * <p><b>Branch and leaf</b>: behind the header one offset of 2 bytes for each node, in the order of
 * the keys; from the page's end downwards the nodes, in any order, without gaps, each rounded up to
 * an even size. A node is: 4 bytes, flags (2), key size (2), key, value. In a leaf the 4 bytes are
 * the value's size, and flag 1 says that the value is the number (8) of the first page of an
 * overflow run that holds it. In a branch there is no value, the 4 bytes and the flags are the
 * number of the page below, and the first key does not count: everything before the second key is
 * there. Every leaf lies equally deep.
 *
 * <p><b>Free list</b>: key is the number of a transaction (8), compared as a number; the value says
 * how many pages that transaction freed and which (8 each, descending). Every page from 2 to the
 * last is in a tree or in the list, at most once. What the list names may lie behind the file's
 * end: a page freed by the transaction that took it is never written.
 *
 * <h2>What is found</h2>
 *
 * Everything the engine would stumble over. Not found, because nothing in the format tells: other
 * bytes in a key or value, a value one byte longer within the same room. Each record's own checksum
 * finds those. A transaction's number that went back by two would look like an older state; that is
 * found because what the elder state stands on must be in use still or have been freed by the last
 * transaction.
 *
 * <p>Cost: one read for each branch and leaf page and one of 16 bytes for each large value; two
 * bits of memory for each page. Thread-safe: no state.
 */
final class PageCheck {

  private static final TreeWalk.Entries UNREAD = (leaf, page, node) -> {};

  private PageCheck() {}

  /**
   * Checks every page of a file that is in use. It opens the data file only, so it takes no lock
   * and drops none.
   *
   * @param dataFile the file; it is not changed
   * @return what it holds
   * @throws StoreException.Corrupt if anything is not as the format has it; the message names the
   *     page and the fault
   * @throws IOException if it can't be read
   */
  static PageSummary check(Path dataFile) throws IOException {
    return check(dataFile, file -> UNREAD);
  }

  /**
   * Checks a file, and hands over its records as the walk meets them.
   *
   * @param records takes the records of the file that is read
   */
  static PageSummary check(Path dataFile, Function<PageFile, TreeWalk.Entries> records)
      throws IOException {
    try (PageFile file = PageFile.open(dataFile)) {
      Meta first = meta(file, 0);
      Meta second = meta(file, 1);
      String fault = Meta.faultOf(first, second);
      if (fault != null) {
        throw file.corrupt(0, fault);
      }
      boolean firstIsNewer = first.transaction() >= second.transaction();
      Meta newer = firstIsNewer ? first : second;
      walk(file, newer, firstIsNewer ? second : first, records.apply(file));
      return new PageSummary(
          newer.transaction(),
          newer.pageSize(),
          newer.lastPage(),
          newer.main().depth(),
          newer.main().entries());
    }
  }

  private static Meta meta(PageFile file, int page) throws IOException {
    Meta meta = Meta.read(file, page);
    if (meta == null) {
      throw file.corrupt(page, "the file ends before it does");
    }
    String fault = meta.fault(page, file);
    if (fault != null) {
      throw file.corrupt(page, fault);
    }
    return meta;
  }

  private static void walk(PageFile file, Meta newer, Meta older, TreeWalk.Entries records)
      throws IOException {
    PageSet used = new PageSet(newer.lastPage());
    PageSet freedEarlier = new PageSet(newer.lastPage());
    FreeList free = new FreeList(file, newer, used, freedEarlier);
    long last = newer.lastPage();
    new TreeWalk(file, last, newer.main(), TreeWalk.Order.BYTES, used, records).run();
    new TreeWalk(file, last, newer.free(), TreeWalk.Order.NUMBERS, used, free).run();
    for (Tree tree : List.of(older.main(), older.free())) {
      boolean kept = tree.depth() == 0 || used.contains(tree.root());
      if (!kept || (tree.depth() > 0 && freedEarlier.contains(tree.root()))) {
        throw file.corrupt(
            older.number(),
            "transaction "
                + older.transaction()
                + " stands on page "
                + tree.root()
                + ", which transaction "
                + newer.transaction()
                + " neither kept nor freed");
      }
    }
  }
}
