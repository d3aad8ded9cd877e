package dev.plait.crdt;

/**
 * Finds the rows of columns by the hash of what they hold: open addressing with linear probing, one
 * long for each row, so that a lookup mostly touches one line of memory before it looks at the row
 * itself. What rows hold is compared by the caller:
 *
 * <pre>{@code
 * for (int slot = index.first(hash); slot >= 0; slot = index.next(slot, hash)) {
 *   if (holds(index.row(slot), wanted)) …
 * }
 * }</pre>
 *
 * <p>The low bits of a hash say where a row is looked for, so neighbouring hashes are found near
 * each other. Callers hand in hashes of which these bits are spread well, and that strangers can't
 * foretell ({@link SaltedHash}). Expected constant time for everything. Not thread-safe.
 */
final class RowIndex {
  /** What an index without rows looks into; nothing is ever put there. */
  private static final long[] NOTHING = new long[1];

  private static final int HASH_SHIFT = 32;
  private static final int CROWD = 16;

  /** In each slot the hash, and the row plus one; 0 if the slot is empty. */
  private long[] slots = NOTHING;

  private int size;

  /** Whether so many rows have this hash that strangers must have chosen them for it. */
  boolean isCrowded(int hash) {
    int found = 0;
    for (int slot = first(hash); slot >= 0 && found < CROWD; slot = next(slot, hash)) {
      found++;
    }
    return found == CROWD;
  }

  /** Forgets all rows. */
  void clear() {
    slots = NOTHING;
    size = 0;
  }

  /** Makes room for so many rows. */
  void reserve(int rows) {
    int capacity = slots.length;
    while (capacity < 2 * rows) {
      capacity *= 2;
    }
    if (capacity > slots.length) {
      resize(capacity);
    }
  }

  /** The first slot with this hash; -1 if there is none. */
  int first(int hash) {
    return find(hash & (slots.length - 1), hash);
  }

  /** The next slot with this hash behind another; -1 if there is none. */
  int next(int slot, int hash) {
    return find((slot + 1) & (slots.length - 1), hash);
  }

  private int find(int start, int hash) {
    long[] all = slots;
    int mask = all.length - 1;
    for (int slot = start; ; slot = (slot + 1) & mask) {
      long held = all[slot];
      if (held == 0) {
        return -1;
      }
      if ((int) (held >>> HASH_SHIFT) == hash) {
        return slot;
      }
    }
  }

  /** The row in a slot. */
  int row(int slot) {
    return (int) slots[slot] - 1;
  }

  /** Puts another row of the same hash into a slot. */
  void replace(int slot, int row) {
    slots[slot] = ((slots[slot] >>> HASH_SHIFT) << HASH_SHIFT) | (row + 1);
  }

  /** Adds a row. */
  void add(int hash, int row) {
    if (2 * (size + 1) > slots.length) {
      resize(2 * slots.length);
    }
    put(slots, ((long) hash << HASH_SHIFT) | (row + 1));
    size++;
  }

  private static void put(long[] into, long entry) {
    int mask = into.length - 1;
    int slot = (int) (entry >>> HASH_SHIFT) & mask;
    while (into[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    into[slot] = entry;
  }

  private void resize(int capacity) {
    long[] larger = new long[capacity];
    for (long entry : slots) {
      if (entry != 0) {
        put(larger, entry);
      }
    }
    slots = larger;
  }

  /** Takes out what is in a slot, and moves what was put behind it for want of room. */
  void remove(int slot) {
    long[] all = slots;
    int mask = all.length - 1;
    int hole = slot;
    for (int at = (slot + 1) & mask; all[at] != 0; at = (at + 1) & mask) {
      int home = (int) (all[at] >>> HASH_SHIFT) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        all[hole] = all[at];
        hole = at;
      }
    }
    all[hole] = 0;
    size--;
  }

  /** The slot of a row that is here. */
  int slotOf(int hash, int row) {
    int slot = first(hash);
    while (row(slot) != row) {
      slot = next(slot, hash);
    }
    return slot;
  }

  int size() {
    return size;
  }
}
