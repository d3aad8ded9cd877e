package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every page of one tree from the left to the right, and its entries in the order of their
 * keys. Keeps one page a level. Not thread-safe.
 */
final class TreeWalk {

  /** Takes the entries of sound pages. */
  interface Entries {

    /**
     * One entry; its key and value lie where they may.
     *
     * @param leaf the page, valid until this returns
     * @param page its number
     * @param node the entry's place on it
     */
    void entry(TreePage leaf, long page, int node) throws IOException;
  }

  /** How the keys of a tree are ordered. */
  enum Order {
    /** As unsigned bytes, the shorter first. */
    BYTES,
    /** As numbers of 8 bytes. */
    NUMBERS
  }

  private final PageFile file;
  private final long lastPage;
  private final Tree tree;
  private final Order order;
  private final PageSet used;
  private final Entries entries;
  private final ByteBuffer header =
      ByteBuffer.allocate(TreePage.HEADER).order(ByteOrder.LITTLE_ENDIAN);

  private long branches;
  private long leaves;
  private long overflows;
  private long seen;

  /**
   * A walk that has not begun.
   *
   * @param lastPage the greatest page number in use
   * @param tree where it begins and what it should have
   * @param used the pages met so far; the tree's are added
   */
  TreeWalk(PageFile file, long lastPage, Tree tree, Order order, PageSet used, Entries entries) {
    this.file = file;
    this.lastPage = lastPage;
    this.tree = tree;
    this.order = order;
    this.used = used;
    this.entries = entries;
  }

  /** A page on the way down, and the keys between which all of its keys must lie. */
  private static final class Level {
    final TreePage page;
    long number;
    int next;
    byte @Nullable [] from;
    byte @Nullable [] before;

    Level(int pageSize) {
      page = new TreePage(pageSize);
    }
  }

  /**
   * Walks.
   *
   * @throws StoreException.Corrupt at the first page that is not what it should be
   */
  void run() throws IOException {
    if (tree.depth() == 0) {
      return;
    }
    List<Level> levels = new ArrayList<>();
    for (int depth = 0; depth < tree.depth(); depth++) {
      levels.add(new Level(file.pageSize()));
    }
    int depth = 0;
    enter(levels.get(0), depth, tree.root(), null, null);
    while (depth >= 0) {
      Level level = levels.get(depth);
      if (level.next == level.page.count()) {
        depth--;
        continue;
      }
      int node = level.next++;
      if (depth == tree.depth() - 1) {
        leafEntry(level, node);
        continue;
      }
      byte[] from = node == 0 ? level.from : level.page.key(node);
      byte[] before = level.next == level.page.count() ? level.before : level.page.key(level.next);
      depth++;
      enter(levels.get(depth), depth, level.page.child(node), from, before);
    }
    compare("branch pages", tree.branches(), branches);
    compare("leaf pages", tree.leaves(), leaves);
    compare("overflow pages", tree.overflows(), overflows);
    compare("entries", tree.entries(), seen);
  }

  private void enter(
      Level level, int depth, long page, byte @Nullable [] from, byte @Nullable [] before)
      throws IOException {
    boolean leaf = depth == tree.depth() - 1;
    take(page);
    if (!level.page.read(file, page)) {
      throw file.corrupt(page, "in use, but the file ends before it does");
    }
    String fault = level.page.fault(page, leaf ? TreePage.LEAF : TreePage.BRANCH);
    if (fault != null) {
      throw file.corrupt(page, fault);
    }
    // The engine gives up with an abort of the process on a branch of records that has one way.
    int fewest = leaf || order == Order.NUMBERS ? 1 : 2;
    if (level.page.count() < fewest) {
      throw file.corrupt(page, level.page.count() + " nodes, at least " + fewest + " are needed");
    }
    level.number = page;
    level.next = 0;
    level.from = from;
    level.before = before;
    checkKeys(level, leaf);
    if (leaf) {
      leaves++;
    } else {
      branches++;
    }
  }

  /** Keys ascend and keep to their bounds; the first key of a branch is never looked at. */
  private void checkKeys(Level level, boolean leaf) {
    TreePage page = level.page;
    int first = leaf ? 0 : 1;
    for (int node = first; node < page.count(); node++) {
      int size = page.keySize(node);
      boolean allowed =
          order == Order.NUMBERS ? size == Long.BYTES : size > 0 && size <= TreePage.LONGEST_KEY;
      if (!allowed) {
        throw file.corrupt(level.number, "node " + node + " has a key of " + size + " bytes");
      }
      if (node > first && compare(page, node - 1, node) >= 0) {
        throw file.corrupt(level.number, "key " + node + " does not ascend");
      }
    }
    if (first == page.count()) {
      return;
    }
    if (level.from != null && compare(page, first, level.from) < 0) {
      throw file.corrupt(level.number, "its first key lies before the branch that leads here");
    }
    if (level.before != null && compare(page, page.count() - 1, level.before) >= 0) {
      throw file.corrupt(level.number, "its last key lies behind the branch that leads here");
    }
  }

  private int compare(TreePage page, int node, int other) {
    return order == Order.NUMBERS
        ? Long.compareUnsigned(page.keyNumber(node), page.keyNumber(other))
        : page.compareKeys(node, other);
  }

  private int compare(TreePage page, int node, byte[] other) {
    return order == Order.NUMBERS
        ? Long.compareUnsigned(
            page.keyNumber(node), ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).getLong())
        : page.compareKey(node, other);
  }

  private void leafEntry(Level level, int node) throws IOException {
    seen++;
    if (level.page.isLarge(node)) {
      takeRun(level, node);
    }
    entries.entry(level.page, level.number, node);
  }

  private void takeRun(Level level, int node) throws IOException {
    long run = level.page.run(node);
    take(run);
    if (!file.read(run * file.pageSize(), header)) {
      throw file.corrupt(run, "in use, but the file ends before it does");
    }
    long pages = Integer.toUnsignedLong(header.getInt(12));
    int flags = Short.toUnsignedInt(header.getShort(10));
    if (header.getLong(0) != run || flags != TreePage.OVERFLOW) {
      throw file.corrupt(
          run, "header says page " + header.getLong(0) + " with flags " + flags + ", no overflow");
    }
    // A value that was replaced by a smaller one keeps its pages, so there may be more than needed.
    long needed = (TreePage.HEADER + level.page.valueSize(node) - 1) / file.pageSize() + 1;
    if (pages < needed) {
      throw file.corrupt(run, pages + " overflow pages, the value needs " + needed);
    }
    long end = run + pages;
    if (end - 1 > lastPage || end > file.pages()) {
      throw file.corrupt(run, pages + " overflow pages go beyond the last page");
    }
    for (long page = run + 1; page < end; page++) {
      take(page);
    }
    overflows += pages;
  }

  private void take(long page) {
    if (page < Meta.COUNT || page > lastPage) {
      throw file.corrupt(page, "in use, but only 2 to " + lastPage + " can be");
    }
    if (!used.add(page)) {
      throw file.corrupt(page, "used twice, or in use and free");
    }
  }

  private void compare(String what, long recorded, long found) {
    if (recorded != found) {
      throw file.corrupt(tree.root(), found + " " + what + " where " + recorded + " are recorded");
    }
  }
}
