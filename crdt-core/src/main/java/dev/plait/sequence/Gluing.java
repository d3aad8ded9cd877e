package dev.plait.sequence;

/** Neighbours that are one thing, found and deleted together. Not thread-safe. */
final class Gluing {
  private static final int NONE = SpanTree.NONE;

  private final SpanTree tree;
  private final Journal journal;
  private final Glue glue;

  Gluing(SpanTree tree, Journal journal, Glue glue) {
    this.tree = tree;
    this.journal = journal;
    this.glue = glue;
  }

  boolean isPossible() {
    return glue.isPossible();
  }

  /** The visible element that is glued to the front of an element, or NONE. */
  int before(int element) {
    int slot = tree.find(element);
    int before;
    if (tree.offset() > 0) {
      before = element - 1;
    } else {
      int previous = tree.previous(slot);
      before = previous == NONE ? NONE : tree.id(previous) + tree.length(previous) - 1;
    }
    return before != NONE && isGlued(before, element) ? before : NONE;
  }

  /** The visible element that is glued to the back of an element, or NONE. */
  int behind(int element) {
    int slot = tree.find(element);
    int behind;
    if (tree.offset() + 1 < tree.length(slot)) {
      behind = element + 1;
    } else {
      int next = tree.next(slot);
      behind = next == NONE ? NONE : tree.id(next);
    }
    return behind != NONE && isGlued(element, behind) ? behind : NONE;
  }

  private boolean isGlued(int element, int next) {
    return tree.isVisible(tree.find(element))
        && tree.isVisible(tree.find(next))
        && glue.isGlued(element, next);
  }

  /** Deletes an element and the one behind it if they are glued; returns how many that were. */
  int breakBehind(int element) {
    int behind = behind(element);
    if (behind == NONE) {
      return 0;
    }
    bury(element);
    bury(behind);
    return 2;
  }

  /** Deletes one element if it is visible; does nothing for NONE. */
  void bury(int element) {
    if (element != NONE) {
      int slot = tree.find(element);
      if (tree.isVisible(slot)) {
        tree.delete(slot, tree.offset(), 1);
        journal.deleted(element, 1);
      }
    }
  }
}
