package dev.plait.sequence;

import java.util.Arrays;

/*
 * The span tree.
 *
 * Elements that were inserted side by side, have consecutive ids and share their fate are one span.
 * Every element, deleted ones included, is in exactly one span, and the spans stand in the order of
 * the sequence. A paper of 260,000 keystrokes has 12,000 of them, so what is kept for a span decides
 * what the sequence weighs, and how fast one is found decides how fast it is.
 *
 *              LeafOrder                        [ 61 | 48 ]            visible elements below
 *                                              /           \
 *                                     [ 20 | 41 ]         [ 30 | 18 ]
 *                                     /      |             |       \
 *   leaves, up to 32 spans each    [s s s]-[s s s s]-----[s s]---[s s s]      linked both ways
 *
 *   a span is four ints     id      of its first element; the others have the ids that follow
 *                           length  negative when the elements are deleted
 *                           left    origin of the first; each other has the one before it
 *                           right   origin of all
 *
 * There are no objects: slot number 32 * leaf + i in four int arrays is a span, a leaf is a number,
 * and so is a node. Ids are ints that ElementIds hands out, so that neighbours are compared by
 * subtraction; contents are kept elsewhere under the same ints and never move.
 *
 * The finger. People go on where they were. The tree remembers the leaf it was last in, how many
 * visible elements stand before it, and by how much the sums above it are behind; they are brought up
 * to date when the finger leaves. So an edit near the last one touches a few cache lines and no node.
 *
 * Room is made before sums change: a sum changed before a leaf is split would be counted in the
 * wrong half. Nothing is balanced when spans go: spans hardly ever go, only a leaf that becomes empty
 * is taken out. Leaves that are loaded are filled to three quarters, or the first edit of each would
 * split it.
 */
/**
 * Spans in order, found by position in logarithmic time. Not thread-safe, reading included: it
 * remembers where it was.
 */
final class SpanTree {
  /** No span, leaf or element: what stands before the first and behind the last. */
  static final int NONE = -1;

  private static final int LEAF_BITS = 5;
  private static final int LEAF = 1 << LEAF_BITS;
  private static final int LEAF_MASK = LEAF - 1;

  /** Of a leaf that is loaded, or that is split because the sequence grows at its end. */
  private static final int FILLED = LEAF * 3 / 4;

  private final IdentityIndex index = new IdentityIndex();
  private final LeafOrder order = new LeafOrder();

  // Spans, by slot.
  private int[] ids = new int[LEAF];
  private int[] lengths = new int[LEAF];
  private int[] lefts = new int[LEAF];
  private int[] rights = new int[LEAF];

  // Leaves, by number.
  private int[] sizes = new int[1];
  private int[] visibles = new int[1];
  private int[] nexts = {NONE};
  private int[] previouses = {NONE};
  private int leaves = 1;
  private int freeLeaf = NONE;
  private int firstLeaf;
  private int lastLeaf;

  private int visible;
  private int spans;

  private int finger;
  private int fingerStart;
  private int fingerPending;

  private int offset;
  private int hint;

  /** How many elements are visible. */
  int visible() {
    return visible;
  }

  /** How many spans there are. */
  int spans() {
    return spans;
  }

  // ---- spans

  int id(int slot) {
    return ids[slot];
  }

  /** How many elements a span has. */
  int length(int slot) {
    return Math.abs(lengths[slot]);
  }

  boolean isVisible(int slot) {
    return lengths[slot] > 0;
  }

  /** The left origin of the first element. */
  int left(int slot) {
    return lefts[slot];
  }

  /** The right origin of all elements. */
  int right(int slot) {
    return rights[slot];
  }

  private boolean contains(int slot, int id) {
    int distance = id - ids[slot];
    return distance >= 0 && distance < Math.abs(lengths[slot]);
  }

  // ---- in order

  /** The first span, or {@link #NONE}. */
  int first() {
    return spans == 0 ? NONE : firstLeaf << LEAF_BITS;
  }

  /** The span after this one, or {@link #NONE}. */
  int next(int slot) {
    int leaf = slot >> LEAF_BITS;
    if ((slot & LEAF_MASK) + 1 < sizes[leaf]) {
      return slot + 1;
    }
    int next = nexts[leaf];
    return next == NONE ? NONE : next << LEAF_BITS;
  }

