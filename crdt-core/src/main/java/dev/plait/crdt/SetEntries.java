package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/*
 * Rows instead of objects. With an object for each entry, its id and its two places in hash maps, an
 * edit of a large set follows a dozen references into memory that no cache holds, and that is what
 * it then costs. Here an entry is a row, which has a line of five longs: its sequence number, its
 * owner and the hash of its value, its links, and what can be said of the value itself in sixteen bytes,
 * which of most is all (PackedValue). So the value is mostly looked at without going to the object. An
 * entry is found by value and by id through a RowIndex each. The one by id is made when it is first
 * asked for: who edits alone, or hears of new members only, never does.
 *
 * The entries of one value form a chain of rows, of which the index by value knows the first, so the
 * usual single entry needs nothing more, and any entry leaves a chain in constant time.
 *
 * Sequence numbers of one author are mostly asked for in a row, so four of them are side by side in the
 * index by id: the hash mixes all but their last two bits.
 *
 * Rows that were left are used again, the last one first. What is in which row thus depends on what
 * was done in which order, and nothing that leaves here may.
 */
/**
 * The entries of an {@link AddWinsSet}, found by id and by value in expected constant time. Notes
 * for a {@link Rollback} what came and went. Not thread-safe.
 */
final class SetEntries implements Undo {
  private static final Comparator<State.SetEntry> ORDER = Comparator.comparing(State.SetEntry::id);

  /** In place of a row: none. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 2;

  // Many containers stay empty, and most stay small: what holds nothing takes nothing.
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};
  private static final @Nullable Value[] NO_VALUES = {};

  // What a row takes in the lines.
  private static final int WIDTH = 5;
  private static final int SEQ = 0;
  private static final int OWNER_AND_HASH = 1;
  private static final int NEXT_AND_PREVIOUS = 2;
  private static final int LOW = 3;
  private static final int HIGH = 4;

  private static final int HALF = 32;
  private static final long LOWER_HALF = 0xffff_ffffL;

  /** Beside so many rows there is one more, lest the first add to an opened set copies all. */
  private static final int SPARE = 16;

  private static final int NEIGHBOUR_BITS = 2;

  private final Owners owners = new Owners();

  /** Of all rows, once somebody asked for one by its id. */
  private final RowIndex byId = new RowIndex();

  private boolean indexed;
  private int size;
  private final RowIndex byValue = new RowIndex();
  private @Nullable Value[] values = NO_VALUES;
  private long[] lines = NO_LONGS;
  private final PackedValue wanted = new PackedValue();

  /** Whether somebody chose values for their hashes, so that better ones are needed. */
  private boolean guarded;

  /** Rows from here on were never used. */
  private int fresh;

  /** The first of the rows that were left, chained as their next ones. */
  private int free = NONE;

  // The journal: an owner's number if that entry came, its complement if it went.
  private int[] journalOwners = NO_INTS;
  private long[] journalSeqs = NO_LONGS;
  private @Nullable Value[] journalValues = NO_VALUES;
  private int journal;

  // ---- looking

  /** How many entries there are. */
  int size() {
    return size;
  }

  /** How many distinct values there are. */
  int distinct() {
    return byValue.size();
  }

  boolean holds(Value value) {
    return head(value, hash(value)) != NONE;
  }

  /** The value of an entry; null if it is not here. */
  @Nullable Value find(ElementId id) {
    int row = row(id);
    return row == NONE ? null : values[row];
  }

  private int row(ElementId id) {
    return row(id.replica(), id.seq());
  }

  /** The row of an entry; {@link #NONE} if it is not here. */
  int row(ReplicaId replica, long seq) {
    int owner = owners.find(replica);
    return owner < 0 ? NONE : row(owner, seq);
  }

  private int row(int owner, long seq) {
    if (!indexed) {
      index();
    }
    int hash = hash(owner, seq);
    for (int slot = byId.first(hash); slot >= 0; slot = byId.next(slot, hash)) {
      int row = byId.row(slot);
      if (seq(row) == seq && owner(row) == owner) {
        return row;
      }
    }
    return NONE;
  }

