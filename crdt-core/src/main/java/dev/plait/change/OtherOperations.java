package dev.plait.change;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Why columns here too. As an object a write of a map is a record with a stamp, in which there is a
 * time; what it says that its change does not say already is a key and what is put there. Kept as
 * history, such objects are what the collector copies around while the next ones are made, and what the
 * processor waits for. So the writes of maps and the edits of sets, which come in great numbers, are a
 * line of each column:
 *
 *   kind      what     beside            seq
 *   PUT       key      content           -
 *   TAKE      key      -                 -
 *   ADD       value    replica, or none  seq      of the one entry that it replaces
 *   REMOVE    replica  -                 seq      of the one entry that it takes away
 *   OBJECT    the operation itself
 *
 * The stamp of a write and the id of an entry follow from the change and the place in it. One that
 * carries another is kept as it is, as an object: whoever checks it shall find that out.
 */
/**
 * The operations of {@link OperationRows} that are not on text, one after another. Not thread-safe.
 */
public final class OtherOperations {
  /** Any operation, kept as an object. */
  public static final int OBJECT = 0;

  /** An {@link Operation.MapPut}. */
  public static final int PUT = 1;

  /** An {@link Operation.MapRemove}. */
  public static final int TAKE = 2;

  /** An {@link Operation.SetAdd} that replaces one entry at most. */
  public static final int ADD = 3;

  /** An {@link Operation.SetRemove} of one entry. */
  public static final int REMOVE = 4;

  private static final int FIRST_CAPACITY = 2;
  private static final byte[] NO_KINDS = {};
  private static final Object[] NO_OBJECTS = {};
  private static final long[] NO_SEQS = {};

  private byte[] kinds = NO_KINDS;
  private Object[] what = NO_OBJECTS;
  private @Nullable Object[] beside = NO_OBJECTS;

  /** As long as the others once an entry was named. */
  private long[] seqs = NO_SEQS;

  private int size;

  OtherOperations() {}

  // ---- what there is

  /** How many operations there are. */
  public int size() {
    return size;
  }

  /** What an operation is: {@link #PUT}, {@link #ADD}, … */
  public int kind(int index) {
    return kinds[index];
  }

  /** The key of a {@link #PUT} or {@link #TAKE}. */
  public String key(int index) {
    return (String) what[index];
  }

  /** What a {@link #PUT} puts; null for a {@link #TAKE}. */
  public @Nullable Content content(int index) {
    return (Content) beside[index];
  }

  /** The member that an {@link #ADD} adds. */
  public Value value(int index) {
    return (Value) what[index];
  }

  /** Whose entry an {@link #ADD} replaces, if it replaces one, or a {@link #REMOVE} takes away. */
  public @Nullable ReplicaId replica(int index) {
    return (ReplicaId) (kinds[index] == REMOVE ? what[index] : beside[index]);
  }

  /** The sequence number that goes with {@link #replica}. */
  public long seq(int index) {
    return seqs[index];
  }

  /** An operation kept as an {@link #OBJECT}. */
  public Operation object(int index) {
    return (Operation) what[index];
  }

  /** How many ids an operation uses. */
  public int idsUsed(int index) {
    return switch (kinds[index]) {
      case OBJECT -> object(index).idsUsed();
      case ADD -> 1;
      default -> 0;
    };
  }

  /**
   * An operation as an object.
   *
   * @param author whose change it belongs to
   * @param time when that was made, as bits of a {@link HybridTimestamp}
   * @param ordinal how many operations of the change come before it
   * @param nextSeq the sequence number of the first id it uses, or would use
   */
  public Operation operation(int index, ReplicaId author, long time, int ordinal, long nextSeq) {
    return switch (kinds[index]) {
      case PUT -> put(index, new Stamp(new HybridTimestamp(time), author, ordinal));
      case TAKE ->
          new Operation.MapRemove(
              new Stamp(new HybridTimestamp(time), author, ordinal), key(index));
      case ADD ->
          new Operation.SetAdd(new ElementId(author, nextSeq), value(index), entries(index));
      case REMOVE -> new Operation.SetRemove(entries(index));
      default -> object(index);
    };
  }

  private Operation put(int index, Stamp stamp) {
    Content content = content(index);
    if (content == null) {
      throw new IllegalStateException("operation " + index + " puts nothing");
    }
    return new Operation.MapPut(stamp, key(index), content);
  }

  private List<ElementId> entries(int index) {
    ReplicaId replica = replica(index);
    return replica == null ? List.of() : List.of(new ElementId(replica, seqs[index]));
  }

  // ---- adding

  /** Adds an operation as an object, or in columns if its place says the rest; see above. */
  void add(Operation operation, ReplicaId author, long time, int ordinal, long nextSeq) {
    if (operation instanceof Operation.MapPut put
        && isImplied(put.stamp(), author, time, ordinal)) {
      addPut(put.key(), put.content());
    } else if (operation instanceof Operation.MapRemove remove
        && isImplied(remove.stamp(), author, time, ordinal)) {
      addTake(remove.key());
    } else if (operation instanceof Operation.SetAdd add
        && add.replaces().size() <= 1
        && add.id().seq() == nextSeq
        && add.id().replica().equals(author)) {
      if (add.replaces().isEmpty()) {
        addAdd(add.value(), null, 0);
      } else {
        ElementId replaced = add.replaces().get(0);
        addAdd(add.value(), replaced.replica(), replaced.seq());
      }
    } else if (operation instanceof Operation.SetRemove remove && remove.observed().size() == 1) {
      ElementId observed = remove.observed().get(0);
      addRemove(observed.replica(), observed.seq());
    } else {
      addObject(operation);
    }
  }

  private static boolean isImplied(Stamp stamp, ReplicaId author, long time, int ordinal) {
    return stamp.ordinal() == ordinal
        && stamp.time().bits() == time
        && stamp.replica().equals(author);
  }

  void addObject(Operation operation) {
    add(OBJECT, operation, null);
  }

  void addPut(String key, Content content) {
    add(PUT, key, content);
  }

  void addTake(String key) {
    add(TAKE, key, null);
  }

  void addAdd(Value value, @Nullable ReplicaId replaced, long seq) {
    addNaming(ADD, value, replaced, seq);
  }

  void addRemove(ReplicaId observed, long seq) {
    addNaming(REMOVE, observed, null, seq);
  }

  /** Adds an operation of others. */
  void add(OtherOperations others, int index) {
    int kind = others.kinds[index];
    if (kind >= ADD) {
      addNaming(kind, others.what[index], others.beside[index], others.seqs[index]);
    } else {
      add(kind, others.what[index], others.beside[index]);
    }
  }

  private void addNaming(int kind, Object named, @Nullable Object second, long seq) {
    add(kind, named, second);
    if (seqs.length < kinds.length) {
      seqs = Arrays.copyOf(seqs, kinds.length);
    }
    seqs[size - 1] = seq;
  }

  private void add(int kind, Object first, @Nullable Object second) {
    if (size == kinds.length) {
      int capacity = Math.max(FIRST_CAPACITY, 2 * size);
      kinds = Arrays.copyOf(kinds, capacity);
      what = Arrays.copyOf(what, capacity);
      beside = Arrays.copyOf(beside, capacity);
    }
    kinds[size] = (byte) kind;
    what[size] = first;
    beside[size] = second;
    size++;
  }

  // ---- taking back

  void removeLast() {
    clear(size - 1);
  }

  void clear() {
    clear(0);
  }

  private void clear(int from) {
    Arrays.fill(what, from, size, null);
    Arrays.fill(beside, from, size, null);
    size = from;
  }
}