  /** The span before this one, or {@link #NONE}. */
  int previous(int slot) {
    if ((slot & LEAF_MASK) > 0) {
      return slot - 1;
    }
    int previous = previouses[slot >> LEAF_BITS];
    return previous == NONE ? NONE : (previous << LEAF_BITS) + sizes[previous] - 1;
  }

  /** Negative, zero or positive as one slot stands before, is, or stands after another. */
  int compare(int slot, int other) {
    int leaf = slot >> LEAF_BITS;
    int otherLeaf = other >> LEAF_BITS;
    return leaf == otherLeaf ? slot - other : order.compare(leaf, otherLeaf);
  }

  // ---- finding

  /** After a search: the place of the element found inside its span. */
  int offset() {
    return offset;
  }

  /** The span of the visible element at {@code at}, which there must be. */
  int findVisible(int at) {
    int leaf = finger;
    if (fingerStart < 0 || at < fingerStart || at - fingerStart >= visibles[leaf]) {
      flush();
      leaf = order.descend(at);
      finger = leaf;
      fingerStart = at - order.remainder();
    }
    int left = at - fingerStart;
    int slot = leaf << LEAF_BITS;
    while (true) {
      int length = lengths[slot];
      if (length > left) {
        offset = left;
        hint = slot;
        return slot;
      }
      left -= length > 0 ? length : 0;
      slot++;
    }
  }

  /** The span that holds the element of this id, or {@link #NONE} if there is no such element. */
  int find(int id) {
    int slot = near(id);
    if (slot == NONE) {
      if (!index.isBuilt()) {
        buildIndex();
      }
      int leaf = index.leafOf(id);
      slot = leaf == NONE ? NONE : findIn(leaf, id);
    }
    if (slot != NONE) {
      offset = id - ids[slot];
      hint = slot;
    }
    return slot;
  }

  /** Tries the span found last and its neighbours. */
  private int near(int id) {
    int slot = hint;
    int size = sizes[slot >> LEAF_BITS];
    int place = slot & LEAF_MASK;
    if (place >= size) {
      return NONE;
    }
    if (contains(slot, id)) {
      return slot;
    }
    if (place + 1 < size && contains(slot + 1, id)) {
      return slot + 1;
    }
    return place > 0 && contains(slot - 1, id) ? slot - 1 : NONE;
  }

  private int findIn(int leaf, int id) {
    int slot = leaf << LEAF_BITS;
    int end = slot + sizes[leaf];
    for (; slot < end; slot++) {
      if (contains(slot, id)) {
        return slot;
      }
    }
    return NONE;
  }

  private void buildIndex() {
    index.build(this);
  }

  /** The leaf a span is in. */
  static int leafOf(int slot) {
    return slot >> LEAF_BITS;
  }

  /** How many visible elements stand before an element, given by its span and its place in it. */
  int visibleBefore(int slot, int offsetInSpan) {
    int leaf = slot >> LEAF_BITS;
    int before = start(leaf);
    for (int i = leaf << LEAF_BITS; i < slot; i++) {
      before += Math.max(0, lengths[i]);
    }
    return lengths[slot] > 0 ? before + offsetInSpan : before;
  }

  private int start(int leaf) {
    if (leaf == finger && fingerStart >= 0) {
      return fingerStart;
    }
    flush();
    int start = order.visibleBefore(leaf);
    finger = leaf;
    fingerStart = start;
    return start;
  }

  private void flush() {
    if (fingerPending != 0) {
      order.add(finger, fingerPending);
      fingerPending = 0;
    }
  }

  private void addVisible(int leaf, int change) {
    if (leaf != finger) {
      flush();
      finger = leaf;
      fingerStart = NONE;
    }
    visibles[leaf] += change;
    visible += change;
    fingerPending += change;
  }

  // ---- changing

  /**
   * Adds elements at the end of a visible span, under the ids that follow its last.
   *
   * @param newest whether no id above them was ever used with their replica's others
   */
  void extend(int slot, int count, boolean newest) {
    int leaf = slot >> LEAF_BITS;
    int from = ids[slot] + lengths[slot];
    lengths[slot] += count;
    addVisible(leaf, count);
    if (index.isBuilt()) {
      index.put(from, count, leaf, newest);
    }
  }

