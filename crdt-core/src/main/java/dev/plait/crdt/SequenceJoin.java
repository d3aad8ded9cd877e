package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges the state of another replica into a live sequence, as if the insertions and deletions it
 * stands for had arrived one by one.
 *
 * <p>The order of a sequence depends only on the ids and origins of its elements, so it is enough
 * to insert what is new after its origins, in whatever order. An insertion whose right origin has
 * yet to come waits for it in a map, so a chain of any length needs no recursion.
 */
final class SequenceJoin<C> {
  private final Sequence<C> target;
  private final Rollback undo = new Rollback();

  private SequenceJoin(Sequence<C> target) {
    this.target = target;
  }

  /**
   * Merges {@code other} into {@code target}.
   *
   * @param delta an empty builder, which gets what changed for a reader
   * @param piece makes a piece of a single element
   * @throws OperationException if the two contradict each other; nothing was changed
   */
  static <C, P, D> D join(
      Sequence<C> target,
      Sequence<C> other,
      DeltaBuilder<P, D> delta,
      Function<C, P> piece,
      @Nullable Rollback rollback) {
    HashSet<Element<C>> visibleBefore = new HashSet<>();
    for (Element<C> element : target.elements()) {
      if (element.isVisible()) {
        visibleBefore.add(element);
      }
    }
    SequenceJoin<C> join = new SequenceJoin<>(target);
    Refusal refusal = join.merge(other.elements().runs());
    if (refusal != null) {
      join.undo.run();
      throw new OperationException(refusal);
    }
    if (rollback != null) {
      rollback.add(join.undo::run);
    }
    for (Element<C> element : target.elements()) {
      C content = element.content;
      if (visibleBefore.contains(element)) {
        if (content == null) {
          delta.delete(1);
        } else {
          delta.retain(1);
        }
      } else if (content != null) {
        delta.insert(piece.apply(content));
      }
    }
    return delta.build();
  }

  private @Nullable Refusal merge(List<Run<C>> runs) {
    ArrayDeque<Run<C>> ready = new ArrayDeque<>();
    ArrayList<ElementRange> deleted = new ArrayList<>();
    for (Run<C> run : runs) {
      Refusal refusal = takeUnknownParts(run, ready);
      if (refusal != null) {
        return refusal;
      }
      if (run.contents() == null) {
        deleted.add(new ElementRange(run.first(), run.length()));
      }
    }
    Refusal refusal = insertAll(ready);
    if (refusal == null) {
      target.delete(deleted, undo);
    }
    return refusal;
  }

  /**
   * Adds the parts of a run that are not here, and makes sure that the others are the same here: an
   * author who tells two stories must not get half a pair of glued elements in.
   */
  private @Nullable Refusal takeUnknownParts(Run<C> run, ArrayDeque<Run<C>> unknown) {
    int start = 0;
    boolean knownBefore = false;
    for (int i = 0; i < run.length(); i++) {
      boolean known = target.elements().knows(run.idAt(i));
      boolean cutsPair = i > 0 && known != knownBefore && target.isGlued(run, i - 1);
      if (cutsPair || (known && !target.agreesWith(run, i))) {
        return new Refusal.Invalid(
            "DUPLICATE_ID", run.idAt(i) + " stands for another insertion here");
      }
      if (known) {
        if (start < i) {
          unknown.add(run.part(start, i));
        }
        start = i + 1;
      }
      knownBefore = known;
    }
    if (start < run.length()) {
      unknown.add(run.part(start, run.length()));
    }
    return null;
  }

  private @Nullable Refusal insertAll(ArrayDeque<Run<C>> ready) {
    HashMap<ElementId, List<Run<C>>> waiting = new HashMap<>();
    while (!ready.isEmpty()) {
      Run<C> run = ready.remove();
      Refusal refusal = target.check(run);
      if (refusal instanceof Refusal.Missing missing) {
        waiting.computeIfAbsent(missing.element(), any -> new ArrayList<>()).add(run);
      } else if (refusal != null) {
        return refusal;
      } else {
        target.insert(run, undo);
        for (int i = 0; i < run.length(); i++) {
          List<Run<C>> woken = waiting.remove(run.idAt(i));
          if (woken != null) {
            ready.addAll(woken);
          }
        }
      }
    }
    return waiting.isEmpty()
        ? null
        : new Refusal.Invalid(Foreign.MALFORMED_STATE, "runs of the state wait for each other");
  }
}
