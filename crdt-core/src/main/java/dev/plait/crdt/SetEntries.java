package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Rows instead of objects. With an object for each entry, its id and its two places in hash maps, an
 * edit of a large set follows a dozen references into memory that no cache holds, and that is what
 * it then costs. Here an entry is a row: its value, its sequence number and its links in an array each. An
 * entry is found by id and by value through a RowIndex each.
 *
 * The entries of one value form a chain of rows, of which the index by value knows the first, so the
 * usual single entry needs nothing more, and any entry leaves a chain in constant time.
 *
 * Sequence numbers of one author are mostly asked for in a row, so eight of them share a line of the
 * index by id: the hash mixes all but their last three bits.
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
  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 2;

  // Many containers stay empty, and most stay small: what holds nothing takes nothing.
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};
  private static final @Nullable Value[] NO_VALUES = {};

  // What a row takes in the links.
  private static final int WIDTH = 4;
  private static final int OWNER = 0;
  private static final int HASH = 1;
  private static final int NEXT = 2;
  private static final int PREVIOUS = 3;

  private static final int NEIGHBOUR_BITS = 3;

  private final Owners owners = new Owners();
  private final RowIndex byId = new RowIndex();
  private final RowIndex byValue = new RowIndex();
  private @Nullable Value[] values = NO_VALUES;
  private long[] seqs = NO_LONGS;
  private int[] links = NO_INTS;

  /** Whether somebody chose values for their hashes, so that better ones are needed. */
  private boolean guarded;

  /** Rows from here on were never used. */
  private int fresh;

  /** The first of the rows that were left, chained by {@link #NEXT}. */
  private int free = NONE;

  // The journal: an owner's number if that entry came, its complement if it went.
  private int[] journalOwners = NO_INTS;
  private long[] journalSeqs = NO_LONGS;
  private @Nullable Value[] journalValues = NO_VALUES;
  private int journal;

  // ---- looking

  /** How many entries there are. */
  int size() {
    return byId.size();
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

  private int row(ReplicaId replica, long seq) {
    int owner = owners.find(replica);
    return owner < 0 ? NONE : row(owner, seq);
  }

  private int row(int owner, long seq) {
    int hash = hash(owner, seq);
    for (int slot = byId.first(hash); slot >= 0; slot = byId.next(slot, hash)) {
      int row = byId.row(slot);
      if (seqs[row] == seq && links[row * WIDTH + OWNER] == owner) {
        return row;
      }
    }
    return NONE;
  }

  /** The first row of the chain of a value. */
  private int head(Value value, int hash) {
    for (int slot = byValue.first(hash); slot >= 0; slot = byValue.next(slot, hash)) {
      int row = byValue.row(slot);
      if (value.equals(values[row])) {
        return row;
      }
    }
    return NONE;
  }

  private int hash(Value value) {
    return guarded ? SaltedHash.of(value) : SaltedHash.quick(value.hashCode());
  }

  private static int hash(int owner, long seq) {
    int block = SaltedHash.of(owner, seq >>> NEIGHBOUR_BITS);
    return (block << NEIGHBOUR_BITS) | ((int) seq & ((1 << NEIGHBOUR_BITS) - 1));
  }

  /** Visits the distinct values, in no order to rely on. */
  void forEachValue(Consumer<? super Value> visitor) {
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null && links[row * WIDTH + PREVIOUS] == NONE) {
        visitor.accept(value);
      }
    }
  }

  /** Visits all ids, in no order to rely on. */
  void forEachId(Consumer<? super ElementId> visitor) {
    for (int row = 0; row < fresh; row++) {
      if (values[row] != null) {
        visitor.accept(id(row));
      }
    }
  }

  private ElementId id(int row) {
    return new ElementId(owners.get(links[row * WIDTH + OWNER]), seqs[row]);
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
    byId.reserve(size() + more);
    byValue.reserve(distinct() + more);
    if (fresh + more > seqs.length) {
      resize(fresh + more);
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

  private void add(int owner, long seq, Value value) {
    int hash = hash(value);
    if (!guarded && byValue.isCrowded(hash)) {
      guard();
      hash = hash(value);
    }
    int row = takeRow();
    int link = row * WIDTH;
    seqs[row] = seq;
    links[link + OWNER] = owner;
    links[link + HASH] = hash;
    links[link + PREVIOUS] = NONE;
    links[link + NEXT] = chain(value, hash, row);
    values[row] = value;
    byId.add(hash(owner, seq), row);
  }

  private void guard() {
    guarded = true;
    byValue.clear();
    for (int row = 0; row < fresh; row++) {
      Value value = values[row];
      if (value != null) {
        int hash = hash(value);
        links[row * WIDTH + HASH] = hash;
        if (links[row * WIDTH + PREVIOUS] == NONE) {
          byValue.add(hash, row);
        }
      }
    }
  }

  /** Puts a row before the others of its value; the first of these, or none. */
  private int chain(Value value, int hash, int row) {
    for (int slot = byValue.first(hash); slot >= 0; slot = byValue.next(slot, hash)) {
      int head = byValue.row(slot);
      if (value.equals(values[head])) {
        byValue.replace(slot, row);
        links[head * WIDTH + PREVIOUS] = row;
        return head;
      }
    }
    byValue.add(hash, row);
    return NONE;
  }

  private int takeRow() {
    int row = free;
    if (row != NONE) {
      free = links[row * WIDTH + NEXT];
      return row;
    }
    if (fresh == seqs.length) {
      resize(Math.max(FIRST_CAPACITY, 2 * fresh));
    }
    return fresh++;
  }

  private void resize(int rows) {
    values = Arrays.copyOf(values, rows);
    seqs = Arrays.copyOf(seqs, rows);
    links = Arrays.copyOf(links, rows * WIDTH);
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

  /** Removes an entry if it is here. */
  void remove(ReplicaId replica, long seq, @Nullable Rollback rollback) {
    int row = row(replica, seq);
    if (row != NONE) {
      remove(row, rollback);
    }
  }

  /** Removes all entries of a value; their ids, in order. */
  List<ElementId> removeAll(Value value, @Nullable Rollback rollback) {
    int row = head(value, hash(value));
    if (row == NONE) {
      return List.of();
    }
    int next = links[row * WIDTH + NEXT];
    ElementId first = id(row);
    remove(row, rollback);
    if (next == NONE) {
      return List.of(first);
    }
    ArrayList<ElementId> ids = new ArrayList<>(List.of(first));
    while (next != NONE) {
      row = next;
      next = links[row * WIDTH + NEXT];
      ids.add(id(row));
      remove(row, rollback);
    }
    ids.sort(null);
    return ids;
  }

  private void remove(int row, @Nullable Rollback rollback) {
    int owner = links[row * WIDTH + OWNER];
    note(~owner, seqs[row], values[row], rollback);
    remove(row, owner);
  }

  private void remove(int row, int owner) {
    int link = row * WIDTH;
    int next = links[link + NEXT];
    int previous = links[link + PREVIOUS];
    if (next != NONE) {
      links[next * WIDTH + PREVIOUS] = previous;
    }
    if (previous != NONE) {
      links[previous * WIDTH + NEXT] = next;
    } else {
      int slot = byValue.slotOf(links[link + HASH], row);
      if (next != NONE) {
        byValue.replace(slot, next);
      } else {
        byValue.remove(slot);
      }
    }
    byId.remove(byId.slotOf(hash(owner, seqs[row]), row));
    values[row] = null;
    links[link + NEXT] = free;
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
        require(row(links[row * WIDTH + OWNER], seqs[row]) == row, "is not found by its id", row);
        chained++;
        if (links[row * WIDTH + PREVIOUS] == NONE) {
          heads++;
          checkChain(row, value);
        }
      }
    }
    if (chained != byId.size() || heads != byValue.size()) {
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
    require(head(value, hash(value)) == head, "is not found by its value", head);
    int previous = NONE;
    for (int row = head; row != NONE; row = links[row * WIDTH + NEXT]) {
      require(links[row * WIDTH + PREVIOUS] == previous, "is not chained both ways", row);
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
