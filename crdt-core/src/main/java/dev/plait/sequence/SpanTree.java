package dev.plait.sequence;

import static dev.plait.sequence.Invariants.require;

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

  private final IdentityIndex index = new IdentityIndex();
  private final LeafOrder order = new LeafOrder();
  private final Leaves leaves = new Leaves();

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
    return leaves.ids[slot];
  }

  /** How many elements a span has. */
  int length(int slot) {
    return Math.abs(leaves.lengths[slot]);
  }

  boolean isVisible(int slot) {
    return leaves.lengths[slot] > 0;
  }

  /** The left origin of the first element. */
  int left(int slot) {
    return leaves.lefts[slot];
  }

  /** The right origin of all elements. */
  int right(int slot) {
    return leaves.rights[slot];
  }

  // ---- in order

  /** The first span, or {@link #NONE}. */
  int first() {
    return spans == 0 ? NONE : Leaves.slotOf(leaves.first());
  }

  /** The span after this one, or {@link #NONE}. */
  int next(int slot) {
    return leaves.next(slot);
  }

  /** The span before this one, or {@link #NONE}. */
  int previous(int slot) {
    return leaves.previous(slot);
  }

  /** Negative, zero or positive as one slot stands before, is, or stands after another. */
  int compare(int slot, int other) {
    int leaf = Leaves.leafOf(slot);
    int otherLeaf = Leaves.leafOf(other);
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
    if (fingerStart < 0 || at < fingerStart || at - fingerStart >= leaves.visibles[leaf]) {
      flush();
      leaf = order.descend(at);
      finger = leaf;
      fingerStart = at - order.remainder();
    }
    int left = at - fingerStart;
    int slot = Leaves.slotOf(leaf);
    while (true) {
      int length = leaves.lengths[slot];
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
      offset = id - leaves.ids[slot];
      hint = slot;
    }
    return slot;
  }

  /** Tries the span found last and its neighbours. */
  private int near(int id) {
    int slot = hint;
    int size = leaves.sizes[Leaves.leafOf(slot)];
    int place = Leaves.placeOf(slot);
    if (place >= size) {
      return NONE;
    }
    if (leaves.contains(slot, id)) {
      return slot;
    }
    if (place + 1 < size && leaves.contains(slot + 1, id)) {
      return slot + 1;
    }
    return place > 0 && leaves.contains(slot - 1, id) ? slot - 1 : NONE;
  }

  private int findIn(int leaf, int id) {
    int slot = Leaves.slotOf(leaf);
    int end = slot + leaves.sizes[leaf];
    for (; slot < end; slot++) {
      if (leaves.contains(slot, id)) {
        return slot;
      }
    }
    return NONE;
  }

  private void buildIndex() {
    index.build(this);
  }

  /** How many visible elements stand before an element, given by its span and its place in it. */
  int visibleBefore(int slot, int offsetInSpan) {
    int leaf = Leaves.leafOf(slot);
    int before = start(leaf);
    for (int i = Leaves.slotOf(leaf); i < slot; i++) {
      before += Math.max(0, leaves.lengths[i]);
    }
    return leaves.lengths[slot] > 0 ? before + offsetInSpan : before;
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
    leaves.visibles[leaf] += change;
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
    int leaf = Leaves.leafOf(slot);
    int from = leaves.ids[slot] + leaves.lengths[slot];
    leaves.lengths[slot] += count;
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
    int slot = makeRoom(leaves.first(), 0, 1);
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
    int leaf = Leaves.leafOf(slot);
    boolean inside = cut < length(slot);
    int room = makeRoom(leaf, Leaves.placeOf(slot) + 1, inside ? 2 : 1);
    if (inside) {
      leaves.cut(room - 1, room + 1, cut);
    }
    return place(room, id, length, left, right, newest);
  }

  private int place(int slot, int id, int length, int left, int right, boolean newest) {
    leaves.set(slot, id, length, left, right);
    int leaf = Leaves.leafOf(slot);
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
    int part = deleteUncounted(slot, from, count);
    addVisible(Leaves.leafOf(part), -count);
    hint = part;
    return part;
  }

  /** As {@link #delete}, but what is visible is still counted with the part. */
  private int deleteUncounted(int slot, int from, int count) {
    int length = leaves.lengths[slot];
    boolean atEnd = from + count == length;
    boolean behindDeleted = from == 0 && leaves.continuesDeleted(slot);
    if (behindDeleted && !atEnd) {
      leaves.lengths[slot - 1] -= count;
      leaves.lengths[slot] -= count;
      leaves.dropFront(slot, count);
      return slot;
    }
    if (atEnd && from > 0 && leaves.isContinuedDeleted(slot)) {
      leaves.lengths[slot] -= count;
      leaves.lengths[slot + 1] -= count;
      leaves.dropFront(slot + 1, -count);
      return slot + 1;
    }
    int part = isolate(slot, from, count);
    leaves.lengths[part] = -count;
    boolean beforeDeleted = atEnd && leaves.isContinuedDeleted(part);
    if (behindDeleted || beforeDeleted) {
      part = join(part, behindDeleted, beforeDeleted);
    }
    return part;
  }

  /** Makes a deleted span one with its neighbours in its leaf. */
  private int join(int slot, boolean withPrevious, boolean withNext) {
    int first = withPrevious ? slot - 1 : slot;
    int last = withNext ? slot + 1 : slot;
    int length = leaves.lengths[slot];
    if (withPrevious) {
      length += leaves.lengths[first];
    }
    if (withNext) {
      length += leaves.lengths[last];
    }
    leaves.lengths[first] = length;
    leaves.close(first + 1, last - first);
    spans -= last - first;
    return first;
  }

  /** Makes deleted elements of a span visible again; returns their span. */
  int revive(int slot, int from, int count) {
    int part = isolate(slot, from, count);
    leaves.lengths[part] = count;
    addVisible(Leaves.leafOf(part), count);
    return part;
  }

  /** Takes elements of a span out altogether. */
  void remove(int slot, int from, int count) {
    int part = isolate(slot, from, count);
    if (leaves.lengths[part] > 0) {
      addVisible(Leaves.leafOf(part), -count);
    }
    removeSlot(part);
  }

  /** Makes part of a span a span of its own; returns it. */
  private int isolate(int slot, int from, int count) {
    int before = from > 0 ? 1 : 0;
    int behind = from + count < length(slot) ? 1 : 0;
    if (before + behind == 0) {
      return slot;
    }
    int room = makeRoom(Leaves.leafOf(slot), Leaves.placeOf(slot) + 1, before + behind);
    if (before > 0) {
      leaves.cut(room - 1, room, from);
    }
    int part = room - 1 + before;
    if (behind > 0) {
      leaves.cut(part, part + 1, count);
    }
    return part;
  }

  private void removeSlot(int slot) {
    int leaf = Leaves.leafOf(slot);
    leaves.close(slot, 1);
    spans--;
    if (leaves.sizes[leaf] == 0 && leaves.first() != leaves.last()) {
      flush();
      order.remove(leaf);
      leaves.remove(leaf);
      finger = leaves.first();
      fingerStart = 0;
      hint = Leaves.slotOf(finger);
    }
  }

  /**
   * Makes room for {@code count} spans in a leaf; splits it if it is full.
   *
   * @return the first free slot; the span that stood before it still stands directly before it
   */
  private int makeRoom(int leaf, int place, int count) {
    boolean full = leaves.sizes[leaf] + count > Leaves.FULL;
    int slot = full ? split(leaf, place) : Leaves.slotOf(leaf) + place;
    leaves.open(slot, count);
    spans += count;
    return slot;
  }

  /**
   * Moves the spans at the end of a leaf to a new one behind it. One method, with all steps spelled
   * out, on purpose: see {@link LeafOrder#insertAfter}.
   *
   * @return where a place of the leaf is then
   */
  private int split(int leaf, int place) {
    flush();
    boolean atEnd = leaf == leaves.last() && place == leaves.sizes[leaf];
    int kept = atEnd ? Leaves.FILLED : Leaves.FULL / 2;
    int moved = leaves.sizes[leaf] - kept;
    int added = leaves.addBehind(leaf);
    int from = Leaves.slotOf(leaf) + kept;
    int to = Leaves.slotOf(added);
    System.arraycopy(leaves.ids, from, leaves.ids, to, moved);
    System.arraycopy(leaves.lengths, from, leaves.lengths, to, moved);
    System.arraycopy(leaves.lefts, from, leaves.lefts, to, moved);
    System.arraycopy(leaves.rights, from, leaves.rights, to, moved);
    int taken = 0;
    for (int slot = to; slot < to + moved; slot++) {
      int length = leaves.lengths[slot];
      if (length > 0) {
        taken += length;
      }
      if (index.isBuilt()) {
        index.put(leaves.ids[slot], Math.abs(length), added, false);
      }
    }
    order.insertAfter(leaf, leaves.visibles[leaf], added, taken);
    leaves.sizes[leaf] = kept;
    leaves.visibles[leaf] -= taken;
    leaves.sizes[added] = moved;
    leaves.visibles[added] = taken;
    if (place <= kept) {
      return Leaves.slotOf(leaf) + place;
    }
    if (finger == leaf && fingerStart >= 0) {
      finger = added;
      fingerStart += leaves.visibles[leaf];
    }
    return to + place - kept;
  }

  // ---- building

  /**
   * Makes an empty tree ready to take {@code expected} spans by {@link #append}, and then {@link
   * #endBuild}.
   */
  void beginBuild(int expected) {
    leaves.ensure((expected + Leaves.FILLED - 1) / Leaves.FILLED);
  }

  /** Adds a span behind all others. */
  void append(int id, int length, int left, int right) {
    leaves.append(id, length, left, right);
    spans++;
    visible += Math.max(0, length);
  }

  /** Puts the spans appended in order. */
  void endBuild() {
    order.build(leaves.count(), leaves.visibles);
    finger = 0;
    fingerStart = 0;
    fingerPending = 0;
    hint = 0;
  }

  // ---- checking

  /** Checks sums, links, the index, occupancy and the boundaries of spans. */
  void checkInvariants() {
    flush();
    int[] inOrder = leaves.checkInvariants(spans);
    int sum = 0;
    for (int leaf : inOrder) {
      sum += leaves.visibles[leaf];
      int from = Leaves.slotOf(leaf);
      for (int slot = from; index.isBuilt() && slot < from + leaves.sizes[leaf]; slot++) {
        for (int id = id(slot); id < id(slot) + length(slot); id++) {
          require(index.leafOf(id) == leaf, "the index names another leaf");
        }
      }
    }
    require(sum == visible, "the sum of all is wrong");
    order.checkInvariants(inOrder, leaves.visibles);
    require(fingerStart < 0 || fingerStart == order.visibleBefore(finger), "the finger is wrong");
  }
}
