package dev.plait.properties.oracle;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.DeltaBuilder;
import dev.plait.crdt.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Elements in FugueMax order (Weidner and Kleppmann, "The Art of the Fugue", 2023), the rule taken
 * by its word: a list of elements, deleted ones included, and positions found by counting.
 *
 * <p>Glue: neighbours whose contents are glued (the halves of a surrogate pair) are one thing: when
 * either is deleted, or something gets between them, both are deleted.
 */
final class PlainSequence<C> {
  private static final int FORGED = -1;

  private final List<PlainElement<C>> elements = new ArrayList<>();
  private final Map<ElementId, PlainElement<C>> byId = new HashMap<>();
  private final BiPredicate<? super C, ? super C> glue;

  PlainSequence(BiPredicate<? super C, ? super C> glue) {
    this.glue = glue;
  }

  PlainSequence<C> copy() {
    PlainSequence<C> copy = new PlainSequence<>(glue);
    for (PlainElement<C> element : elements) {
      copy.add(copy.elements.size(), element.copy());
    }
    return copy;
  }

  /** Takes runs over as they stand; null if they can't be the state of a sequence. */
  static <C> @Nullable PlainSequence<C> of(
      List<PlainRun<C>> runs, BiPredicate<? super C, ? super C> glue) {
    PlainSequence<C> sequence = new PlainSequence<>(glue);
    for (PlainRun<C> run : runs) {
      if (!run.isComplete() || sequence.knowsAnyOf(run) || !sequence.knows(run.left())) {
        return null;
      }
      if (run.right() != null && sequence.knows(run.right())) {
        return null;
      }
      for (int i = 0; i < run.length(); i++) {
        sequence.add(sequence.elements.size(), elementOf(run, i));
      }
      if (run.right() != null && sequence.knows(run.right())) {
        return null;
      }
    }
    for (PlainRun<C> run : runs) {
      if (!sequence.knows(run.right())) {
        return null;
      }
    }
    return sequence;
  }

  /** All elements in their order. */
  List<PlainElement<C>> elements() {
    return elements;
  }

  List<C> visible() {
    List<C> visible = new ArrayList<>();
    for (PlainElement<C> element : elements) {
      if (element.content != null) {
        visible.add(element.content);
      }
    }
    return visible;
  }

  boolean knows(@Nullable ElementId origin) {
    return origin == null || byId.containsKey(origin);
  }

