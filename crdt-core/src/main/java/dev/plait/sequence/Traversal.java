package dev.plait.sequence;

import static dev.plait.sequence.Invariants.require;

import java.util.BitSet;

/** Whole sequences read from start to end. */
final class Traversal {
  private static final int NONE = SpanTree.NONE;

  private Traversal() {}

  /** Hands over all runs, each as long as it can be. */
  static void forEachRun(SpanTree tree, ElementIds ids, Sequence.Runs out) {
    int slot = tree.first();
    while (slot != NONE) {
      int first = tree.id(slot);
      int count = tree.length(slot);
      boolean visible = tree.isVisible(slot);
      int right = tree.right(slot);
      int left = tree.left(slot);
      int last = first + count - 1;
      slot = tree.next(slot);
      while (slot != NONE
          && tree.isVisible(slot) == visible
          && tree.right(slot) == right
          && tree.left(slot) == last
          && ids.follows(last, tree.id(slot))) {
        count += tree.length(slot);
        last = tree.id(slot) + tree.length(slot) - 1;
        slot = tree.next(slot);
      }
      out.run(first, count, !visible, left, right);
    }
  }

  /** Hands over what inserting some elements and deleting others changed for a reader. */
  static void forEachChange(SpanTree tree, BitSet inserted, BitSet deleted, Sequence.Changes out) {
    for (int slot = tree.first(); slot != NONE; slot = tree.next(slot)) {
      int element = tree.id(slot);
      int end = element + tree.length(slot);
      boolean visible = tree.isVisible(slot);
      while (element < end) {
        boolean isNew = inserted.get(element);
        boolean isGone = deleted.get(element);
        int same = Math.min(flip(inserted, element, end), flip(deleted, element, end));
        if (visible && isNew) {
          out.inserted(element, same - element);
        } else if (visible) {
          out.retained(same - element);
        } else if (isGone && !isNew) {
          out.deleted(same - element);
        }
        element = same;
      }
    }
  }

  /** Where, up to {@code end}, the bits are no longer as they are at {@code from}. */
  private static int flip(BitSet bits, int from, int end) {
    boolean set = bits.get(from);
    int at = from + 1;
    while (at < end && bits.get(at) == set) {
      at++;
    }
    return at;
  }

  /** Checks that spans stand between their origins and are of one replica. */
  static void checkOrigins(SpanTree tree, ElementIds ids) {
    for (int slot = tree.first(); slot != NONE; slot = tree.next(slot)) {
      int left = tree.left(slot);
      int right = tree.right(slot);
      require(left == NONE || tree.compare(tree.find(left), slot) < 0, "a left origin is behind");
      require(
          right == NONE || tree.compare(tree.find(right), slot) > 0, "a right origin is before");
      int first = tree.id(slot);
      for (int element = first + 1; element < first + tree.length(slot); element++) {
        require(ids.follows(element - 1, element), "the ids of a span have a gap");
        require(ids.owner(first) == ids.owner(element), "a span has two owners");
      }
    }
  }
}