  /**
   * Inserts a span before all others.
   *
   * @param length negative for deleted elements
   */
  int insertFirst(int id, int length, int left, int right, boolean newest) {
    int slot = makeRoom(firstLeaf, 0, 1);
    return place(slot, id, length, left, right, newest);
  }

  /**
   * Inserts a span behind an element, which is given by its span and its place in it; the span is
   * cut there if it goes on.
   *
   * @param length negative for deleted elements
   * @return where the new span is; others may have moved
   */
  int insertAfter(
      int slot, int offsetInSpan, int id, int length, int left, int right, boolean newest) {
    int cut = offsetInSpan + 1;
    int whole = lengths[slot];
    int size = Math.abs(whole);
    int leaf = slot >> LEAF_BITS;
    int place = (slot & LEAF_MASK) + 1;
    if (cut == size) {
      return place(makeRoom(leaf, place, 1), id, length, left, right, newest);
    }
    int room = makeRoom(leaf, place, 2);
    int head = room - 1;
    int tail = room + 1;
    lengths[head] = whole < 0 ? -cut : cut;
    ids[tail] = ids[head] + cut;
    lengths[tail] = whole < 0 ? cut - size : size - cut;
    lefts[tail] = ids[tail] - 1;
    rights[tail] = rights[head];
    return place(room, id, length, left, right, newest);
  }

  private int place(int slot, int id, int length, int left, int right, boolean newest) {
    ids[slot] = id;
    lengths[slot] = length;
    lefts[slot] = left;
    rights[slot] = right;
    int leaf = slot >> LEAF_BITS;
    if (length > 0) {
      addVisible(leaf, length);
    }
    if (index.isBuilt()) {
      index.put(id, Math.abs(length), leaf, newest);
    }
    hint = slot;
    return slot;
  }

  /**
   * Deletes part of a visible span, by growing a neighbour that is deleted already if it can.
   *
   * @return a span from which the first one behind the part is reached going forward
   */
  int delete(int slot, int from, int count) {
    int leaf = slot >> LEAF_BITS;
    int length = lengths[slot];
    if (from == 0 && continuesDeleted(slot)) {
      lengths[slot - 1] -= count;
      addVisible(leaf, -count);
      if (count < length) {
        shrinkFront(slot, count);
        return slot;
      }
      lengths[slot] = -count;
      removeSlot(slot);
      absorbNext(slot - 1);
      return slot - 1;
    }
    if (from + count == length && from > 0 && isContinuedDeleted(slot)) {
      lengths[slot] -= count;
      growFront(slot + 1, count);
      addVisible(leaf, -count);
      return slot + 1;
    }
    int part = isolate(slot, from, count);
    lengths[part] = -count;
    addVisible(part >> LEAF_BITS, -count);
    if (from + count == length) {
      absorbNext(part);
    }
    hint = part;
    return part;
  }

  /** Whether the span before, in the same leaf, is deleted and a run with this one. */
  private boolean continuesDeleted(int slot) {
    return (slot & LEAF_MASK) > 0
        && lengths[slot - 1] < 0
        && ids[slot - 1] - lengths[slot - 1] == ids[slot]
        && lefts[slot] == ids[slot] - 1
        && rights[slot - 1] == rights[slot];
  }

  /** Whether the span behind, in the same leaf, is deleted and a run with this one. */
  private boolean isContinuedDeleted(int slot) {
    return (slot & LEAF_MASK) + 1 < sizes[slot >> LEAF_BITS]
        && lengths[slot + 1] < 0
        && ids[slot] + Math.abs(lengths[slot]) == ids[slot + 1]
        && lefts[slot + 1] == ids[slot + 1] - 1
        && rights[slot + 1] == rights[slot];
  }

  private void shrinkFront(int slot, int count) {
    ids[slot] += count;
    lengths[slot] -= count;
    lefts[slot] = ids[slot] - 1;
  }

  private void growFront(int slot, int count) {
    ids[slot] -= count;
    lengths[slot] -= count;
    lefts[slot] = ids[slot] - 1;
  }

  /** Joins the span behind to a deleted one if both are a run. */
  private void absorbNext(int slot) {
    if (isContinuedDeleted(slot)) {
      lengths[slot] += lengths[slot + 1];
      lengths[slot + 1] = 0;
      removeSlot(slot + 1);
    }
  }

