package dev.plait.sequence;

import java.util.Arrays;

/*
 * From identity to place. Ids are dense ints, and neighbours in id are mostly neighbours in the
 * sequence, so the index maps runs of ids to leaves. It is cut into blocks of 64 ids. A block has a
 * bitmap with a bit at every id at which another leaf starts, and one leaf number for each bit:
 *
 *   ids     0 1 2 3 4 5 6 7 8 ...            leaf of id 6:
 *   bitmap  1 0 0 0 1 0 0 1 0 ...            bits up to and with 6: two, so it is the second
 *   leaves  [ 17, 3, 17 ]                    leaf number, 3
 *
 * One leaf number is kept in the block itself; more stand in a pool, in pieces whose size is the next
 * power of two. That is about seven bytes an element less than a leaf number for each would take.
 *
 * The last run of a block goes on to its end, whatever ids are used there. A wrong answer for an id
 * that nobody uses does no harm, because who asks looks into the leaf, and it means that typing touches
 * the index once in 64 keystrokes.
 */
/** Which leaf of a {@link SpanTree} an element is in. Not thread-safe. */
final class IdentityIndex {
  private static final int BLOCK_BITS = 6;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int BLOCK_MASK = BLOCK - 1;
  private static final int SIZE_CLASSES = BLOCK_BITS + 1;

  private boolean built;
  private long[] starts = {};
  private int[] leaves = {};
  private int[] pool = {};
  private int pooled;
  private final int[] free = new int[SIZE_CLASSES];

  IdentityIndex() {
    Arrays.fill(free, SpanTree.NONE);
  }

  /** Whether there is an index yet; it is built when it is first needed. */
  boolean isBuilt() {
    return built;
  }

  /** The leaf an id is in if it is used, and anything if not. Constant time. */
  int leafOf(int id) {
    int block = id >> BLOCK_BITS;
    if (block >= starts.length) {
      return SpanTree.NONE;
    }
    long bits = starts[block];
    int rank = Long.bitCount(bits & upTo(id & BLOCK_MASK));
    if (rank == 0) {
      return SpanTree.NONE;
    }
    return isSingle(bits) ? leaves[block] : pool[leaves[block] + rank - 1];
  }

  private static boolean isSingle(long bits) {
    return (bits & (bits - 1)) == 0;
  }

  /** The bits up to and with a position. */
  private static long upTo(int position) {
    return -1L >>> (BLOCK_MASK - position);
  }

  /** The bits before a position, which may be 64. */
  private static long before(int position) {
    return position == 0 ? 0 : upTo(position - 1);
  }

  /**
   * Notes that ids are in a leaf. Cost: O(count / 64).
   *
   * @param newest whether no id behind them is used, of those handed out together with them
   */
  void put(int from, int count, int leaf, boolean newest) {
    int end = from + count;
    int last = (end - 1) >> BLOCK_BITS;
    ensure(last);
    for (int block = from >> BLOCK_BITS; block <= last; block++) {
      int first = block << BLOCK_BITS;
      int low = Math.max(from - first, 0);
      int high = Math.min(end - first, BLOCK);
      set(block, low, newest && block == last ? BLOCK : high, leaf);
    }
  }

  private void ensure(int block) {
    if (block >= starts.length) {
      int capacity = Math.max(block + 1, starts.length + (starts.length >> 1));
      starts = Arrays.copyOf(starts, capacity);
      leaves = Arrays.copyOf(leaves, capacity);
    }
  }

  private void set(int block, int low, int high, int leaf) {
    long bits = starts[block];
    int rankBefore = Long.bitCount(bits & before(low));
    boolean sameBefore = rankBefore > 0 && leafAt(block, bits, rankBefore - 1) == leaf;
    long kept = bits & before(low);
    long behind = high == BLOCK ? 0 : bits & ~before(high);
    int afterLeaf = SpanTree.NONE;
    if (high < BLOCK && (bits >>> high & 1) == 0) {
      int rank = Long.bitCount(bits & before(high));
      afterLeaf = rank == 0 ? SpanTree.NONE : leafAt(block, bits, rank - 1);
    }
    boolean startHere = !sameBefore;
    boolean startAfter = afterLeaf != SpanTree.NONE && afterLeaf != leaf;
    long changed = kept | behind;
    changed |= startHere ? 1L << low : 0;
    changed |= startAfter ? 1L << high : 0;
    if (changed == bits && !startHere) {
      return;
    }
    int inserted = (startHere ? 1 : 0) + (startAfter ? 1 : 0);
    int countBehind = Long.bitCount(behind);
    int place = resize(block, bits, changed, rankBefore, countBehind, rankBefore + inserted);
    int[] target = isSingle(changed) ? leaves : pool;
    if (startHere) {
      target[place] = leaf;
      place++;
    }
    if (startAfter) {
      target[place] = afterLeaf;
    }
  }

