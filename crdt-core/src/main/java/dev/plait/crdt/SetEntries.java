package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/*
 * Rows instead of objects. With an object for each entry, its id and its two places in hash maps, an
 * edit of a large set follows a dozen references into memory that no cache holds, and that is what
 * it then costs. Here an entry is a row with one line of numbers (SetRows), and these hold of the value
 * what can be said in sixteen bytes, which of most is all (PackedValue): an edit mostly looks at
 * no object. An entry is found by value and by id through a RowIndex each. The one by id is made when it is first
 * asked for: who edits alone, or hears of new members only, never does.
 *
 * The entries of one value form a chain of rows, of which the index by value knows the first, so the
 * usual single entry needs nothing more, and any entry leaves a chain in constant time.
 *
 * Sequence numbers of one author are mostly asked for in a row, so four of them are side by side in the
 * index by id: the hash mixes all but their last two bits.
 *
 * Rows that were left are used again (SetRows). What is in which row thus depends on what was done in
 * which order, and nothing that leaves here may.
 */
/**
 * The entries of an {@link AddWinsSet}, found by id and by value in expected constant time. Notes
 * for a {@link Rollback} what came and went. Not thread-safe.
 */
final class SetEntries implements Undo {
  private static final Comparator<State.SetEntry> ORDER = Comparator.comparing(State.SetEntry::id);

  /** In place of a row: none. */
  static final int NONE = SetRows.NONE;

  private static final int FIRST_CAPACITY = 2;

