package dev.plait.sequence;

/*
 * Where a received insertion goes: FugueMax (Weidner and Kleppmann, "The Art of the Fugue", 2023).
 *
 * An insertion N says between which two elements its author put it. What stands between them here, and
 * its author did not see, is concurrent with it. The walk goes over that from left to right and decides
 * by origins and ids alone. It steps over whole spans: each element of a span after the first hangs
 * below the one before it, and such an element never decides anything.
 *
 * Most insertions need no walk: nothing stands between their origins, or what stands there was put
 * before the same right origin by somebody who goes on doing so.
 *
 * Origins that no author can have seen side by side are refused. An honest author puts a new element
 * directly behind its left origin, so what was made between two origins, with one of them as its own
 * origin, would have been the nearer neighbour. Whether two elements were refused as origins depends only
 * on facts that never change, so every replica decides alike. The same holds for a sibling of the same
 * author with the same two origins: its author would have inserted beside it. Without that check one forger
 * could make all walks long.
 */
/** Finds the place of an insertion among concurrent ones. Not thread-safe. */
final class Integration {
  static final int FOUND = 0;
  static final int CROSSED = 1;
  static final int FORGED = 2;
  static final int NO_LEFT = 3;
  static final int NO_RIGHT = 4;

  private static final int NONE = SpanTree.NONE;

  private final SpanTree tree;
  private final ElementIds ids;
  private int slot;
  private int offset;

  private int left;
  private int leftSlot;
  private int leftOffset;
  private int right;
  private int rightSlot;
  private int rightOffset;

  Integration(SpanTree tree, ElementIds ids) {
    this.tree = tree;
    this.ids = ids;
  }

  /** The span of the element after which the insertion goes, or NONE for the start. */
  int slot() {
    return slot;
  }

  /** The place of that element inside its span. */
  int offset() {
    return offset;
  }

  /**
   * Looks for the place of an insertion. Cost: O(log n) and a step for each concurrent span between
   * its origins.
   *
   * @param author the number of the replica that made it
   * @param leftOrigin an element, or NONE for the start
   * @param rightOrigin an element, or NONE for the end
   * @return {@link #FOUND}, {@link #CROSSED} or {@link #FORGED}; {@link #NO_LEFT} or {@link
   *     #NO_RIGHT} if an origin is not here
   */
  int seek(int author, int leftOrigin, int rightOrigin) {
    left = leftOrigin;
    right = rightOrigin;
    leftSlot = left == NONE ? NONE : tree.find(left);
    leftOffset = left == NONE ? 0 : tree.offset();
    if (left != NONE && leftSlot == NONE) {
      return NO_LEFT;
    }
    slot = leftSlot;
    offset = leftOffset;
    if (elementAfterLeft() == right) {
      return FOUND;
    }
    rightSlot = right == NONE ? NONE : tree.find(right);
    rightOffset = right == NONE ? 0 : tree.offset();
    if (right != NONE && rightSlot == NONE) {
      return NO_RIGHT;
    }
    if (isCrossed()) {
      return CROSSED;
    }
    return isBeforeRight() ? FOUND : walk(author);
  }

  private int elementAfterLeft() {
    if (leftSlot == NONE) {
      int first = tree.first();
      return first == NONE ? NONE : tree.id(first);
    }
    if (leftOffset + 1 < tree.length(leftSlot)) {
      return left + 1;
    }
    int next = tree.next(leftSlot);
    return next == NONE ? NONE : tree.id(next);
  }

  private int leftOf(int span, int place) {
    return place > 0 ? tree.id(span) + place - 1 : tree.left(span);
  }

  private boolean isCrossed() {
    if (left != NONE) {
      if (right != NONE && compareToRight(leftSlot, leftOffset) >= 0) {
        return true;
      }
      int rightOfLeft = tree.right(leftSlot);
      if (rightOfLeft != right && standsBeforeRight(rightOfLeft)) {
        return true;
      }
    }
    if (right == NONE) {
      return false;
    }
    int leftOfRight = leftOf(rightSlot, rightOffset);
    return leftOfRight != left && !standsBeforeLeft(leftOfRight);
  }

  /** Whether an element other than the right origin, or the end, stands before it. */
  private boolean standsBeforeRight(int element) {
    if (element == NONE || right == NONE) {
      return element != NONE;
    }
    int span = tree.find(element);
    return compareToRight(span, tree.offset()) < 0;
  }

  private int compareToRight(int span, int place) {
    return span == rightSlot ? place - rightOffset : tree.compare(span, rightSlot);
  }

  /** Whether an element other than the left origin, or the start, stands before it. */
  private boolean standsBeforeLeft(int element) {
    if (element == NONE || left == NONE) {
      return element == NONE;
    }
    int span = tree.find(element);
    return (span == leftSlot ? tree.offset() - leftOffset : tree.compare(span, leftSlot)) < 0;
  }

  /**
   * The short way: if the right origin hangs below the left one, and nobody put anything directly
   * before it, that is the place.
   */
  private boolean isBeforeRight() {
    if (right == NONE || rightOffset > 0 || tree.left(rightSlot) != left) {
      return false;
    }
    int before = tree.previous(rightSlot);
    if (tree.right(before) == right) {
      return false;
    }
    slot = before;
    offset = tree.length(before) - 1;
    return true;
  }

  private int walk(int author) {
    int span = leftSlot == NONE ? tree.first() : leftSlot;
    int place = leftSlot == NONE ? 0 : leftOffset + 1;
    if (place == tree.length(span)) {
      span = tree.next(span);
      place = 0;
    }
    int before = left;
    boolean tentative = false;
    while (span != NONE && tree.id(span) + place != right) {
      int element = tree.id(span) + place;
      int leftOfElement = leftOf(span, place);
      int rightOfElement = tree.right(span);
      if (leftOfElement == left) {
        if (rightOfElement == right) {
          if (ids.owner(element) == author) {
            return FORGED;
          }
          if (isBelow(author, element)) {
            return FOUND;
          }
          tentative = false;
        } else {
          tentative = standsBeforeRight(rightOfElement);
        }
      } else if (leftOfElement != before && standsBeforeLeft(leftOfElement)) {
        return FOUND;
      }
      int end = tree.length(span);
      int toRight = right - tree.id(span);
      boolean rightInside = right != NONE && toRight > place && toRight < end;
      end = rightInside ? toRight : end;
      if (!tentative) {
        slot = span;
        offset = end - 1;
      }
      before = tree.id(span) + end - 1;
      place = 0;
      span = rightInside ? NONE : tree.next(span);
    }
    return FOUND;
  }

  /** Whether the author's ids are below those of the author of an element, who is another one. */
  private boolean isBelow(int author, int element) {
    return ids.replica(author).compareTo(ids.replica(ids.owner(element))) < 0;
  }
}