  private int leafAt(int block, long bits, int rank) {
    return isSingle(bits) ? leaves[block] : pool[leaves[block] + rank];
  }

  /**
   * Gives a block other bits, keeping its first and its last leaf numbers.
   *
   * @return where the numbers between them go
   */
  private int resize(int block, long bits, long changed, int first, int last, int lastTo) {
    int count = Long.bitCount(bits);
    int newCount = Long.bitCount(changed);
    starts[block] = changed;
    int from = leaves[block];
    int oldClass = sizeClass(count);
    int newClass = sizeClass(newCount);
    if (newClass == 0) {
      int single = from;
      if (oldClass > 0) {
        single = first == 1 ? pool[from] : pool[from + Math.max(0, count - 1)];
        release(from, oldClass);
      }
      leaves[block] = single;
      return block;
    }
    if (newClass == oldClass) {
      System.arraycopy(pool, from + count - last, pool, from + lastTo, last);
      return from + first;
    }
    int to = take(newClass);
    if (oldClass > 0) {
      System.arraycopy(pool, from, pool, to, first);
      System.arraycopy(pool, from + count - last, pool, to + lastTo, last);
      release(from, oldClass);
    } else if (first == 1) {
      pool[to] = from;
    } else if (last == 1) {
      pool[to + lastTo] = from;
    }
    leaves[block] = to;
    return to + first;
  }

  /** 0 for what fits into the block itself, else the power of two of the piece of the pool. */
  private static int sizeClass(int count) {
    return count <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  private int take(int sizeClass) {
    int piece = free[sizeClass];
    if (piece != SpanTree.NONE) {
      free[sizeClass] = pool[piece];
      return piece;
    }
    int size = 1 << sizeClass;
    if (pooled + size > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(pooled + size, pool.length + (pool.length >> 1)));
    }
    int fresh = pooled;
    pooled += size;
    return fresh;
  }

  private void release(int piece, int sizeClass) {
    pool[piece] = free[sizeClass];
    free[sizeClass] = piece;
  }

  // ---- building

  /** Indexes all spans of a tree. Linear. */
  void build(SpanTree tree) {
    int highest = 0;
    for (int slot = tree.first(); slot != SpanTree.NONE; slot = tree.next(slot)) {
      highest = Math.max(highest, tree.id(slot) + tree.length(slot) - 1);
    }
    ensure(highest >> BLOCK_BITS);
    for (int slot = tree.first(); slot != SpanTree.NONE; slot = tree.next(slot)) {
      markStarts(tree.id(slot), tree.length(slot));
    }
    int needed = 0;
    for (long bits : starts) {
      int sizeClass = sizeClass(Long.bitCount(bits));
      needed += sizeClass == 0 ? 0 : 1 << sizeClass;
    }
    pool = new int[needed];
    for (int block = 0; block < starts.length; block++) {
      int sizeClass = sizeClass(Long.bitCount(starts[block]));
      if (sizeClass > 0) {
        leaves[block] = take(sizeClass);
      }
    }
    for (int slot = tree.first(); slot != SpanTree.NONE; slot = tree.next(slot)) {
      fill(tree.id(slot), tree.length(slot), Leaves.leafOf(slot));
    }
    built = true;
  }

  private void markStarts(int from, int count) {
    starts[from >> BLOCK_BITS] |= 1L << from;
    int last = (from + count - 1) >> BLOCK_BITS;
    for (int block = (from >> BLOCK_BITS) + 1; block <= last; block++) {
      starts[block] |= 1;
    }
  }

  private void fill(int from, int count, int leaf) {
    int last = (from + count - 1) >> BLOCK_BITS;
    for (int block = from >> BLOCK_BITS; block <= last; block++) {
      long bits = starts[block];
      if (isSingle(bits)) {
        leaves[block] = leaf;
      } else {
        int position = block == from >> BLOCK_BITS ? from & BLOCK_MASK : 0;
        pool[leaves[block] + Long.bitCount(bits & before(position))] = leaf;
      }
    }
  }
}
