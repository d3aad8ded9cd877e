package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The whole mergeable state of one container: everything needed to go on merging without the
 * operations that led to it.
 *
 * <p>Immutable and canonical: equal sets of operations give equal states, with every list in the
 * order its component names. {@code join} of the type it belongs to merges it into a live
 * container.
 */
public sealed interface State {

  /**
   * State of a {@link LwwRegister}.
   *
   * @param stamp the greatest stamp written, null when never written
   * @param value what it wrote, null when never written or cleared
   */
  record OfRegister(@Nullable Stamp stamp, @Nullable Value value) implements State {}

  /** State of an {@link MvRegister}: what is shown, and the last stamp seen of each replica. */
  record OfMvRegister(List<MvEntry> entries, List<Stamp> seen) implements State {
    public OfMvRegister {
      entries = List.copyOf(entries);
      seen = List.copyOf(seen);
    }
  }

  /** One value of an {@link MvRegister}; entries are in stamp order. */
  record MvEntry(Stamp stamp, Value value) {}

  /**
   * State of an {@link AddWinsSet}: the live entries ordered by id, and the last id seen of each
   * replica, ordered by replica.
   */
  record OfSet(List<SetEntry> entries, List<ElementId> seen) implements State {
    public OfSet {
      entries = List.copyOf(entries);
      seen = List.copyOf(seen);
    }
  }

  /** One entry of an {@link AddWinsSet}. */
  record SetEntry(ElementId id, Value value) {}

  /** State of a {@link Counter}: what was added and what of it was reset, ordered by replica. */
  record OfCounter(List<Contribution> added, List<Contribution> reset) implements State {
    public OfCounter {
      added = List.copyOf(added);
      reset = List.copyOf(reset);
    }
  }

