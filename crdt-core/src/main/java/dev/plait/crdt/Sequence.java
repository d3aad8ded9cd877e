package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The plain engine under {@link Text} and {@link dev.plait.crdt.List}: elements in FugueMax order
 * (Weidner and Kleppmann, "The Art of the Fugue", 2023).
 *
 * <p>Glue: neighbours whose contents are glued (the halves of a surrogate pair) are one thing. They
 * come together; when either is deleted, or something gets between them, both are deleted. Only
 * contents of visible elements are asked, and both are visible or neither is, so all replicas
 * agree, whatever a forger names.
 *
 * <p>Why every replica refuses the same insertions: elements never move and keep their origins, so
 * which of two stands first is the same everywhere. Insertions whose right origin can't have
 * followed the left one are refused; so all that stands between an element and its left origin
 * hangs below that left origin, and the walk meets each sibling with the same right origin, in the
 * order of their ids.
 */
final class Sequence<C> {
  private static final int FORGED = -1;

  private final Elements<C> elements = new Elements<>();
  private final BiPredicate<? super C, ? super C> glue;

  /** Where an insertion came to stand, and how many glued elements it took away around it. */
  record Splice(int visibleIndex, int deleted) {}

  Sequence(BiPredicate<? super C, ? super C> glue) {
    this.glue = glue;
  }

  /**
   * Takes runs over as they stand, without replaying them.
   *
   * @throws OperationException MALFORMED_STATE if ids repeat or origins are not where they belong
   */
  static <C> Sequence<C> of(List<Run<C>> runs, BiPredicate<? super C, ? super C> glue) {
    Sequence<C> sequence = new Sequence<>(glue);
    Elements<C> elements = sequence.elements;
    for (Run<C> run : runs) {
      require(run.isComplete(), run, "is empty or lacks ids or contents");
      require(!sequence.holdsAnyOf(run), run, "repeats an id");
      require(elements.knows(run.left()), run, "does not follow its left origin");
      elements.place(run, elements.size());
      require(run.right() == null || !elements.knows(run.right()), run, "follows its right origin");
    }
    for (Run<C> run : runs) {
      require(elements.knows(run.right()), run, "names a right origin that is not here");
    }
    return sequence;
  }

  private static void require(boolean holds, Run<?> run, String fault) {
    if (!holds) {
      throw Foreign.malformed("the run from " + run.first() + " " + fault);
    }
  }

  Elements<C> elements() {
    return elements;
  }

