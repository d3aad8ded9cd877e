package dev.plait.storage.lmdb;

/** A set of page numbers: one bit each, in blocks made when first needed. Not thread-safe. */
final class PageSet {

  /** Pages of a block: 8 KiB of bits. */
  private static final int BLOCK = 1 << 16;

  private final long[][] blocks;

  /**
   * An empty set.
   *
   * @param last the greatest number that may be added
   */
  PageSet(long last) {
    blocks = new long[Math.toIntExact(last / BLOCK + 1)][];
  }

  /**
   * Adds a page.
   *
   * @return false if it is in the set already
   */
  boolean add(long page) {
    int block = (int) (page / BLOCK);
    long[] words = blocks[block];
    if (words == null) {
      words = new long[BLOCK / Long.SIZE];
      blocks[block] = words;
    }
    int word = (int) (page % BLOCK) / Long.SIZE;
    long bit = 1L << (page % Long.SIZE);
    if ((words[word] & bit) != 0) {
      return false;
    }
    words[word] |= bit;
    return true;
  }

  /** Whether a page is in the set. */
  boolean contains(long page) {
    long[] words = blocks[(int) (page / BLOCK)];
    return words != null
        && (words[(int) (page % BLOCK) / Long.SIZE] & (1L << (page % Long.SIZE))) != 0;
  }
}
