package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a {@link Sequence} from start to end, deleted ones included, and where they are.
 *
 * <p>It is meant to be obviously right, not fast: inserting moves the tail of an array, and finding
 * an element means looking at its neighbours one by one. The only aid is a finger, the place of the
 * last access: the next one is looked for from there in both directions, because people mostly go
 * on where they were. Index means the place among all elements, visible index the place among those
 * not deleted.
 */
final class Elements<C> implements Iterable<Element<C>> {
  private final ArrayList<Element<C>> all = new ArrayList<>();
  private final HashMap<ElementId, Element<C>> byId = new HashMap<>();
  private int visible;

  private int finger;
  private int visibleBeforeFinger;

  /** How many there are, deleted ones included. */
  int size() {
    return all.size();
  }

  /** How many are visible. */
  int visible() {
    return visible;
  }

  Element<C> get(int index) {
    return all.get(index);
  }

  @Nullable Element<C> find(ElementId id) {
    return byId.get(id);
  }

  /** Whether an origin is here; the start and the end always are. */
  boolean knows(@Nullable ElementId origin) {
    return origin == null || byId.containsKey(origin);
  }

  @Override
  public Iterator<Element<C>> iterator() {
    return all.iterator();
  }

  /** Hands over the visible elements from one visible index up to, not including, another. */
  void forEach(int from, int to, Consumer<Element<C>> action) {
    int next = from < to ? indexOfVisible(from) : 0;
    for (int left = to - from; left > 0; next++) {
      Element<C> element = all.get(next);
      if (element.isVisible()) {
        action.accept(element);
        left--;
      }
    }
  }

  /** The ids of the visible elements from one visible index up to, not including, another. */
  List<ElementRange> rangesAt(int from, int to) {
    ArrayList<ElementRange> ranges = new ArrayList<>();
    forEach(
        from,
        to,
        element -> {
          int last = ranges.size() - 1;
          ElementRange open = ranges.isEmpty() ? null : ranges.get(last);
          if (open != null && element.isNextAfter(open.last())) {
            ranges.set(last, new ElementRange(open.first(), open.length() + 1));
          } else {
            ranges.add(new ElementRange(element.id, 1));
          }
        });
    return ranges;
  }

  /** The index of the visible element with this visible index. */
  int indexOfVisible(int visibleIndex) {
    while (visibleBeforeFinger > visibleIndex) {
      stepBack();
    }
    while (visibleBeforeFinger < visibleIndex || !all.get(finger).isVisible()) {
      stepForward();
    }
    return finger;
  }

  /** How many visible elements stand before this index. */
  int visibleBefore(int index) {
    while (finger < index) {
      stepForward();
    }
    while (finger > index) {
      stepBack();
    }
    return visibleBeforeFinger;
  }

  private void stepForward() {
    visibleBeforeFinger += all.get(finger).isVisible() ? 1 : 0;
    finger++;
  }

  private void stepBack() {
    finger--;
    visibleBeforeFinger -= all.get(finger).isVisible() ? 1 : 0;
  }

  /** The index of an element that is here. */
  int indexOf(Element<C> element) {
    int below = finger - 1;
    int above = finger;
    while (below >= 0 || above < all.size()) {
      if (above < all.size() && all.get(above) == element) {
        return above;
      }
      if (below >= 0 && all.get(below) == element) {
        return below;
      }
      above++;
      below--;
    }
    throw new AssertionError("no place for " + element.id);
  }

  /** Whether an element stands at one of these indexes; null never does. Looks from both ends. */
  boolean standsWithin(@Nullable ElementId id, int from, int to) {
    Element<C> element = id == null ? null : byId.get(id);
    int low = from;
    for (int high = to - 1; element != null && low <= high; high--) {
      if (all.get(low) == element || all.get(high) == element) {
        return true;
      }
      low++;
    }
    return false;
  }

  /** Puts a run before the element at this index. */
  void place(Run<C> run, int index) {
    visibleBefore(index);
    ArrayList<Element<C>> added = new ArrayList<>(run.length());
    ElementId left = run.left();
    for (int i = 0; i < run.length(); i++) {
      Element<C> element = new Element<>(run.idAt(i), left, run.right(), run.contentAt(i));
      added.add(element);
      byId.put(element.id, element);
      left = element.id;
    }
    all.addAll(index, added);
    visible += run.contents() == null ? 0 : run.length();
  }

  /** Takes a run away again, as if it had never come. */
  void remove(Run<C> run, int index) {
    visibleBefore(index);
    List<Element<C>> removed = all.subList(index, index + run.length());
    for (Element<C> element : removed) {
      byId.remove(element.id);
      visible -= element.isVisible() ? 1 : 0;
    }
    removed.clear();
  }

  /** Gives an element other content; null deletes it. */
  void setContent(int index, @Nullable C content) {
    visibleBefore(index);
    Element<C> element = all.get(index);
    visible += (content == null ? 0 : 1) - (element.isVisible() ? 1 : 0);
    element.content = content;
  }

  /** All elements as runs, each as long as it can be. */
  List<Run<C>> runs() {
    ArrayList<Run<C>> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || !continues(all.get(i - 1), all.get(i))) {
        runs.add(runBetween(start, i));
        start = i;
      }
    }
    return runs;
  }

  private boolean continues(Element<C> element, Element<C> next) {
    return next.isNextAfter(element.id)
        && element.id.equals(next.left)
        && Objects.equals(element.right, next.right)
        && element.isVisible() == next.isVisible();
  }

  private Run<C> runBetween(int from, int to) {
    Element<C> first = all.get(from);
    ArrayList<C> contents = new ArrayList<>();
    for (Element<C> element : all.subList(from, to)) {
      if (element.content != null) {
        contents.add(element.content);
      }
    }
    return new Run<>(
        first.id, to - from, first.left, first.right, first.isVisible() ? contents : null);
  }

  void checkInvariants() {
    HashMap<ElementId, Integer> indexes = new HashMap<>();
    int visibleSoFar = 0;
    for (int i = 0; i < all.size(); i++) {
      Element<C> element = all.get(i);
      require(i != finger || visibleSoFar == visibleBeforeFinger, "the finger miscounts");
      require(byId.get(element.id) == element, "an element is not found by its id");
      visibleSoFar += element.isVisible() ? 1 : 0;
      indexes.put(element.id, i);
    }
    require(visibleSoFar == visible, "the visible elements are miscounted");
    require(indexes.size() == byId.size(), "an id leads nowhere");
    for (Element<C> element : all) {
      int index = indexes.getOrDefault(element.id, -1);
      require(
          element.left == null || indexes.getOrDefault(element.left, all.size()) < index,
          "an element does not follow its left origin");
      require(
          element.right == null || indexes.getOrDefault(element.right, -1) > index,
          "an element does not stand before its right origin");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
