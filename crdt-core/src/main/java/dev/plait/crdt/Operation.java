package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Objects;
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
   * the ids that follow; {@code left} is null for the start, {@code right} for the end. One small
   * object: the ids are made when they are asked for.
   */
  final class TextInsert implements Operation {
    private final ReplicaId replica;
    private final long seq;
    private final @Nullable ReplicaId leftReplica;
    private final long leftSeq;
    private final @Nullable ReplicaId rightReplica;
    private final long rightSeq;
    private final String text;

    /** An insertion of {@code text} between {@code left} and {@code right}. */
    public TextInsert(
        ElementId first, @Nullable ElementId left, @Nullable ElementId right, String text) {
      this(
          first.replica(),
          first.seq(),
          left == null ? null : left.replica(),
          left == null ? 0 : left.seq(),
          right == null ? null : right.replica(),
          right == null ? 0 : right.seq(),
          text);
    }

    /**
     * An insertion, with replica and sequence number of each id apart.
     *
     * @param leftReplica null for the start
     * @param rightReplica null for the end
     */
    public TextInsert(
        ReplicaId replica,
        long seq,
        @Nullable ReplicaId leftReplica,
        long leftSeq,
        @Nullable ReplicaId rightReplica,
        long rightSeq,
        String text) {
      this.replica = replica;
      this.seq = seq;
      this.leftReplica = leftReplica;
      this.leftSeq = leftReplica == null ? 0 : leftSeq;
      this.rightReplica = rightReplica;
      this.rightSeq = rightReplica == null ? 0 : rightSeq;
      this.text = text;
    }

    /** The id of the first unit. */
    public ElementId first() {
      return new ElementId(replica, seq);
    }

    /** The left origin of the first unit; null for the start. */
    public @Nullable ElementId left() {
      return leftReplica == null ? null : new ElementId(leftReplica, leftSeq);
    }

    /** The right origin of all units; null for the end. */
    public @Nullable ElementId right() {
      return rightReplica == null ? null : new ElementId(rightReplica, rightSeq);
    }

    /** The units. */
    public String text() {
      return text;
    }

    @Override
    public int idsUsed() {
      return text.length();
    }

    @Override
    public ElementId firstId() {
      return first();
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof TextInsert other
          && seq == other.seq
          && leftSeq == other.leftSeq
          && rightSeq == other.rightSeq
          && replica.equals(other.replica)
          && Objects.equals(leftReplica, other.leftReplica)
          && Objects.equals(rightReplica, other.rightReplica)
          && text.equals(other.text);
    }

    @Override
    public int hashCode() {
      int hash = 31 * replica.hashCode() + Long.hashCode(seq);
      hash = 31 * hash + Long.hashCode(leftSeq);
      hash = 31 * hash + Long.hashCode(rightSeq);
      return 31 * hash + text.hashCode();
    }

    @Override
    public String toString() {
      return "TextInsert[first="
          + first()
          + ", left="
          + left()
          + ", right="
          + right()
          + ", text="
          + text
          + "]";
    }
  }

  /** {@link Text}: deletes the named units, for good. */
  final class TextDelete implements Operation {
    /** The owner of the only range; null if there are several, or none. */
    private final @Nullable ReplicaId owner;

    private final long seq;
    private final int length;
    private final List<ElementRange> ranges;

    /** A deletion of any number of ranges. */
    public TextDelete(List<ElementRange> ranges) {
      this.owner = null;
      this.seq = 0;
      this.length = 0;
      this.ranges = List.copyOf(ranges);
    }

    /** A deletion of one range: {@code length} units from an id on. */
    public TextDelete(ReplicaId owner, long seq, int length) {
      this.owner = owner;
      this.seq = seq;
      this.length = length;
      this.ranges = List.of();
    }

    /** The units to delete. */
    public List<ElementRange> ranges() {
      return owner == null ? ranges : List.of(new ElementRange(new ElementId(owner, seq), length));
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof TextDelete other && ranges().equals(other.ranges());
    }

    @Override
    public int hashCode() {
      return ranges().hashCode();
    }

    @Override
    public String toString() {
      return "TextDelete[ranges=" + ranges() + "]";
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
