package dev.plait.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a delta from steps given from left to right.
 *
 * <p>Whatever the steps, the outcome is canonical: neighbours of one kind are merged, at one place
 * the insertion comes before the deletion, empty steps and a last retain are left out. Not
 * thread-safe.
 *
 * @param <P> a piece of the sequence: a {@code String} or a list of contents
 * @param <D> the delta made
 */
public final class DeltaBuilder<P, D> {
  private final Pieces<P> pieces;
  private final Function<List<DeltaStep<P>>, D> finish;
  private final ArrayList<DeltaStep<P>> steps = new ArrayList<>();

  // What is not in steps yet, in the order it will be: retained, then inserted, then deleted.
  private final ArrayList<P> inserted = new ArrayList<>();
  private int retained;
  private int deleted;

  DeltaBuilder(Pieces<P> pieces, Function<List<DeltaStep<P>>, D> finish) {
    this.pieces = pieces;
    this.finish = finish;
  }

  /**
   * Keeps the next {@code count} units or elements.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if {@code count} is negative
   */
  public DeltaBuilder<P, D> retain(int count) {
    requireCount(count);
    if (count > 0) {
      if (!inserted.isEmpty() || deleted > 0) {
        flush();
      }
      retained += count;
    }
    return this;
  }

  /** Inserts {@code piece} here. */
  public DeltaBuilder<P, D> insert(P piece) {
    if (pieces.length(piece) > 0) {
      inserted.add(piece);
    }
    return this;
  }

  /**
   * Deletes the next {@code count} units or elements.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if {@code count} is negative
   */
  public DeltaBuilder<P, D> delete(int count) {
    requireCount(count);
    deleted += count;
    return this;
  }

  /** The delta; the builder is not to be used again. */
  public D build() {
    if (!inserted.isEmpty() || deleted > 0) {
      flush();
    }
    return finish.apply(steps);
  }

  private void flush() {
    if (retained > 0) {
      steps.add(new DeltaStep.Retain<>(retained));
    }
    if (!inserted.isEmpty()) {
      steps.add(new DeltaStep.Insert<>(pieces.join(inserted)));
    }
    if (deleted > 0) {
      steps.add(new DeltaStep.Delete<>(deleted));
    }
    retained = 0;
    inserted.clear();
    deleted = 0;
  }

  private static void requireCount(int count) {
    if (count < 0) {
      throw new EditException(
          EditException.INDEX_OUT_OF_RANGE, "a count must not be negative, and " + count + " is");
    }
  }
}