  /** The row of one of the entries of a value; {@link #NONE} if it has none. */
  int any(Value value) {
    return head(value, hash(value));
  }

  /** Whether the value of a row has no other entry. */
  boolean isOnly(int row) {
    return lines[row * WIDTH + NEXT_AND_PREVIOUS] == chain(NONE, NONE);
  }

  private long seq(int row) {
    return lines[row * WIDTH + SEQ];
  }

  private int owner(int row) {
    return (int) (lines[row * WIDTH + OWNER_AND_HASH] >>> HALF);
  }

  private int hash(int row) {
    return (int) lines[row * WIDTH + OWNER_AND_HASH];
  }

  private int next(int row) {
    return (int) (lines[row * WIDTH + NEXT_AND_PREVIOUS] >>> HALF);
  }

  private int previous(int row) {
    return (int) lines[row * WIDTH + NEXT_AND_PREVIOUS];
  }

  private static long chain(int next, int previous) {
    return (long) next << HALF | (previous & LOWER_HALF);
  }

  private void link(int row, int next, int previous) {
    lines[row * WIDTH + NEXT_AND_PREVIOUS] = chain(next, previous);
  }

  private void name(int row, long seq, int owner, int hash) {
    lines[row * WIDTH + SEQ] = seq;
    lines[row * WIDTH + OWNER_AND_HASH] = (long) owner << HALF | (hash & LOWER_HALF);
  }

  Value value(int row) {
    return Objects.requireNonNull(values[row]);
  }

  /** The first row of the chain of a value. */
  private int head(Value value, int hash) {
    int slot = headSlot(value, hash);
    return slot < 0 ? NONE : byValue.row(slot);
  }

  /** The slot of the first row of the chain of a value, which is packed then; -1 if none is. */
  private int headSlot(Value value, int hash) {
    wanted.pack(value);
    int slot = byValue.first(hash);
    while (slot >= 0 && !holds(byValue.row(slot), value)) {
      slot = byValue.next(slot, hash);
    }
    return slot;
  }

  /** Whether a row is of the value that was packed last. */
  private boolean holds(int row, Value value) {
    return lines[row * WIDTH + LOW] == wanted.low
        && lines[row * WIDTH + HIGH] == wanted.high
        && (wanted.isWhole() || value.equals(values[row]));
  }

  private int hash(Value value) {
    return guarded ? SaltedHash.of(value) : SaltedHash.quick(value.hashCode());
  }

  private void index() {
    indexed = true;
    byId.reserve(size);
    for (int row = 0; row < fresh; row++) {
      if (values[row] != null) {
        byId.add(hash(owner(row), seq(row)), row);
      }
    }
  }

  private static int hash(int owner, long seq) {
    int block = SaltedHash.of(owner, seq >>> NEIGHBOUR_BITS);
    return (block << NEIGHBOUR_BITS) | ((int) seq & ((1 << NEIGHBOUR_BITS) - 1));
  }