  /** Makes deleted elements of a span visible again; returns their span. */
  int revive(int slot, int from, int count) {
    int part = isolate(slot, from, count);
    lengths[part] = count;
    addVisible(part >> LEAF_BITS, count);
    return part;
  }

  /** Takes elements of a span out altogether. */
  void remove(int slot, int from, int count) {
    int part = isolate(slot, from, count);
    if (lengths[part] > 0) {
      addVisible(part >> LEAF_BITS, -count);
    }
    removeSlot(part);
  }

  /** Makes part of a span a span of its own; returns it. */
  private int isolate(int slot, int from, int count) {
    int part = slot;
    if (from > 0) {
      part = cut(part, from);
    }
    if (count < Math.abs(lengths[part])) {
      part = cut(part, count) - 1;
    }
    return part;
  }

  /** Cuts a span in two; returns the second one, which is in the same leaf as the first. */
  private int cut(int slot, int at) {
    int tail = makeRoom(slot >> LEAF_BITS, (slot & LEAF_MASK) + 1, 1);
    int head = tail - 1;
    int rest = Math.abs(lengths[head]) - at;
    boolean deleted = lengths[head] < 0;
    lengths[head] = deleted ? -at : at;
    ids[tail] = ids[head] + at;
    lengths[tail] = deleted ? -rest : rest;
    lefts[tail] = ids[tail] - 1;
    rights[tail] = rights[head];
    return tail;
  }

  private void removeSlot(int slot) {
    int leaf = slot >> LEAF_BITS;
    int end = (leaf << LEAF_BITS) + sizes[leaf];
    shift(slot + 1, slot, end - slot - 1);
    sizes[leaf]--;
    spans--;
    if (sizes[leaf] == 0 && firstLeaf != lastLeaf) {
      removeLeaf(leaf);
    }
  }

  private void removeLeaf(int leaf) {
    flush();
    order.remove(leaf);
    int next = nexts[leaf];
    int previous = previouses[leaf];
    if (next == NONE) {
      lastLeaf = previous;
    } else {
      previouses[next] = previous;
    }
    if (previous == NONE) {
      firstLeaf = next;
    } else {
      nexts[previous] = next;
    }
    nexts[leaf] = freeLeaf;
    freeLeaf = leaf;
    finger = firstLeaf;
    fingerStart = 0;
    hint = firstLeaf << LEAF_BITS;
  }

  /**
   * Makes room for {@code count} spans in a leaf; splits it if it is full.
   *
   * @return the first free slot; the span that stood before it still stands directly before it
   */
  private int makeRoom(int leaf, int place, int count) {
    int target = leaf;
    int at = place;
    if (sizes[leaf] + count > LEAF) {
      boolean atEnd = leaf == lastLeaf && place == sizes[leaf];
      int kept = atEnd ? FILLED : LEAF / 2;
      int added = split(leaf, kept);
      if (at > kept) {
        at -= kept;
        target = added;
        if (finger == leaf && fingerStart >= 0) {
          finger = added;
          fingerStart += visibles[leaf];
        }
      }
    }
    int slot = (target << LEAF_BITS) + at;
    shift(slot, slot + count, sizes[target] - at);
    sizes[target] += count;
    spans += count;
    return slot;
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(ids, from, ids, to, count);
    System.arraycopy(lengths, from, lengths, to, count);
    System.arraycopy(lefts, from, lefts, to, count);
    System.arraycopy(rights, from, rights, to, count);
  }

  /** Moves all spans but the first {@code kept} of a leaf to a new leaf behind it. */
  private int split(int leaf, int kept) {
    flush();
    int added = newLeaf();
    int from = (leaf << LEAF_BITS) + kept;
    int count = sizes[leaf] - kept;
    shift(from, added << LEAF_BITS, count);
    int taken = 0;
    for (int slot = from; slot < from + count; slot++) {
      taken += Math.max(0, lengths[slot]);
    }
    order.insertAfter(leaf, visibles[leaf], added, taken);
    sizes[leaf] = kept;
    visibles[leaf] -= taken;
    sizes[added] = count;
    visibles[added] = taken;
    nexts[added] = nexts[leaf];
    previouses[added] = leaf;
    if (nexts[leaf] == NONE) {
      lastLeaf = added;
    } else {
      previouses[nexts[leaf]] = added;
    }
    nexts[leaf] = added;
    if (index.isBuilt()) {
      for (int slot = added << LEAF_BITS; slot < (added << LEAF_BITS) + count; slot++) {
        index.put(ids[slot], Math.abs(lengths[slot]), added, false);
      }
    }
    return added;
  }