  /** State of an {@link LwwMap}: every key ever written, in code point order. */
  record OfMap(List<MapEntry> entries) implements State {
    public OfMap {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One key of an {@link LwwMap}.
   *
   * @param stamp the greatest stamp written to the key
   * @param cleared whether that write was hidden by a clear that observed it
   * @param content what is there; null when removed or cleared
   */
  record MapEntry(String key, Stamp stamp, boolean cleared, @Nullable Content content) {}

  /** State of a {@link Text}: its runs from start to end, each as long as it can be. */
  final class OfText implements State {
    private final RunColumns columns;
    private final String visible;

    /**
     * A state of these runs.
     *
     * @param visible the units of all runs that are not deleted, one after another
     */
    public OfText(RunColumns columns, String visible) {
      this.columns = columns;
      this.visible = visible;
    }

    /** A state of these runs. */
    public OfText(List<TextRun> runs) {
      RunColumns.Builder builder = new RunColumns.Builder(runs.size());
      StringBuilder text = new StringBuilder();
      for (TextRun run : runs) {
        String units = run.text();
        builder.add(run.first(), run.length(), units == null, run.left(), run.right());
        text.append(units == null ? "" : units);
      }
      this.columns = builder.build();
      this.visible = text.toString();
    }

    /** The runs. */
    public RunColumns columns() {
      return columns;
    }

    /** The units of all runs that are not deleted, one after another. */
    public String visible() {
      return visible;
    }

    /** The runs as objects. Linear. */
    public List<TextRun> runs() {
      ArrayList<TextRun> runs = new ArrayList<>(columns.size());
      int offset = 0;
      for (int i = 0; i < columns.size(); i++) {
        String text = null;
        if (!columns.isDeleted(i)) {
          text = visible.substring(offset, offset + columns.length(i));
          offset += columns.length(i);
        }
        runs.add(
            new TextRun(
                columns.first(i), columns.length(i), columns.left(i), columns.right(i), text));
      }
      return List.copyOf(runs);
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof OfText other
          && columns.equals(other.columns)
          && visible.equals(other.visible);
    }

    @Override
    public int hashCode() {
      return 31 * columns.hashCode() + visible.hashCode();
    }

    @Override
    public String toString() {
      return "OfText" + runs();
    }
  }

  /**
   * Units with consecutive ids that stand side by side, each after the first having the one before
   * it as left origin and all the same right origin, all deleted or none.
   *
   * @param text the units, null when deleted; as long as {@code length}
   */
  record TextRun(
      ElementId first,
      int length,
      @Nullable ElementId left,
      @Nullable ElementId right,
      @Nullable String text) {}

  /**
   * State of a {@link dev.plait.crdt.List}: its runs from start to end, which hold elements and the
   * positions that elements were moved to, and what is known of moved and replaced elements.
   *
   * <p>An element that was moved is where its position is; where it was inserted it counts as
   * deleted, and so does every position but the last of each element.
   */
  final class OfList implements State {
    private final RunColumns columns;
    private final List<Content> visible;
    private final List<ElementRange> positions;
    private final List<MovedElement> moved;
    private final List<ReplacedElement> replaced;

    /**
     * A state of these runs.
     *
     * @param visible what all runs that are not deleted show, one after another
     * @param positions the ids in the runs that are positions, in ascending order, as few ranges as
     *     can be
     * @param moved the elements that were moved and not deleted, in ascending order
     * @param replaced the elements that were replaced and not deleted, in ascending order
     */
    public OfList(
        RunColumns columns,
        List<Content> visible,
        List<ElementRange> positions,
        List<MovedElement> moved,
        List<ReplacedElement> replaced) {
      this.columns = columns;
      this.visible = List.copyOf(visible);
      this.positions = List.copyOf(positions);
      this.moved = List.copyOf(moved);
      this.replaced = List.copyOf(replaced);
    }

    /** A state of these runs, without anything moved or replaced. */
    public OfList(RunColumns columns, List<Content> visible) {
      this(columns, visible, List.of(), List.of(), List.of());
    }

    /** A state of these runs, without anything moved or replaced. */
    public OfList(List<ListRun> runs) {
      RunColumns.Builder builder = new RunColumns.Builder(runs.size());
      ArrayList<Content> items = new ArrayList<>();
      for (ListRun run : runs) {
        List<Content> elements = run.items();
        builder.add(run.first(), run.length(), elements == null, run.left(), run.right());
        items.addAll(elements == null ? List.of() : elements);
      }
      this.columns = builder.build();
      this.visible = List.copyOf(items);
      this.positions = List.of();
      this.moved = List.of();
      this.replaced = List.of();
    }

    /** The runs. */
    public RunColumns columns() {
      return columns;
    }

    /** What all runs that are not deleted show, one after another. */
    public List<Content> visible() {
      return visible;
    }

    /** The ids in the runs that are positions, not elements, in ascending order. */
    public List<ElementRange> positions() {
      return positions;
    }

    /** The elements that were moved and not deleted, in ascending order. */
    public List<MovedElement> moved() {
      return moved;
    }

    /** The elements that were replaced and not deleted, in ascending order. */
    public List<ReplacedElement> replaced() {
      return replaced;
    }

    /** The runs as objects. Linear. */
    public List<ListRun> runs() {
      ArrayList<ListRun> runs = new ArrayList<>(columns.size());
      int offset = 0;
      for (int i = 0; i < columns.size(); i++) {
        List<Content> items = null;
        if (!columns.isDeleted(i)) {
          items = visible.subList(offset, offset + columns.length(i));
          offset += columns.length(i);
        }
        runs.add(
            new ListRun(
                columns.first(i), columns.length(i), columns.left(i), columns.right(i), items));
      }
      return List.copyOf(runs);
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof OfList other
          && columns.equals(other.columns)
          && visible.equals(other.visible)
          && positions.equals(other.positions)
          && moved.equals(other.moved)
          && replaced.equals(other.replaced);
    }

    @Override
    public int hashCode() {
      return Objects.hash(columns, visible, positions, moved, replaced);
    }

    @Override
    public String toString() {
      return "OfList"
          + runs()
          + (positions.isEmpty() ? "" : ", positions " + positions + ", moved " + moved)
          + (replaced.isEmpty() ? "" : ", replaced " + replaced);
    }
  }

  /** Where an element was moved to: the position that the greatest stamp gave it. */
  record MovedElement(ElementId element, Stamp stamp, ElementId position) {}

  /** When an element was replaced: the greatest stamp that did. */
  record ReplacedElement(ElementId element, Stamp stamp) {}

  /**
   * A run of list elements, as {@link TextRun}.
   *
   * @param items the elements, null when deleted; as many as {@code length}
   */
  record ListRun(
      ElementId first,
      int length,
      @Nullable ElementId left,
      @Nullable ElementId right,
      @Nullable List<Content> items) {
    public ListRun {
      items = items == null ? null : List.copyOf(items);
    }
  }
}
