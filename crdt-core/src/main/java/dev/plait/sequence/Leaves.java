package dev.plait.sequence;

import static dev.plait.sequence.Invariants.require;

import java.util.Arrays;

/**
 * The spans of a {@link SpanTree} where they are stored: leaves of up to 32 slots, linked both
 * ways, in arrays without an object for either.
 *
 * <p>A span is four ints: the id of its first element, its length, negative when its elements are
 * deleted, the left origin of the first element and the right origin of all. Slot number {@code 32
 * * leaf + i} is the i-th span of a leaf. Not thread-safe.
 */
final class Leaves {
  private static final int NONE = SpanTree.NONE;
  private static final int BITS = 5;

  /** Spans in a full leaf. */
  static final int FULL = 1 << BITS;

  /** Of a leaf that is loaded, or that is split because the sequence grows at its end. */
  static final int FILLED = FULL * 3 / 4;

  private static final int MASK = FULL - 1;

  // Spans, by slot.
  int[] ids = new int[FULL];
  int[] lengths = new int[FULL];
  int[] lefts = new int[FULL];
  int[] rights = new int[FULL];

  // Leaves, by number: how many spans, how many visible elements, and which stand beside.
  int[] sizes = new int[1];
  int[] visibles = new int[1];
  private int[] nexts = {NONE};
  private int[] previouses = {NONE};
  private int count = 1;
  private int free = NONE;
  private int first;
  private int last;

  /** The leaf a slot is in. */
  static int leafOf(int slot) {
    return slot >> BITS;
  }

  /** The place of a slot in its leaf. */
  static int placeOf(int slot) {
    return slot & MASK;
  }