  private int newLeaf() {
    if (freeLeaf != NONE) {
      int reused = freeLeaf;
      freeLeaf = nexts[reused];
      return reused;
    }
    if (leaves == sizes.length) {
      ensureLeaves(2 * leaves);
    }
    return leaves++;
  }

  private void ensureLeaves(int capacity) {
    sizes = Arrays.copyOf(sizes, capacity);
    visibles = Arrays.copyOf(visibles, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
    previouses = Arrays.copyOf(previouses, capacity);
    ids = Arrays.copyOf(ids, capacity << LEAF_BITS);
    lengths = Arrays.copyOf(lengths, capacity << LEAF_BITS);
    lefts = Arrays.copyOf(lefts, capacity << LEAF_BITS);
    rights = Arrays.copyOf(rights, capacity << LEAF_BITS);
  }

  // ---- building

  /**
   * Makes an empty tree ready to take {@code expected} spans by {@link #append}, and then {@link
   * #endBuild}.
   */
  void beginBuild(int expected) {
    int capacity = Math.max(1, (expected + FILLED - 1) / FILLED);
    if (capacity > sizes.length) {
      ensureLeaves(capacity);
    }
  }

  /** Adds a span behind all others. */
  void append(int id, int length, int left, int right) {
    int leaf = lastLeaf;
    if (sizes[leaf] == FILLED) {
      int added = newLeaf();
      nexts[leaf] = added;
      previouses[added] = leaf;
      nexts[added] = NONE;
      sizes[added] = 0;
      visibles[added] = 0;
      lastLeaf = added;
      leaf = added;
    }
    int slot = (leaf << LEAF_BITS) + sizes[leaf];
    ids[slot] = id;
    lengths[slot] = length;
    lefts[slot] = left;
    rights[slot] = right;
    sizes[leaf]++;
    spans++;
    if (length > 0) {
      visibles[leaf] += length;
      visible += length;
    }
  }

  /** Puts the spans appended in order. */
  void endBuild() {
    order.build(leaves, visibles);
    finger = 0;
    fingerStart = 0;
    fingerPending = 0;
    hint = 0;
  }

  // ---- checking

  /** Checks sums, links, the index, occupancy and the boundaries of spans. */
  void checkInvariants() {
    flush();
    int[] inOrder = new int[leaves];
    int count = 0;
    int previous = NONE;
    int allVisible = 0;
    int allSpans = 0;
    for (int leaf = firstLeaf; leaf != NONE; leaf = nexts[leaf]) {
      inOrder[count++] = leaf;
      require(previouses[leaf] == previous, "leaves are not linked both ways");
      require(sizes[leaf] >= 1 || spans == 0, "a leaf is empty");
      require(sizes[leaf] <= LEAF, "a leaf is too full");
      int sum = 0;
      for (int slot = leaf << LEAF_BITS; slot < (leaf << LEAF_BITS) + sizes[leaf]; slot++) {
        require(lengths[slot] != 0, "a span is empty");
        sum += Math.max(0, lengths[slot]);
        if (index.isBuilt()) {
          for (int i = 0; i < length(slot); i++) {
            require(index.leafOf(ids[slot] + i) == leaf, "the index names another leaf");
          }
        }
      }
      require(sum == visibles[leaf], "the sum of a leaf is wrong");
      allVisible += sum;
      allSpans += sizes[leaf];
      previous = leaf;
    }
    require(lastLeaf == previous, "the last leaf is another one");
    require(allVisible == visible, "the sum of all is wrong");
    require(allSpans == spans, "the number of spans is wrong");
    order.checkInvariants(Arrays.copyOf(inOrder, count), visibles);
    require(fingerStart < 0 || fingerStart == order.visibleBefore(finger), "the finger is wrong");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