  /** Visits the distinct values, in no order to rely on. */
  void forEachValue(Consumer<? super Value> visitor) {
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null && previous(row) == NONE) {
        visitor.accept(value);
      }
    }
  }

  /** Visits all ids, each as its replica and sequence number, in no order to rely on. */
  void forEachId(ObjLongConsumer<? super ReplicaId> visitor) {
    for (int row = 0; row < fresh; row++) {
      if (values[row] != null) {
        visitor.accept(owners.get(owner(row)), seq(row));
      }
    }
  }

  /** All ids that were seen elsewhere, in no order to rely on. */
  List<ElementId> coveredBy(SeenIds elsewhere) {
    long[] last = new long[owners.size()];
    for (int owner = 0; owner < last.length; owner++) {
      last[owner] = elsewhere.last(owners.get(owner));
    }
    ArrayList<ElementId> covered = new ArrayList<>();
    for (int row = 0; row < fresh; row++) {
      if (values[row] != null && seq(row) <= last[owner(row)]) {
        covered.add(id(row));
      }
    }
    return covered;
  }

  ElementId id(int row) {
    return new ElementId(owners.get(owner(row)), seq(row));
  }

  /** All entries, ordered by id. */
  List<State.SetEntry> ordered() {
    ArrayList<State.SetEntry> entries = new ArrayList<>(size());
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null) {
        entries.add(new State.SetEntry(id(row), value));
      }
    }
    entries.sort(ORDER);
    return entries;
  }

  // ---- changing

  /** Makes room for so many entries more. */
  void reserve(int more) {
    byValue.reserve(distinct() + more);
    int rows = fresh + more;
    if (rows > values.length) {
      resize(rows + rows / SPARE);
    }
  }

  /** Adds an entry whose id is not here. */
  void add(ElementId id, Value value, @Nullable Rollback rollback) {
    add(id.replica(), id.seq(), value, rollback);
  }

  /** Adds an entry whose id is not here. */
  void add(ReplicaId replica, long seq, Value value, @Nullable Rollback rollback) {
    int owner = owners.number(replica);
    note(owner, seq, value, rollback);
    add(owner, seq, value);
  }

  /** Adds an entry of a value of which {@link #any} has just found none. */
  void addFirst(ElementId id, Value value, @Nullable Rollback rollback) {
    int owner = owners.number(id.replica());
    note(owner, id.seq(), value, rollback);
    int hash = uncrowded(value, hash(value));
    int row = place(owner, id.seq(), value, hash);
    link(row, NONE, NONE);
    byValue.add(hash, row);
  }

  private void add(int owner, long seq, Value value) {
    int hash = uncrowded(value, hash(value));
    int slot = headSlot(value, hash);
    int row = place(owner, seq, value, hash);
    if (slot < 0) {
      link(row, NONE, NONE);
      byValue.add(hash, row);
    } else {
      int head = byValue.row(slot);
      link(row, head, NONE);
      link(head, next(head), row);
      byValue.replace(slot, row);
    }
  }

  /** The hash to use for a value, once too many others were found to have this one. */
  private int uncrowded(Value value, int hash) {
    if (guarded || !byValue.isCrowded(hash)) {
      return hash;
    }
    guard();
    return hash(value);
  }

  /** A row for the value that was packed last, which no chain holds yet. */
  private int place(int owner, long seq, Value value, int hash) {
    int row = takeRow();
    values[row] = value;
    name(row, seq, owner, hash);
    lines[row * WIDTH + LOW] = wanted.low;
    lines[row * WIDTH + HIGH] = wanted.high;
    size++;
    if (indexed) {
      byId.add(hash(owner, seq), row);
    }
    return row;
  }

  private void guard() {
    guarded = true;
    byValue.clear();
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null) {
        int hash = hash(value);
        name(row, seq(row), owner(row), hash);
        if (previous(row) == NONE) {
          byValue.add(hash, row);
        }
      }
    }
  }

  private int takeRow() {
    int row = free;
    if (row != NONE) {
      free = next(row);
      return row;
    }
    if (fresh == values.length) {
      resize(Math.max(FIRST_CAPACITY, 2 * fresh));
    }
    return fresh++;
  }

  private void resize(int rows) {
    values = Arrays.copyOf(values, rows);
    lines = Arrays.copyOf(lines, rows * WIDTH);
  }

  /** Removes an entry; the value it had, or null if it is not here. */
  @Nullable Value remove(ElementId id, @Nullable Rollback rollback) {
    int row = row(id);
    if (row == NONE) {
      return null;
    }
    Value value = values[row];
    remove(row, rollback);
    return value;
  }

  /** Gives an entry another id, which is not here: what adding a member again comes to. */
  void renew(int row, ReplicaId replica, long seq, @Nullable Rollback rollback) {
    int before = owner(row);
    int owner = owners.number(replica);
    note(~before, seq(row), values[row], rollback);
    note(owner, seq, values[row], rollback);
    if (indexed) {
      byId.remove(byId.slotOf(hash(before, seq(row)), row));
      byId.add(hash(owner, seq), row);
    }
    name(row, seq, owner, hash(row));
  }

  /** Removes all entries of a value; their ids, in order. */
  List<ElementId> removeAll(Value value, @Nullable Rollback rollback) {
    int row = head(value, hash(value));
    if (row == NONE) {
      return List.of();
    }
    int next = next(row);
    ElementId first = id(row);
    remove(row, rollback);
    if (next == NONE) {
      return List.of(first);
    }
    ArrayList<ElementId> ids = new ArrayList<>(List.of(first));
    while (next != NONE) {
      row = next;
      next = next(row);
      ids.add(id(row));
      remove(row, rollback);
    }
    ids.sort(null);
    return ids;
  }

  void remove(int row, @Nullable Rollback rollback) {
    int owner = owner(row);
    note(~owner, seq(row), values[row], rollback);
    remove(row, owner);
  }

  private void remove(int row, int owner) {
    int next = next(row);
    int previous = previous(row);
    if (next != NONE) {
      link(next, next(next), previous);
    }
    if (previous != NONE) {
      link(previous, next, previous(previous));
    } else {
      int slot = byValue.slotOf(hash(row), row);
      if (next != NONE) {
        byValue.replace(slot, next);
      } else {
        byValue.remove(slot);
      }
    }
    if (indexed) {
      byId.remove(byId.slotOf(hash(owner, seq(row)), row));
    }
    size--;
    values[row] = null;
    link(row, free, NONE);
    free = row;
  }

  // ---- the way back

  private void note(int owner, long seq, @Nullable Value value, @Nullable Rollback rollback) {
    if (rollback == null) {
      return;
    }
    rollback.add(this, journal);
    if (journal == journalSeqs.length) {
      int larger = Math.max(FIRST_CAPACITY, 2 * journal);
      journalOwners = Arrays.copyOf(journalOwners, larger);
      journalSeqs = Arrays.copyOf(journalSeqs, larger);
      journalValues = Arrays.copyOf(journalValues, larger);
    }
    journalOwners[journal] = owner;
    journalSeqs[journal] = seq;
    journalValues[journal] = value;
    journal++;
  }

  @Override
  public void undo(long mark) {
    while (journal > mark) {
      journal--;
      int owner = journalOwners[journal];
      Value value = journalValues[journal];
      if (owner >= 0) {
        remove(row(owner, journalSeqs[journal]), owner);
      } else if (value != null) {
        add(~owner, journalSeqs[journal], value);
      }
      journalValues[journal] = null;
    }
  }

  @Override
  public void forgotten() {
    if (journal > 0) {
      Arrays.fill(journalValues, 0, journal, null);
      journal = 0;
    }
  }

  // ---- tests

  void checkInvariants() {
    int chained = 0;
    int heads = 0;
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null) {
        require(row(owner(row), seq(row)) == row, "is not found by its id", row);
        chained++;
        if (previous(row) == NONE) {
          heads++;
          checkChain(row, value);
        }
      }
    }
    if (chained != size || (indexed && size != byId.size()) || heads != byValue.size()) {
      throw new IllegalStateException(
          chained
              + " rows with "
              + heads
              + " values, but "
              + size
              + " and "
              + byValue.size()
              + " are indexed");
    }
  }

  private void checkChain(int head, Value value) {
    require(head(value, hash(value)) == head, "is not found by its value", head);
    int previous = NONE;
    for (int row = head; row != NONE; row = next(row)) {
      require(previous(row) == previous, "is not chained both ways", row);
      require(value.equals(values[row]), "is in a foreign chain", row);
      previous = row;
    }
  }

  private void require(boolean condition, String fault, int row) {
    if (!condition) {
      throw new IllegalStateException(id(row) + " of " + values[row] + " " + fault);
    }
  }
}
