package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replica did to one container, in a form that every other replica can repeat.
 *
 * <p>An operation is immutable and complete in itself: it can be kept, shipped in any encoding, and
 * applied by {@code apply} of the type it belongs to. Operations of one replica must be applied in
 * the order they were made, and after everything their maker had seen (causal order); then
 * concurrent operations commute and repeated ones change nothing.
 */
public sealed interface Operation {

  /** How many element ids the operation uses up: one for each thing it makes. */
  default int idsUsed() {
    return 0;
  }

  /** The first id the operation uses; null if it uses none. */
  default @Nullable ElementId firstId() {
    return null;
  }

  /** The stamp the operation carries; null if it carries none. */
  default @Nullable Stamp stampOrNull() {
    return null;
  }

  /** {@link LwwRegister}: writes {@code value}; the greatest stamp wins. */
  record RegisterWrite(Stamp stamp, Value value) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }

  /** {@link LwwRegister}: hides the write {@code observed} and everything it had beaten. */
  record RegisterClear(Stamp observed) implements Operation {}

  /** {@link MvRegister}: adds a value and takes away the writes its maker saw. */
  record MvWrite(Stamp stamp, Value value, List<Stamp> supersedes) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }

    public MvWrite {
      supersedes = List.copyOf(supersedes);
    }
  }

  /** {@link MvRegister}: takes away the writes its maker saw. */
  record MvClear(List<Stamp> observed) implements Operation {
    public MvClear {
      observed = List.copyOf(observed);
    }
  }

  /**
   * {@link AddWinsSet}: a new entry for {@code value} in place of those its maker saw for the same
   * value.
   */
  record SetAdd(ElementId id, Value value, List<ElementId> replaces) implements Operation {
    @Override
    public int idsUsed() {
      return 1;
    }

    @Override
    public ElementId firstId() {
      return id;
    }

    public SetAdd {
      replaces = List.copyOf(replaces);
    }
  }

  /** {@link AddWinsSet}: takes away exactly the entries its maker saw. */
  record SetRemove(List<ElementId> observed) implements Operation {
    public SetRemove {
      observed = List.copyOf(observed);
    }
  }

  /** {@link Counter}: adds {@code amount}, which may be negative but not zero. */
  record CounterAdd(Stamp stamp, long amount) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }

  /** {@link Counter}: takes away exactly the contributions its maker saw. */
  record CounterReset(List<Contribution> observed) implements Operation {
    public CounterReset {
      observed = List.copyOf(observed);
    }
  }

  /** {@link LwwMap}: puts a value or the marker of a child container under {@code key}. */
  record MapPut(Stamp stamp, String key, Content content) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }

  /** {@link LwwMap}: takes {@code key} away; the greatest stamp of a put or remove wins. */
  record MapRemove(Stamp stamp, String key) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }

  /**
   * {@link LwwMap}: hides the write {@code observed} of {@code key} and everything it had beaten.
   */
  record MapClear(String key, Stamp observed) implements Operation {}

  /**
   * {@link Text}: inserts the units of {@code text}, the first named {@code first}, the others with
   * the ids that follow; {@code left} is null for the start, {@code right} for the end.
   */
  record TextInsert(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, String text)
      implements Operation {
    @Override
    public int idsUsed() {
      return text.length();
    }

    @Override
    public ElementId firstId() {
      return first;
    }
  }

  /** {@link Text}: deletes the named units, for good. */
  record TextDelete(List<ElementRange> ranges) implements Operation {
    public TextDelete {
      ranges = List.copyOf(ranges);
    }
  }

  /** {@link dev.plait.crdt.List}: inserts elements, named and placed as in {@link TextInsert}. */
  record ListInsert(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, List<Content> items)
      implements Operation {
    @Override
    public int idsUsed() {
      return items.size();
    }

    @Override
    public ElementId firstId() {
      return first;
    }

    public ListInsert {
      items = List.copyOf(items);
    }
  }

  /** {@link dev.plait.crdt.List}: deletes the named elements, for good. */
  record ListDelete(List<ElementRange> ranges) implements Operation {
    public ListDelete {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * {@link dev.plait.crdt.List}: replaces what an element holds; the greatest stamp wins, and a
   * deleted element stays deleted. A child container that the element held is not shown any more,
   * whatever is edited in it.
   */
  record ListSet(Stamp stamp, ElementId element, Value value) implements Operation {
    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }

  /**
   * {@link dev.plait.crdt.List}: moves an element to a new position, which is named and placed as a
   * single element in {@link TextInsert}; the greatest stamp wins, and a deleted element stays
   * deleted.
   *
   * @param position the id of the position, not one of an element
   */
  record ListMove(
      Stamp stamp,
      ElementId element,
      ElementId position,
      @Nullable ElementId left,
      @Nullable ElementId right)
      implements Operation {
    @Override
    public int idsUsed() {
      return 1;
    }

    @Override
    public ElementId firstId() {
      return position;
    }

    @Override
    public Stamp stampOrNull() {
      return stamp;
    }
  }
}
