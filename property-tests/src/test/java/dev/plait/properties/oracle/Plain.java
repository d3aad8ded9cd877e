package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a container has to say, worked out by the plain engine.
 *
 * @param <C> an element
 */
public abstract class Plain<C> {
  private PlainSequence<C> sequence;

  Plain(PlainSequence<C> sequence) {
    this.sequence = sequence;
  }

  /** An independent oracle that knows the same. */
  public abstract Plain<C> copy();

  /** An oracle of the same type in this state; null if nothing can have this state. */
  public abstract @Nullable Plain<C> opened(State state);

  /** What a reader sees, in the form that {@code crdt} shows it. */
  public abstract Object visible();

  /** The state that {@code crdt} has to be in. */
  public abstract State state();

  /** The refusal of an operation whose contents are not allowed. */
  abstract @Nullable Refusal checkContents(Operation operation);

  abstract @Nullable PlainRun<C> insertionOf(Operation operation);

  abstract @Nullable List<ElementRange> deletionOf(Operation operation);

  abstract Operation insertion(PlainRun<C> run);

  abstract Operation deletion(List<ElementRange> ranges);

  abstract Patch delta();

  abstract List<PlainRun<C>> runsOf(State state);

  /** Brings in line what two sequences that were merged know besides. */
  void settle(PlainSequence<C> ours, PlainSequence<C> theirs, PlainSequence<C> merged) {
    // Nothing is known of the units of a text.
  }

  /** Writes what is known besides. */
  void writeRest(CanonicalBytes out) {
    // Nothing is known of the units of a text.
  }

  abstract void writeContents(List<C> contents, CanonicalBytes out);

  final PlainSequence<C> sequence() {
    return sequence;
  }

  /** How many elements are visible. */
  public final int length() {
    return sequence.visible().size();
  }

  /** The ids of all elements, deleted ones included, from start to end. */
  public final List<ElementId> ids() {
    return sequence.elements().stream().map(element -> element.id).toList();
  }

  /** The left origin of an element that is here; null for the start. */
  public final @Nullable ElementId leftOf(ElementId id) {
    return element(id).left;
  }

  /** The right origin of an element that is here; null for the end. */
  public final @Nullable ElementId rightOf(ElementId id) {
    return element(id).right;
  }

  private PlainElement<C> element(ElementId id) {
    return sequence.elements().stream()
        .filter(each -> each.id.equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** How many tombstones stand directly before the visible element of this index, or the end. */
  public final int tombstonesBefore(int visibleIndex) {
    int seen = 0;
    int tombstones = 0;
    for (PlainElement<C> element : sequence.elements()) {
      if (element.isVisible() && seen == visibleIndex) {
        return tombstones;
      }
      tombstones = element.isVisible() ? 0 : tombstones + 1;
      seen += element.isVisible() ? 1 : 0;
    }
    return tombstones;
  }

  /** What {@code check} has to say. */
  public @Nullable Refusal check(Operation operation) {
    Refusal refusal = checkContents(operation);
    if (refusal != null) {
      return refusal;
    }
    PlainRun<C> run = insertionOf(operation);
    if (run != null) {
      return sequence.check(run);
    }
    List<ElementRange> ranges = deletionOf(operation);
    return ranges != null
        ? sequence.check(ranges)
        : new Refusal.Invalid("WRONG_OPERATION", "not one of this type");
  }

  /** Applies what {@link #check} accepts; returns what {@code apply} has to return. */
  public Patch apply(Operation operation) {
    PlainRun<C> run = insertionOf(operation);
    if (run != null) {
      sequence.insert(run);
    } else {
      sequence.delete(Objects.requireNonNull(deletionOf(operation)));
    }
    return delta();
  }

  /** The operation that inserting these elements before a visible index has to make. */
  public final Operation insertionAt(int index, ElementId first, List<C> contents) {
    return insertion(sequence.runAt(index, first, contents));
  }

  /** The operation that deleting visible elements has to make. */
  public final Operation deletionAt(int from, int to) {
    return deletion(sequence.rangesAt(from, to));
  }

  /** Merges a state; returns what {@code join} has to return, null if it has to refuse. */
  public final @Nullable Patch join(State state) {
    Plain<C> other = opened(state);
    if (other == null) {
      return null;
    }
    PlainSequence<C> merged = PlainJoin.of(sequence, other.sequence.runs());
    if (merged == null) {
      return null;
    }
    settle(sequence, other.sequence, merged);
    sequence = merged;
    return delta();
  }

  /** The canonical bytes that {@code crdt} has to write. */
  public final byte[] canonical() {
    CanonicalBytes out = new CanonicalBytes();
    List<PlainRun<C>> runs = sequence.runs();
    out.varint(runs.size());
    for (PlainRun<C> run : runs) {
      run.writeCanonical(out);
      if (run.contents() != null) {
        writeContents(run.contents(), out);
      }
    }
    writeRest(out);
    return out.toByteArray();
  }

  /** The ids of visible elements from one visible index to another. */
  public final List<ElementId> visibleIds(int from, int to) {
    List<ElementId> ids = new ArrayList<>();
    for (PlainElement<C> element : sequence.elements()) {
      if (element.isVisible()) {
        ids.add(element.holds);
      }
    }
    return ids.subList(from, to);
  }
}