  boolean holdsAnyOf(Run<C> run) {
    for (int i = 0; i < run.length(); i++) {
      if (elements.knows(run.idAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the element of this id is here with the origins it has in the run. */
  boolean agreesWith(Run<C> run, int offset) {
    Element<C> element = elements.find(run.idAt(offset));
    return element != null
        && Objects.equals(element.left, run.leftAt(offset))
        && Objects.equals(element.right, run.right());
  }

  /** The run that inserting these contents before a visible index makes. */
  Run<C> runAt(int visibleIndex, ElementId first, List<C> contents) {
    int left = visibleIndex == 0 ? -1 : elements.indexOfVisible(visibleIndex - 1);
    int right = left + 1;
    return Run.of(
        first,
        left < 0 ? null : elements.get(left).id,
        right == elements.size() ? null : elements.get(right).id,
        contents);
  }

  @Nullable Refusal check(Run<C> run) {
    if (run.length() == 0) {
      return new Refusal.Invalid("EMPTY_EDIT", "an insertion must hold at least one element");
    }
    if (!run.isComplete()) {
      return new Refusal.Invalid(
          "ID_RANGE", "there are not enough ids from " + run.first() + " on for the insertion");
    }
    if (holdsAnyOf(run)) {
      return checkRepeated(run);
    }
    if (run.left() != null && !elements.knows(run.left())) {
      return new Refusal.Missing(run.left());
    }
    if (run.right() != null && !elements.knows(run.right())) {
      return new Refusal.Missing(run.right());
    }
    int left = indexOfLeft(run);
    int right = indexOfRight(run);
    if (!couldBeNeighbours(left, right)) {
      return new Refusal.Invalid(
          "ORIGINS_CROSSED",
          "the right origin of " + run.first() + " never stood directly after its left origin");
    }
    if (destination(run, left, right) == FORGED) {
      return new Refusal.Invalid(
          "FORGED_SIBLING",
          "the author of " + run.first() + " had an element of its own between the two origins");
    }
    return null;
  }

  private @Nullable Refusal checkRepeated(Run<C> run) {
    for (int i = 0; i < run.length(); i++) {
      if (!agreesWith(run, i)) {
        return new Refusal.Invalid(
            "DUPLICATE_ID", run.idAt(i) + " or one near it was used for another insertion");
      }
    }
    return null;
  }

  private int indexOfLeft(Run<C> run) {
    Element<C> left = run.left() == null ? null : elements.find(run.left());
    return left == null ? -1 : elements.indexOf(left);
  }

  private int indexOfRight(Run<C> run) {
    Element<C> right = run.right() == null ? null : elements.find(run.right());
    return right == null ? elements.size() : elements.indexOf(right);
  }

  /**
   * Whether some replica could have seen these two side by side: the left one stands first, and
   * neither was inserted beside something that stands between them.
   */
  private boolean couldBeNeighbours(int left, int right) {
    return left < right
        && (left < 0 || !elements.standsWithin(elements.get(left).right, left + 1, right))
        && (right == elements.size()
            || !elements.standsWithin(elements.get(right).left, left + 1, right));
  }

  /** The walk of FugueMax: where between its origins the run belongs, or {@link #FORGED}. */
  private int destination(Run<C> run, int left, int right) {
    int destination = left + 1;
    boolean tentative = false;
    for (int i = left + 1; i < right; i++) {
      Element<C> other = elements.get(i);
      boolean sibling = Objects.equals(other.left, run.left());
      if (sibling && Objects.equals(other.right, run.right())) {
        if (other.id.replica().equals(run.first().replica())) {
          return FORGED;
        }
        if (run.first().compareTo(other.id) < 0) {
          return destination;
        }
        tentative = false;
      } else if (sibling) {
        tentative = elements.standsWithin(other.right, i + 1, right);
      } else if (!elements.standsWithin(other.left, left + 1, i)) {
        return destination;
      }
      if (!tentative) {
        destination = i + 1;
      }
    }
    return destination;
  }

  /** Inserts a run that {@link #check} accepts; null if it is here already. */
  @Nullable Splice insert(Run<C> run, @Nullable Rollback rollback) {
    if (elements.knows(run.first())) {
      return null;
    }
    int index = destination(run, indexOfLeft(run), indexOfRight(run));
    boolean parts = isGlued(index - 1);
    if (parts) {
      bury(index - 1, rollback);
      bury(index, rollback);
    }
    elements.place(run, index);
    if (rollback != null) {
      rollback.add(() -> elements.remove(run, index));
    }
    return new Splice(elements.visibleBefore(index), parts ? 2 : 0);
  }

  @Nullable Refusal check(List<ElementRange> ranges) {
    if (ranges.isEmpty()) {
      return new Refusal.Invalid("EMPTY_EDIT", "a deletion must name at least one element");
    }
    ArrayList<ElementRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(ElementRange::first));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).contains(sorted.get(i).first())) {
        return new Refusal.Invalid(
            "OVERLAPPING_RANGES", "a deletion names " + sorted.get(i).first() + " more than once");
      }
    }
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        ElementId id = range.first().plus(i);
        if (!elements.knows(id)) {
          return new Refusal.Missing(id);
        }
      }
    }
    return null;
  }

  /** Deletes what {@link #check} accepts; returns the visible indexes, before, of what went. */
  int[] delete(List<ElementRange> ranges, @Nullable Rollback rollback) {
    TreeSet<Integer> doomed = new TreeSet<>();
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        Element<C> element = elements.find(range.first().plus(i));
        if (element != null && element.isVisible()) {
          int index = elements.indexOf(element);
          elements.visibleBefore(index);
          doomed.add(index);
          if (isGlued(index - 1)) {
            doomed.add(index - 1);
          }
          if (isGlued(index)) {
            doomed.add(index + 1);
          }
        }
      }
    }
    int[] gone = new int[doomed.size()];
    int count = 0;
    for (int index : doomed) {
      bury(index, rollback);
      gone[count] = elements.visibleBefore(index) + count;
      count++;
    }
    return gone;
  }

  private void bury(int index, @Nullable Rollback rollback) {
    C content = elements.get(index).content;
    elements.setContent(index, null);
    if (rollback != null) {
      rollback.add(() -> elements.setContent(index, content));
    }
  }

  /** Whether the elements at this index and the next are visible and glued. */
  private boolean isGlued(int index) {
    return index >= 0
        && index + 1 < elements.size()
        && isGlued(elements.get(index).content, elements.get(index + 1).content);
  }

  /** Whether the elements at this offset of a run and the next are glued. */
  boolean isGlued(Run<C> run, int offset) {
    return isGlued(run.contentAt(offset), run.contentAt(offset + 1));
  }

  private boolean isGlued(@Nullable C content, @Nullable C next) {
    return content != null && next != null && glue.test(content, next);
  }
}
