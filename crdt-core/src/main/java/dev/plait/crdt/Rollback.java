package dev.plait.crdt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way back: mutators and {@code apply} leave here how to undo what they did.
 *
 * <p>A host that changes several containers as one unit hands the same rollback to each call and
 * then either {@linkplain #forget() forgets} it or {@linkplain #run() runs} it, which leaves every
 * container exactly as it was. It can be used again and again, and then takes no memory for each
 * edit. Not thread-safe.
 */
public final class Rollback {
  private static final int FIRST_CAPACITY = 4;

  private @Nullable Undo[] targets = new @Nullable Undo[FIRST_CAPACITY];
  private long[] marks = new long[FIRST_CAPACITY];
  private int size;

  /** How many steps were there when a mark was last asked for. */
  private int marked;

  /** A rollback with nothing to undo yet. */
  public Rollback() {}

  /** One step that is its own journal. */
  private record Single(Runnable step) implements Undo {
    @Override
    public void undo(long mark) {
      step.run();
    }

    @Override
    public void forgotten() {
      // there is nothing to empty
    }
  }

  /** Remembers one step of a change to something; steps run in reverse order. */
  public void add(Runnable undo) {
    push(new Single(undo), 0);
  }

  /**
   * Remembers that {@code target} has to go back to {@code mark} in its journal. Repeating this for
   * one target costs nothing as long as going back would pass over all of it at once.
   */
  public void add(Undo target, long mark) {
    if (size > marked && targets[size - 1] == target) {
      return;
    }
    push(target, mark);
  }

  private void push(Undo target, long mark) {
    if (size == marks.length) {
      targets = Arrays.copyOf(targets, 2 * size);
      marks = Arrays.copyOf(marks, 2 * size);
    }
    targets[size] = target;
    marks[size] = mark;
    size++;
  }

  /** A point to which {@link #runTo} can go back. */
  public int mark() {
    marked = size;
    return size;
  }

  /** Undoes everything since a {@link #mark}. */
  public void runTo(int mark) {
    while (size > mark) {
      size--;
      Undo target = targets[size];
      targets[size] = null;
      if (target != null) {
        target.undo(marks[size]);
      }
    }
    marked = size;
  }

  /** Undoes everything since the last {@link #forget} or {@link #run}. */
  public void run() {
    runTo(0);
  }

  /** Accepts what was done; it can't be undone any more. */
  public void forget() {
    int noted = size;
    size = 0;
    marked = 0;
    for (int i = 0; i < noted; i++) {
      Undo target = targets[i];
      targets[i] = null;
      if (target != null) {
        target.forgotten();
      }
    }
  }
}
