package dev.plait.crdt;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Rows instead of objects, as in SetEntries: a key's stamp stands in one line of an array beside
 * those of other keys, and a write puts numbers there instead of an entry with a stamp with a time.
 * Rows stay where they are: a key that was ever written is never forgotten, unless its first write
 * is taken back, and then it is the last row.
 */
/**
 * The entries of an {@link LwwMap}, found by key in expected constant time. Notes for a {@link
 * Rollback} what was there before. Not thread-safe.
 */
final class MapEntries implements Undo {
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 2;

  // Many containers stay empty, and most stay small: what holds nothing takes nothing.
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};
  private static final String[] NO_KEYS = {};
  private static final @Nullable Content[] NO_CONTENTS = {};

  /** Beside so many rows there is one more, lest the first key of an opened map copies all. */
  private static final int SPARE = 16;

  // What a row takes in the stamps.
  private static final int WIDTH = 2;
  private static final int TIME = 0;
  private static final int REST = 1;

  // The rest of a stamp: its ordinal, whether the write was cleared, and the number of its replica.
  private static final int ORDINAL_SHIFT = 32;
  private static final int OWNER_SHIFT = 1;
  private static final long CLEARED = 1;

  /** In the journal, the time of a key that was not there before. */
  private static final long ABSENT = -1;

  private final Owners owners = new Owners();
  private final RowIndex byKey = new RowIndex();
  private String[] keys = NO_KEYS;
  private @Nullable Content[] contents = NO_CONTENTS;
  private long[] stamps = NO_LONGS;
  private int rows;
  private int shown;

  /** Whether somebody chose keys for their hashes, so that better ones are needed. */
  private boolean guarded;

  // The journal: what was in a row before.
  private int[] journalRows = NO_INTS;
  private long[] journalStamps = NO_LONGS;
  private @Nullable Content[] journalContents = NO_CONTENTS;
  private int journal;

  // ---- looking

  /** How many keys were ever written. */
  int size() {
    return rows;
  }

  /** How many keys have content. */
  int shown() {
    return shown;
  }

  /** The row of a key; {@link #NONE} if it was never written. */
  int find(String key) {
    return find(key, hash(key));
  }

  private int hash(String key) {
    return guarded ? SaltedHash.of(key) : SaltedHash.quick(key.hashCode());
  }

  private int find(String key, int hash) {
    for (int slot = byKey.first(hash); slot >= 0; slot = byKey.next(slot, hash)) {
      int row = byKey.row(slot);
      if (key.equals(keys[row])) {
        return row;
      }
    }
    return NONE;
  }

  String key(int row) {
    return keys[row];
  }

  @Nullable Content content(int row) {
    return contents[row];
  }

  boolean isCleared(int row) {
    return (stamps[row * WIDTH + REST] & CLEARED) != 0;
  }

  Stamp stamp(int row) {
    long rest = stamps[row * WIDTH + REST];
    HybridTimestamp time = new HybridTimestamp(stamps[row * WIDTH + TIME]);
    return new Stamp(time, owner(rest), (int) (rest >>> ORDINAL_SHIFT));
  }

  private ReplicaId owner(long rest) {
    return owners.get((int) rest >>> OWNER_SHIFT);
  }

  /** The order of a stamp beside that of a row. */
  int compare(Stamp stamp, int row) {
    return compare(stamp.time().bits(), stamp.replica(), stamp.ordinal(), row);
  }

  /** The order of a stamp, given by its parts, beside that of a row. */
  int compare(long time, ReplicaId replica, int ordinal, int row) {
    int order = HybridTimestamp.compare(time, stamps[row * WIDTH + TIME]);
    if (order != 0) {
      return order;
    }
    long rest = stamps[row * WIDTH + REST];
    order = replica.compareTo(owner(rest));
    return order != 0 ? order : Integer.compare(ordinal, (int) (rest >>> ORDINAL_SHIFT));
  }

  State.MapEntry entry(int row) {
    return new State.MapEntry(keys[row], stamp(row), isCleared(row), contents[row]);
  }

  /** All entries in code point order of their keys. */
  List<State.MapEntry> ordered() {
    ArrayList<State.MapEntry> entries = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      entries.add(entry(row));
    }
    entries.sort(MapKeys.ORDER);
    return entries;
  }

  // ---- changing

  /** Makes room for so many keys more. */
  void reserve(int more) {
    byKey.reserve(rows + more);
    int needed = rows + more;
    if (needed > keys.length) {
      resize(needed + needed / SPARE);
    }
  }

  /** Adds a key that was never written. */
  void add(
      String key,
      long time,
      ReplicaId replica,
      int ordinal,
      boolean cleared,
      @Nullable Content content,
      @Nullable Rollback rollback) {
    int row = rows;
    if (row == keys.length) {
      resize(Math.max(FIRST_CAPACITY, 2 * row));
    }
    if (rollback != null) {
      note(row, ABSENT, 0, null, rollback);
    }
    keys[row] = key;
    contents[row] = null;
    rows++;
    index(row);
    put(row, time, rest(replica, ordinal, cleared), content);
  }

  private void index(int row) {
    int hash = hash(keys[row]);
    if (!guarded && byKey.isCrowded(hash)) {
      guarded = true;
      byKey.clear();
      for (int each = 0; each < row; each++) {
        byKey.add(hash(keys[each]), each);
      }
      hash = hash(keys[row]);
    }
    byKey.add(hash, row);
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    contents = Arrays.copyOf(contents, capacity);
    stamps = Arrays.copyOf(stamps, capacity * WIDTH);
  }

  /** Replaces what a row holds. */
  void replace(
      int row,
      long time,
      ReplicaId replica,
      int ordinal,
      boolean cleared,
      @Nullable Content content,
      @Nullable Rollback rollback) {
    if (rollback != null) {
      int at = row * WIDTH;
      note(row, stamps[at + TIME], stamps[at + REST], contents[row], rollback);
    }
    put(row, time, rest(replica, ordinal, cleared), content);
  }

  private long rest(ReplicaId replica, int ordinal, boolean cleared) {
    return ((long) ordinal << ORDINAL_SHIFT)
        | ((long) owners.number(replica) << OWNER_SHIFT)
        | (cleared ? CLEARED : 0);
  }

  private void put(int row, long time, long rest, @Nullable Content content) {
    shown += (content == null ? 0 : 1) - (contents[row] == null ? 0 : 1);
    stamps[row * WIDTH + TIME] = time;
    stamps[row * WIDTH + REST] = rest;
    contents[row] = content;
  }

  private void forget(int row) {
    put(row, 0, 0, null);
    byKey.remove(byKey.slotOf(hash(keys[row]), row));
    rows--;
  }

  // ---- the way back

  private void note(int row, long time, long rest, @Nullable Content content, Rollback rollback) {
    rollback.add(this, journal);
    if (journal == journalRows.length) {
      int larger = Math.max(FIRST_CAPACITY, 2 * journal);
      journalRows = Arrays.copyOf(journalRows, larger);
      journalStamps = Arrays.copyOf(journalStamps, larger * WIDTH);
      journalContents = Arrays.copyOf(journalContents, larger);
    }
    journalRows[journal] = row;
    journalStamps[journal * WIDTH + TIME] = time;
    journalStamps[journal * WIDTH + REST] = rest;
    journalContents[journal] = content;
    journal++;
  }

  @Override
  public void undo(long mark) {
    while (journal > mark) {
      journal--;
      int row = journalRows[journal];
      long time = journalStamps[journal * WIDTH + TIME];
      if (time == ABSENT) {
        forget(row);
      } else {
        put(row, time, journalStamps[journal * WIDTH + REST], journalContents[journal]);
      }
      journalContents[journal] = null;
    }
  }

  @Override
  public void forgotten() {
    if (journal > 0) {
      Arrays.fill(journalContents, 0, journal, null);
      journal = 0;
    }
  }

  // ---- tests

  void checkInvariants() {
    int found = 0;
    for (int row = 0; row < rows; row++) {
      if (find(keys[row]) != row || (isCleared(row) && contents[row] != null)) {
        throw new IllegalStateException("wrong entry: " + entry(row));
      }
      found += contents[row] == null ? 0 : 1;
    }
    if (found != shown || rows != byKey.size()) {
      throw new IllegalStateException(
          found + " of " + rows + " keys are shown, not " + shown + " of " + byKey.size());
    }
  }
}
