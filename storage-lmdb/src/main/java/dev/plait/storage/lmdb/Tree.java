package dev.plait.storage.lmdb;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a meta page says about one of its two trees.
 *
 * @param padding the page size for the free list, otherwise 0
 * @param flags how keys are compared and whether they repeat
 * @param depth levels, 0 when empty
 * @param branches how many branch pages
 * @param leaves how many leaf pages
 * @param overflows how many pages hold values too large for a leaf
 * @param entries how many keys
 * @param root the first page, -1 when empty
 */
record Tree(
    int padding,
    int flags,
    int depth,
    long branches,
    long leaves,
    long overflows,
    long entries,
    long root) {

  /** More levels than this the engine does not follow. */
  private static final int DEEPEST = 32;

  private static final long NO_ROOT = -1;

  static Tree at(ByteBuffer bytes, int at) {
    return new Tree(
        bytes.getInt(at),
        Short.toUnsignedInt(bytes.getShort(at + 4)),
        Short.toUnsignedInt(bytes.getShort(at + 6)),
        bytes.getLong(at + 8),
        bytes.getLong(at + 16),
        bytes.getLong(at + 24),
        bytes.getLong(at + 32),
        bytes.getLong(at + 40));
  }

  /** What is wrong with these numbers alone; null if nothing is. */
  @Nullable String fault(long lastPage) {
    if (depth == 0) {
      boolean empty =
          root == NO_ROOT && branches == 0 && leaves == 0 && overflows == 0 && entries == 0;
      return empty ? null : "a tree without levels has a root or pages";
    }
    if (depth > DEEPEST) {
      return depth + " levels, at most " + DEEPEST + " are possible";
    }
    if (root < Meta.COUNT || root > lastPage) {
      return "root at page " + root + ", last page is " + lastPage;
    }
    if (branches < depth - 1 || leaves < 1 || overflows < 0 || entries < leaves) {
      return "too few pages for " + depth + " levels";
    }
    return null;
  }
}