  // Many containers stay empty, and most stay small: what holds nothing takes nothing.
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};
  private static final @Nullable Value[] NO_VALUES = {};

  private static final int NEIGHBOUR_BITS = 2;

  private final Owners owners = new Owners();
  private final SetRows rows = new SetRows();
  private final RowIndex byValue = new RowIndex();

  /** Of all rows, once somebody asked for one by its id. */
  private final RowIndex byId = new RowIndex();

  private boolean indexed;

  /** The value that is edited. */
  private final PackedValue wanted = new PackedValue();

  /** Whether somebody chose values for their hashes, so that better ones are needed. */
  private boolean guarded;

  // The journal: an owner's number if that entry came, its complement if it went.
  private int[] journalOwners = NO_INTS;
  private long[] journalSeqs = NO_LONGS;
  private @Nullable Value[] journalValues = NO_VALUES;
  private int journal;

  // ---- looking

  /** How many entries there are. */
  int size() {
    return rows.size();
  }

  /** How many distinct values there are. */
  int distinct() {
    return byValue.size();
  }

  /** Whether a value has an entry. Safe beside others who ask the same. */
  boolean holds(Value value) {
    PackedValue packed = new PackedValue();
    packed.pack(value);
    return headSlot(packed, value, hash(value)) >= 0;
  }

  /** The value of an entry; null if it is not here. */
  @Nullable Value find(ElementId id) {
    int row = row(id);
    return row == NONE ? null : rows.value(row);
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
      if (rows.seq(row) == seq && rows.owner(row) == owner) {
        return row;
      }
    }
    return NONE;
  }

  /** The first row of the chain of a value; {@link #NONE} if it has no entry. */
  int head(Value value) {
    wanted.pack(value);
    int slot = headSlot(wanted, value, hash(value));
    return slot < 0 ? NONE : byValue.row(slot);
  }

  /** Whether the value of a row has no other entry. */
  boolean isOnly(int row) {
    return rows.isAlone(row);
  }

  Value value(int row) {
    return rows.value(row);
  }

  /** The slot of the first row of the chain of a value; -1 if there is none. */
  private int headSlot(PackedValue packed, Value value, int hash) {
    int slot = byValue.first(hash);
    while (slot >= 0 && !rows.holds(byValue.row(slot), packed, value)) {
      slot = byValue.next(slot, hash);
    }
    return slot;
  }

  private int hash(Value value) {
    return guarded ? SaltedHash.of(value) : SaltedHash.quick(value.hashCode());
  }

  private void index() {
    indexed = true;
    byId.reserve(rows.size());
    for (int row = 0; row < rows.end(); row++) {
      if (rows.isUsed(row)) {
        byId.add(hash(rows.owner(row), rows.seq(row)), row);
      }
    }
  }

  private static int hash(int owner, long seq) {
    int block = SaltedHash.of(owner, seq >>> NEIGHBOUR_BITS);
    return (block << NEIGHBOUR_BITS) | ((int) seq & ((1 << NEIGHBOUR_BITS) - 1));
  }

  /** Visits the distinct values, in no order to rely on. */
  void forEachValue(Consumer<? super Value> visitor) {
    for (int row = 0; row < rows.end(); row++) {
      Value value = rows.valueOrNull(row);
      if (value != null && rows.previous(row) == NONE) {
        visitor.accept(value);
      }
    }
  }

  /** Visits all ids, each as its replica and sequence number, in no order to rely on. */
  void forEachId(ObjLongConsumer<? super ReplicaId> visitor) {
    for (int row = 0; row < rows.end(); row++) {
      if (rows.isUsed(row)) {
        visitor.accept(owners.get(rows.owner(row)), rows.seq(row));
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
    for (int row = 0; row < rows.end(); row++) {
      if (rows.isUsed(row) && rows.seq(row) <= last[rows.owner(row)]) {
        covered.add(id(row));
      }
    }
    return covered;
  }

  ElementId id(int row) {
    return new ElementId(owners.get(rows.owner(row)), rows.seq(row));
  }

  /** All entries, ordered by id. */
  List<State.SetEntry> ordered() {
    ArrayList<State.SetEntry> entries = new ArrayList<>(size());
    for (int row = 0; row < rows.end(); row++) {
      Value value = rows.valueOrNull(row);
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
    rows.reserve(more);
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

  /** Adds an entry of a value of which {@link #head} has just found none. */
  void addFirst(ElementId id, Value value, @Nullable Rollback rollback) {
    int owner = owners.number(id.replica());
    note(owner, id.seq(), value, rollback);
    int hash = uncrowded(value, hash(value));
    byValue.add(hash, place(owner, id.seq(), value, hash));
  }

  private void add(int owner, long seq, Value value) {
    int hash = uncrowded(value, hash(value));
    wanted.pack(value);
    int slot = headSlot(wanted, value, hash);
    int row = place(owner, seq, value, hash);
    if (slot < 0) {
      byValue.add(hash, row);
    } else {
      int head = byValue.row(slot);
      rows.link(row, head, NONE);
      rows.link(head, rows.next(head), row);
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
    int row = rows.take(owner, seq, value, wanted, hash);
    if (indexed) {
      byId.add(hash(owner, seq), row);
    }
    return row;
  }

  private void guard() {
    guarded = true;
    byValue.clear();
    for (int row = 0; row < rows.end(); row++) {
      Value value = rows.valueOrNull(row);
      if (value != null) {
        int hash = hash(value);
        rows.name(row, rows.owner(row), rows.seq(row), hash);
        if (rows.previous(row) == NONE) {
          byValue.add(hash, row);
        }
      }
    }
  }

  /** Removes an entry; the value it had, or null if it is not here. */
  @Nullable Value remove(ElementId id, @Nullable Rollback rollback) {
    int row = row(id);
    if (row == NONE) {
      return null;
    }
    Value value = rows.value(row);
    remove(row, rollback);
    return value;
  }

  /** Gives an entry another id, which is not here: what adding a member again comes to. */
  void renew(int row, ReplicaId replica, long seq, @Nullable Rollback rollback) {
    int before = rows.owner(row);
    int owner = owners.number(replica);
    Value value = rows.value(row);
    note(~before, rows.seq(row), value, rollback);
    note(owner, seq, value, rollback);
    if (indexed) {
      byId.remove(byId.slotOf(hash(before, rows.seq(row)), row));
      byId.add(hash(owner, seq), row);
    }
    rows.name(row, owner, seq, rows.hash(row));
  }

  /** Removes all entries of a value; their ids, in order. */
  List<ElementId> removeAll(Value value, @Nullable Rollback rollback) {
    int row = head(value);
    if (row == NONE) {
      return List.of();
    }
    int next = rows.next(row);
    ElementId first = id(row);
    remove(row, rollback);
    if (next == NONE) {
      return List.of(first);
    }
    ArrayList<ElementId> ids = new ArrayList<>(List.of(first));
    while (next != NONE) {
      row = next;
      next = rows.next(row);
      ids.add(id(row));
      remove(row, rollback);
    }
    ids.sort(null);
    return ids;
  }

  void remove(int row, @Nullable Rollback rollback) {
    int owner = rows.owner(row);
    note(~owner, rows.seq(row), rows.value(row), rollback);
    remove(row, owner);
  }

  private void remove(int row, int owner) {
    if (rows.previous(row) == NONE) {
      int slot = byValue.slotOf(rows.hash(row), row);
      int next = rows.next(row);
      if (next != NONE) {
        byValue.replace(slot, next);
      } else {
        byValue.remove(slot);
      }
    }
    if (indexed) {
      byId.remove(byId.slotOf(hash(owner, rows.seq(row)), row));
    }
    rows.leave(row);
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
    for (int row = 0; row < rows.end(); row++) {
      Value value = rows.valueOrNull(row);
      if (value != null) {
        require(row(rows.owner(row), rows.seq(row)) == row, "is not found by its id", row);
        chained++;
        if (rows.previous(row) == NONE) {
          heads++;
          checkChain(row, value);
        }
      }
    }
    if (chained != size() || (indexed && chained != byId.size()) || heads != byValue.size()) {
      throw new IllegalStateException(
          chained
              + " rows with "
              + heads
              + " values, but "
              + byId.size()
              + " and "
              + byValue.size()
              + " are indexed");
    }
  }

  private void checkChain(int head, Value value) {
    require(head(value) == head, "is not found by its value", head);
    int previous = NONE;
    for (int row = head; row != NONE; row = rows.next(row)) {
      require(rows.previous(row) == previous, "is not chained both ways", row);
      require(value.equals(rows.value(row)), "is in a foreign chain", row);
      previous = row;
    }
  }

  private void require(boolean condition, String fault, int row) {
    if (!condition) {
      throw new IllegalStateException(id(row) + " of " + rows.valueOrNull(row) + " " + fault);
    }
  }
}
