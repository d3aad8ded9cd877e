package dev.plait.crdt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a delta in portions; after its last step it retains without end. */
final class DeltaReader<P> {
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final List<DeltaStep<P>> steps;
  private final Pieces<P> pieces;
  private int index;
  private int used;

  private DeltaReader(List<DeltaStep<P>> steps, Pieces<P> pieces) {
    this.steps = steps;
    this.pieces = pieces;
  }

  /** What the steps make of {@code before}. */
  static <P> P apply(List<DeltaStep<P>> steps, P before, Pieces<P> pieces) {
    ArrayList<P> after = new ArrayList<>();
    int length = pieces.length(before);
    int next = 0;
    for (DeltaStep<P> step : steps) {
      if (step instanceof DeltaStep.Insert<P> insert) {
        after.add(insert.piece());
      } else {
        int count =
            step instanceof DeltaStep.Retain<P> retain
                ? retain.count()
                : ((DeltaStep.Delete<P>) step).count();
        if (count > length - next) {
          throw new EditException(
              EditException.INDEX_OUT_OF_RANGE,
              "the delta reads more than the "
                  + length
                  + " there are; apply it to the value that"
                  + " it was made for");
        }
        if (step instanceof DeltaStep.Retain<P>) {
          after.add(pieces.part(before, next, next + count));
        }
        next += count;
      }
    }
    after.add(pieces.part(before, next, length));
    return pieces.join(after);
  }

  /**
   * What doing {@code first} and then {@code next} amounts to: both are read side by side, since
   * what the first leaves behind is what the second reads.
   */
  static <P, D> D compose(
      List<DeltaStep<P>> first,
      List<DeltaStep<P>> next,
      Pieces<P> pieces,
      DeltaBuilder<P, D> result) {
    DeltaReader<P> before = new DeltaReader<>(first, pieces);
    DeltaReader<P> after = new DeltaReader<>(next, pieces);
    while (before.step() != null || after.step() != null) {
      if (after.step() instanceof DeltaStep.Insert<P> insert) {
        result.insert(after.read(insert, after.left()));
      } else if (before.step() instanceof DeltaStep.Delete<P>) {
        int count = before.left();
        result.delete(count);
        before.skip(count);
      } else {
        int count = Math.min(before.left(), after.left());
        boolean kept = !(after.step() instanceof DeltaStep.Delete<P>);
        if (before.step() instanceof DeltaStep.Insert<P> insert) {
          P piece = before.read(insert, count);
          if (kept) {
            result.insert(piece);
          }
        } else {
          before.skip(count);
          if (kept) {
            result.retain(count);
          } else {
            result.delete(count);
          }
        }
        after.skip(count);
      }
    }
    return result.build();
  }

  private @Nullable DeltaStep<P> step() {
    return index < steps.size() ? steps.get(index) : null;
  }

  /** How much of the current step is left. */
  private int left() {
    DeltaStep<P> step = step();
    return step == null ? ENDLESS : length(step) - used;
  }

  private int length(DeltaStep<P> step) {
    if (step instanceof DeltaStep.Insert<P> insert) {
      return pieces.length(insert.piece());
    }
    return step instanceof DeltaStep.Retain<P> retain
        ? retain.count()
        : ((DeltaStep.Delete<P>) step).count();
  }

  /** Reads the next part of the insertion that is the current step. */
  private P read(DeltaStep.Insert<P> insert, int count) {
    P piece = pieces.part(insert.piece(), used, used + count);
    skip(count);
    return piece;
  }

  private void skip(int count) {
    DeltaStep<P> step = step();
    if (step != null) {
      used += count;
      if (used == length(step)) {
        index++;
        used = 0;
      }
    }
  }
}
