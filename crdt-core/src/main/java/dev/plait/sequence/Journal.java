package dev.plait.sequence;

import java.util.Arrays;
import java.util.BitSet;

/** What was done to a sequence and can still be taken back, in order. Not thread-safe. */
final class Journal {
  private static final int INSERTED = 0;
  private static final int DELETED = 1;
  private static final int ENTRY = 3;

  private int[] entries = new int[ENTRY];
  private int size;
  private boolean open;

  /** Whether anything is noted at all. */
  void setOpen(boolean noting) {
    open = noting;
  }

  /** The place behind the last entry. */
  int mark() {
    return size;
  }

  void inserted(int id, int count) {
    add(INSERTED, id, count);
  }

  void deleted(int id, int count) {
    add(DELETED, id, count);
  }

  private void add(int kind, int id, int count) {
    if (!open) {
      return;
    }
    int at = size;
    if (at == entries.length) {
      entries = Arrays.copyOf(entries, 2 * at);
    }
    entries[at] = kind;
    entries[at + 1] = id;
    entries[at + 2] = count;
    size = at + ENTRY;
  }

  /** Forgets everything. */
  void clear() {
    size = 0;
  }

  /** Takes the last entry out; what it says is then known from {@link #id} and its companions. */
  void pop() {
    size -= ENTRY;
  }

  /** Whether the entry popped last is an insertion; otherwise it is a deletion. */
  boolean isInsertion() {
    return entries[size] == INSERTED;
  }

  /** The first element of the entry popped last. */
  int id() {
    return entries[size + 1];
  }

  /** How many elements the entry popped last is about. */
  int count() {
    return entries[size + 2];
  }

  /** The elements inserted since a mark. */
  BitSet insertedSince(int mark) {
    return since(mark, INSERTED);
  }

  /** The elements deleted since a mark. */
  BitSet deletedSince(int mark) {
    return since(mark, DELETED);
  }

  private BitSet since(int mark, int kind) {
    BitSet found = new BitSet();
    for (int at = mark; at < size; at += ENTRY) {
      if (entries[at] == kind) {
        found.set(entries[at + 1], entries[at + 1] + entries[at + 2]);
      }
    }
    return found;
  }
}
