package dev.plait.crdt;

/**
 * Finds the rows of columns by the hash of what they hold: open addressing with linear probing, one
 * long for each row, and beside it one byte, which mostly tells that something is not there without
 * a look at more; the bytes of large indexes are still in a near cache when their longs are not.
 * What rows hold is compared by the caller:
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
  // What an index without rows looks into; nothing is ever put there.
  private static final long[] NOTHING = new long[1];
  private static final byte[] NO_TAGS = new byte[1];

  private static final int HASH_SHIFT = 32;
  private static final int TAG_SHIFT = 24;
  private static final int CROWD = 16;

  /** In each slot the hash and the row, if its tag is not 0. */
  private long[] slots = NOTHING;

  /** In each slot a byte of the hash, but never 0; 0 if the slot is empty. */
  private byte[] tags = NO_TAGS;

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
    tags = NO_TAGS;
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
    return find(hash, hash);
  }

  /** The next slot with this hash behind another; -1 if there is none. */
  int next(int slot, int hash) {
    return find(slot + 1, hash);
  }

  private int find(int start, int hash) {
    byte[] all = tags;
    int mask = all.length - 1;
    byte tag = tag(hash);
    for (int slot = start & mask; ; slot = (slot + 1) & mask) {
      byte held = all[slot];
      if (held == 0) {
        return -1;
      }
      if (held == tag && (int) (slots[slot] >>> HASH_SHIFT) == hash) {
        return slot;
      }
    }
  }

  private static byte tag(int hash) {
    return (byte) ((hash >>> TAG_SHIFT) | 1);
  }

  /** The row in a slot. */
  int row(int slot) {
    return (int) slots[slot];
  }

  /** Puts another row of the same hash into a slot. */
  void replace(int slot, int row) {
    slots[slot] = ((slots[slot] >>> HASH_SHIFT) << HASH_SHIFT) | row;
  }

  /** Adds a row. */
  void add(int hash, int row) {
    if (2 * (size + 1) > slots.length) {
      resize(2 * slots.length);
    }
    put(((long) hash << HASH_SHIFT) | row);
    size++;
  }

  private void put(long entry) {
    int hash = (int) (entry >>> HASH_SHIFT);
    int mask = tags.length - 1;
    int slot = hash & mask;
    while (tags[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    tags[slot] = tag(hash);
    slots[slot] = entry;
  }

  private void resize(int capacity) {
    long[] oldSlots = slots;
    byte[] oldTags = tags;
    slots = new long[capacity];
    tags = new byte[capacity];
    for (int slot = 0; slot < oldTags.length; slot++) {
      if (oldTags[slot] != 0) {
        put(oldSlots[slot]);
      }
    }
  }

  /** Takes out what is in a slot, and moves what was put behind it for want of room. */
  void remove(int slot) {
    int mask = tags.length - 1;
    int hole = slot;
    for (int at = (slot + 1) & mask; tags[at] != 0; at = (at + 1) & mask) {
      int home = (int) (slots[at] >>> HASH_SHIFT) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        tags[hole] = tags[at];
        hole = at;
      }
    }
    tags[hole] = 0;
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
