package dev.plait.properties.oracle;

import dev.plait.clock.ElementRange;
import dev.plait.crdt.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges the state of another replica, as if its operations had come one by one. */
final class PlainJoin<C> {
  private final PlainSequence<C> merged;
  private final List<PlainRun<C>> waiting = new ArrayList<>();

  private PlainJoin(PlainSequence<C> merged) {
    this.merged = merged;
  }

  /** Both together, as a new sequence; null if they contradict each other. */
  static <C> @Nullable PlainSequence<C> of(PlainSequence<C> target, List<PlainRun<C>> runs) {
    PlainJoin<C> join = new PlainJoin<>(target.copy());
    List<ElementRange> deleted = new ArrayList<>();
    for (PlainRun<C> run : runs) {
      if (!join.takeUnknownParts(run)) {
        return null;
      }
      if (run.contents() == null) {
        deleted.add(new ElementRange(run.first(), run.length()));
      }
    }
    if (!join.insertAll()) {
      return null;
    }
    join.merged.delete(deleted);
    return join.merged;
  }

  /** False if a known part has other origins here, or only half of a glued pair is known. */
  private boolean takeUnknownParts(PlainRun<C> run) {
    int start = 0;
    for (int i = 0; i < run.length(); i++) {
      boolean known = merged.knows(run.idAt(i));
      boolean cutsPair =
          i > 0
              && known != merged.knows(run.idAt(i - 1))
              && merged.isGlued(run.contentAt(i - 1), run.contentAt(i));
      if (cutsPair || (known && !merged.agreesWith(run, i))) {
        return false;
      }
      if (known) {
        await(run, start, i);
        start = i + 1;
      }
    }
    await(run, start, run.length());
    return true;
  }

  private void await(PlainRun<C> run, int from, int to) {
    if (from < to) {
      waiting.add(run.part(from, to));
    }
  }

  /** Inserts whatever has its origins here, until nothing is left or nothing can be inserted. */
  private boolean insertAll() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (PlainRun<C> run : List.copyOf(waiting)) {
        Refusal refusal = merged.check(run);
        if (refusal instanceof Refusal.Invalid) {
          return false;
        }
        if (refusal == null) {
          merged.insert(run);
          waiting.remove(run);
          progress = true;
        }
      }
    }
    return waiting.isEmpty();
  }
}