  private boolean knowsAnyOf(PlainRun<C> run) {
    for (int i = 0; i < run.length(); i++) {
      if (knows(run.idAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the element of this id is here with the origins it has in the run. */
  boolean agreesWith(PlainRun<C> run, int offset) {
    PlainElement<C> element = byId.get(run.idAt(offset));
    return element != null
        && Objects.equals(element.left, run.leftAt(offset))
        && Objects.equals(element.right, run.right());
  }

  /** The run that inserting these contents before a visible index makes. */
  PlainRun<C> runAt(int visibleIndex, ElementId first, List<C> contents) {
    int left = visibleIndex == 0 ? -1 : elements.indexOf(visibleElements().get(visibleIndex - 1));
    ElementId leftId = left < 0 ? null : elements.get(left).id;
    ElementId rightId = left + 1 == elements.size() ? null : elements.get(left + 1).id;
    return PlainRun.of(first, leftId, rightId, contents);
  }

  @Nullable PlainElement<C> find(ElementId id) {
    return byId.get(id);
  }

  /** The ids of visible elements, neighbours with consecutive ids as one range. */
  List<ElementRange> rangesAt(int from, int to) {
    List<ElementRange> ranges = new ArrayList<>();
    for (PlainElement<C> element : visibleElements().subList(from, to)) {
      ElementRange open = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (open != null && element.holds.equals(open.last().plus(1))) {
        ranges.set(ranges.size() - 1, new ElementRange(open.first(), open.length() + 1));
      } else {
        ranges.add(new ElementRange(element.holds, 1));
      }
    }
    return ranges;
  }

  private List<PlainElement<C>> visibleElements() {
    return elements.stream().filter(PlainElement::isVisible).toList();
  }

  @Nullable Refusal check(PlainRun<C> run) {
    if (run.length() == 0) {
      return new Refusal.Invalid("EMPTY_EDIT", "nothing to insert");
    }
    if (!run.isComplete()) {
      return new Refusal.Invalid("ID_RANGE", "too few ids");
    }
    if (knowsAnyOf(run)) {
      for (int i = 0; i < run.length(); i++) {
        if (!agreesWith(run, i)) {
          return new Refusal.Invalid("DUPLICATE_ID", "another insertion");
        }
      }
      return null;
    }
    if (run.left() != null && !knows(run.left())) {
      return new Refusal.Missing(run.left());
    }
    if (run.right() != null && !knows(run.right())) {
      return new Refusal.Missing(run.right());
    }
    int left = before(run.left());
    int right = after(run.right());
    if (left >= right || !couldBeNeighbours(left, right)) {
      return new Refusal.Invalid("ORIGINS_CROSSED", "never neighbours");
    }
    return destination(run.first(), left, right) == FORGED
        ? new Refusal.Invalid("FORGED_SIBLING", "an element of its own between the origins")
        : null;
  }

  /** Neither was inserted beside something that stands between them. */
  private boolean couldBeNeighbours(int left, int right) {
    boolean leftHadAnother = left >= 0 && after(elements.get(left).right) < right;
    boolean rightHadAnother = right < elements.size() && before(elements.get(right).left) > left;
    return !leftHadAnother && !rightHadAnother;
  }

  /** The place of a left origin; the start is before everything. */
  private int before(@Nullable ElementId left) {
    return left == null ? -1 : elements.indexOf(byId.get(left));
  }

  /** The place of a right origin; the end is after everything. */
  private int after(@Nullable ElementId right) {
    return right == null ? elements.size() : elements.indexOf(byId.get(right));
  }

  /** The four steps. */
  private int destination(ElementId id, int left, int right) {
    int destination = left + 1;
    boolean tentative = false;
    for (int i = left + 1; i < right; i++) {
      PlainElement<C> other = elements.get(i);
      int otherLeft = before(other.left);
      int otherRight = after(other.right);
      if (otherLeft < left) {
        return destination;
      }
      if (otherLeft == left && otherRight < right) {
        tentative = true;
      } else if (otherLeft == left && otherRight > right) {
        tentative = false;
      } else if (otherLeft == left) {
        if (other.id.replica().equals(id.replica())) {
          return FORGED;
        }
        if (id.compareTo(other.id) < 0) {
          return destination;
        }
        tentative = false;
      }
      if (!tentative) {
        destination = i + 1;
      }
    }
    return destination;
  }

  /** Inserts a run that {@link #check} accepts, unit by unit. */
  void insert(PlainRun<C> run) {
    if (knows(run.first())) {
      return;
    }
    for (int i = 0; i < run.length(); i++) {
      int index = destination(run.idAt(i), before(run.leftAt(i)), after(run.right()));
      if (i == 0 && isGlued(index - 1)) {
        elements.get(index - 1).content = null;
        elements.get(index).content = null;
      }
      add(index, elementOf(run, i));
    }
  }

  private void add(int index, PlainElement<C> element) {
    elements.add(index, element);
    byId.put(element.id, element);
  }

  private static <C> PlainElement<C> elementOf(PlainRun<C> run, int offset) {
    return new PlainElement<>(
        run.idAt(offset), run.leftAt(offset), run.right(), run.contentAt(offset));
  }

  @Nullable Refusal check(List<ElementRange> ranges) {
    if (ranges.isEmpty()) {
      return new Refusal.Invalid("EMPTY_EDIT", "nothing to delete");
    }
    for (int i = 0; i < ranges.size(); i++) {
      for (ElementRange other : ranges.subList(0, i)) {
        if (other.contains(ranges.get(i).first()) || ranges.get(i).contains(other.first())) {
          return new Refusal.Invalid("OVERLAPPING_RANGES", "named twice");
        }
      }
    }
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        if (!knows(range.first().plus(i))) {
          return new Refusal.Missing(range.first().plus(i));
        }
      }
    }
    return null;
  }

  /** Deletes what {@link #check} accepts. */
  void delete(List<ElementRange> ranges) {
    Set<PlainElement<C>> doomed = new LinkedHashSet<>();
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        PlainElement<C> element = Objects.requireNonNull(byId.get(range.first().plus(i)));
        int index = elements.indexOf(element);
        doomed.add(element);
        if (isGlued(index - 1)) {
          doomed.add(elements.get(index - 1));
        }
        if (isGlued(index)) {
          doomed.add(elements.get(index + 1));
        }
      }
    }
    doomed.forEach(element -> element.content = null);
  }

  /** Whether the elements at this index and the next are visible and glued. */
  private boolean isGlued(int index) {
    return index >= 0
        && index + 1 < elements.size()
        && isGlued(elements.get(index).content, elements.get(index + 1).content);
  }

  boolean isGlued(@Nullable C content, @Nullable C next) {
    return content != null && next != null && glue.test(content, next);
  }

  /** What changed for a reader since this was last called. */
  <P, D> D delta(DeltaBuilder<P, D> delta, Function<C, P> piece) {
    for (PlainElement<C> element : elements) {
      C content = element.content;
      if (content != null && element.shown) {
        if (Objects.equals(element.shownAt, element.replacedAt)) {
          delta.retain(1);
        } else {
          delta.insert(piece.apply(content)).delete(1);
        }
      } else if (content != null) {
        delta.insert(piece.apply(content));
      } else if (element.shown) {
        delta.delete(1);
      }
      element.shown = content != null;
      element.shownAt = element.replacedAt;
    }
    return delta.build();
  }

  /** All elements as runs, each as long as it can be. */
  List<PlainRun<C>> runs() {
    return PlainRuns.of(elements);
  }
}