  /** The first slot of a leaf. */
  static int slotOf(int leaf) {
    return leaf << BITS;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  /** How many leaf numbers are in use or were. */
  int count() {
    return count;
  }

  /** The span behind, or NONE. */
  int next(int slot) {
    int leaf = slot >> BITS;
    if ((slot & MASK) + 1 < sizes[leaf]) {
      return slot + 1;
    }
    int next = nexts[leaf];
    return next == NONE ? NONE : next << BITS;
  }

  /** The span before, or NONE. */
  int previous(int slot) {
    if ((slot & MASK) > 0) {
      return slot - 1;
    }
    int previous = previouses[slot >> BITS];
    return previous == NONE ? NONE : (previous << BITS) + sizes[previous] - 1;
  }

  boolean contains(int slot, int id) {
    int distance = id - ids[slot];
    return distance >= 0 && distance < Math.abs(lengths[slot]);
  }

  void set(int slot, int id, int length, int left, int right) {
    ids[slot] = id;
    lengths[slot] = length;
    lefts[slot] = left;
    rights[slot] = right;
  }

  // ---- runs

  /** Whether the span before, in the same leaf, is deleted and a run with this one. */
  boolean continuesDeleted(int slot) {
    return (slot & MASK) > 0 && lengths[slot - 1] < 0 && isRun(slot - 1, slot);
  }

  /** Whether the span behind, in the same leaf, is deleted and a run with this one. */
  boolean isContinuedDeleted(int slot) {
    return (slot & MASK) + 1 < sizes[slot >> BITS]
        && lengths[slot + 1] < 0
        && isRun(slot, slot + 1);
  }

  private boolean isRun(int slot, int next) {
    return ids[slot] + Math.abs(lengths[slot]) == ids[next]
        && lefts[next] == ids[next] - 1
        && rights[slot] == rights[next];
  }

  /** Makes the first elements of a span no longer part of it, or, if negative, more part of it. */
  void dropFront(int slot, int elements) {
    ids[slot] += elements;
    lefts[slot] = ids[slot] - 1;
  }

  /** Makes the free slot behind a span the rest of it from an element on. */
  void cut(int head, int tail, int at) {
    int length = lengths[head];
    int rest = Math.abs(length) - at;
    int id = ids[head] + at;
    lengths[head] = length < 0 ? -at : at;
    set(tail, id, length < 0 ? -rest : rest, id - 1, rights[head]);
  }

  // ---- room

  /** Makes free slots where a slot is, or would be next, in a leaf that has room for them. */
  void open(int slot, int slots) {
    int leaf = slot >> BITS;
    move(slot, slot + slots, sizes[leaf] - (slot & MASK));
    sizes[leaf] += slots;
  }

  /** Takes so many slots of one leaf out. */
  void close(int slot, int slots) {
    int leaf = slot >> BITS;
    move(slot + slots, slot, sizes[leaf] - (slot & MASK) - slots);
    sizes[leaf] -= slots;
  }

  private void move(int from, int to, int slots) {
    System.arraycopy(ids, from, ids, to, slots);
    System.arraycopy(lengths, from, lengths, to, slots);
    System.arraycopy(lefts, from, lefts, to, slots);
    System.arraycopy(rights, from, rights, to, slots);
  }

  /** Adds a leaf behind another one, of which sizes and sums are still to be set. */
  int addBehind(int leaf) {
    int added = add();
    link(leaf, added);
    return added;
  }

  private void link(int leaf, int added) {
    int next = nexts[leaf];
    nexts[added] = next;
    previouses[added] = leaf;
    nexts[leaf] = added;
    if (next == NONE) {
      last = added;
    } else {
      previouses[next] = added;
    }
  }

  /** Takes out a leaf that is empty and not the only one. */
  void remove(int leaf) {
    int next = nexts[leaf];
    int previous = previouses[leaf];
    if (next == NONE) {
      last = previous;
    } else {
      previouses[next] = previous;
    }
    if (previous == NONE) {
      first = next;
    } else {
      nexts[previous] = next;
    }
    nexts[leaf] = free;
    free = leaf;
  }

  private int add() {
    if (free != NONE) {
      int reused = free;
      free = nexts[reused];
      return reused;
    }
    if (count == sizes.length) {
      ensure(count + (count >> 1) + 1);
    }
    return count++;
  }

  /** Makes room for so many leaves. */
  void ensure(int capacity) {
    if (capacity > sizes.length) {
      sizes = Arrays.copyOf(sizes, capacity);
      visibles = Arrays.copyOf(visibles, capacity);
      nexts = Arrays.copyOf(nexts, capacity);
      previouses = Arrays.copyOf(previouses, capacity);
      ids = Arrays.copyOf(ids, capacity << BITS);
      lengths = Arrays.copyOf(lengths, capacity << BITS);
      lefts = Arrays.copyOf(lefts, capacity << BITS);
      rights = Arrays.copyOf(rights, capacity << BITS);
    }
  }

  /** Adds a span behind all others, to a leaf that is filled no further than it should be. */
  void append(int id, int length, int left, int right) {
    int leaf = last;
    if (sizes[leaf] == FILLED) {
      leaf = add();
      sizes[leaf] = 0;
      visibles[leaf] = 0;
      link(last, leaf);
    }
    set((leaf << BITS) + sizes[leaf], id, length, left, right);
    sizes[leaf]++;
    visibles[leaf] += Math.max(0, length);
  }

  /** Checks links, sums and occupancy; returns the leaves in order. */
  int[] checkInvariants(int spans) {
    int[] inOrder = new int[count];
    int found = 0;
    int allSpans = 0;
    int previous = NONE;
    for (int leaf = first; leaf != NONE; leaf = nexts[leaf]) {
      inOrder[found++] = leaf;
      require(previouses[leaf] == previous, "leaves are not linked both ways");
      require(sizes[leaf] >= 1 || spans == 0, "a leaf is empty");
      require(sizes[leaf] <= FULL, "a leaf is too full");
      int sum = 0;
      for (int slot = leaf << BITS; slot < (leaf << BITS) + sizes[leaf]; slot++) {
        require(lengths[slot] != 0, "a span is empty");
        sum += Math.max(0, lengths[slot]);
      }
      require(sum == visibles[leaf], "the sum of a leaf is wrong");
      allSpans += sizes[leaf];
      previous = leaf;
    }
    require(last == previous, "the last leaf is another one");
    require(allSpans == spans, "the number of spans is wrong");
    return Arrays.copyOf(inOrder, found);
  }
}
