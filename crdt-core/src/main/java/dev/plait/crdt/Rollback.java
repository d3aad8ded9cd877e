package dev.plait.crdt;

import java.util.ArrayList;

/**
 * The way back: mutators and {@code apply} leave here how to undo what they did.
 *
 * <p>A host that changes several containers as one unit hands the same rollback to each call and
 * then either {@linkplain #forget() forgets} it or {@linkplain #run() runs} it, which leaves every
 * container exactly as it was. Not thread-safe.
 */
public final class Rollback {
  private final ArrayList<Runnable> steps = new ArrayList<>();

  /** A rollback with nothing to undo yet. */
  public Rollback() {}

  /** Remembers one step of a change to something; steps run in reverse order. */
  public void add(Runnable undo) {
    steps.add(undo);
  }

  /** A point to which {@link #runTo} can go back. */
  public int mark() {
    return steps.size();
  }

  /** Undoes everything since a {@link #mark}. */
  public void runTo(int mark) {
    while (steps.size() > mark) {
      steps.remove(steps.size() - 1).run();
    }
  }

  /** Undoes everything since the last {@link #forget} or {@link #run}. */
  public void run() {
    runTo(0);
  }

  /** Accepts what was done; it can't be undone any more. */
  public void forget() {
    steps.clear();
  }
}
