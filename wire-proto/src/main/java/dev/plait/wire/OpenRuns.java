package dev.plait.wire;

import java.util.Arrays;

/*
 * Why a stack. Who types in the middle of older text cuts its run in two: A becomes A1 B A2. The order
 * of the engine keeps B and all that hangs on it between A1 and A2, so the runs of a state nest like
 * brackets: when A2 comes, it goes on from a run opened a little earlier, and everything opened since
 * is done. Saying how much earlier takes a number that is nearly always 0 or 1, where the sequence
 * number of A2 would take three bytes. The right origins of B are the element A2 starts with: the one
 * after an open run.
 */
/** The runs of a state that may still go on, innermost last. Confined to one call. */
final class OpenRuns {
  /** How deep a writer looks; a reader takes any depth. */
  private static final int SEARCHED = 64;

  private int[] owners = new int[64];
  private long[] lasts = new long[64];
  private int size;

  /** The depth of the open run that ends before this element, or -1. */
  int find(int owner, long seq) {
    int lowest = Math.max(0, size - SEARCHED);
    for (int i = size - 1; i >= lowest; i--) {
      if (lasts[i] == seq - 1 && owners[i] == owner) {
        return size - 1 - i;
      }
    }
    return -1;
  }

  /** Whether there is an open run of this depth. */
  boolean has(int depth) {
    return depth < size;
  }

  /** The replica of an open run. */
  int owner(int depth) {
    return owners[size - 1 - depth];
  }

  /** The last element of an open run. */
  long last(int depth) {
    return lasts[size - 1 - depth];
  }

  /** Closes an open run, since another takes its place, and all opened after it. */
  void close(int depth) {
    size -= depth + 1;
  }

  /** Opens a run that ends with this element. */
  void open(int owner, long last) {
    if (size == owners.length) {
      owners = Arrays.copyOf(owners, 2 * size);
      lasts = Arrays.copyOf(lasts, 2 * size);
    }
    owners[size] = owner;
    lasts[size] = last;
    size++;
  }
}
