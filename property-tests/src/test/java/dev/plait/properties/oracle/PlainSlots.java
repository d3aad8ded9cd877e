package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a list, which can be replaced and moved (Kleppmann, "Moving Elements in List
 * CRDTs", 2020), taken by its word: of all slots of an element, the one with a content is where it
 * is now; if none has, it is deleted.
 */
record PlainSlots(PlainSequence<Content> sequence) {

  /** The slot where an element is now; null if it is deleted or not here. */
  private @Nullable PlainElement<Content> slotOf(ElementId element) {
    return sequence.elements().stream()
        .filter(slot -> slot.isVisible() && slot.holds.equals(element))
        .findFirst()
        .orElse(null);
  }

  @Nullable Refusal checkElement(ElementId id) {
    PlainElement<Content> slot = sequence.find(id);
    if (slot == null) {
      return new Refusal.Missing(id);
    }
    return slot.isPosition ? new Refusal.Invalid("NOT_AN_ELEMENT", "a position") : null;
  }

  @Nullable Refusal checkElements(List<ElementRange> ranges) {
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        Refusal refusal = checkElement(range.first().plus(i));
        if (refusal != null) {
          return refusal;
        }
      }
    }
    return null;
  }

  /** Refuses ids that are known as the other kind. */
  @Nullable Refusal checkKind(ElementId first, int count, boolean position) {
    for (int i = 0; i < count; i++) {
      PlainElement<Content> slot = sequence.find(first.plus(i));
      if (slot != null && slot.isPosition != position) {
        return new Refusal.Invalid("DUPLICATE_ID", "the other kind");
      }
    }
    return null;
  }

  void replace(ElementId element, Stamp stamp, Content content) {
    PlainElement<Content> slot = slotOf(element);
    if (slot != null && beats(stamp, slot.replacedAt)) {
      slot.content = content;
      slot.replacedAt = stamp;
    }
  }

  /** Moves an element to a slot that was just inserted, unless it was moved with a later stamp. */
  void move(ElementId element, Stamp stamp, ElementId position) {
    PlainElement<Content> to = Objects.requireNonNull(sequence.find(position));
    PlainElement<Content> from = slotOf(element);
    to.isPosition = true;
    if (from != null && beats(stamp, from.movedAt)) {
      to.content = from.content;
      to.holds = element;
      to.movedAt = stamp;
      to.replacedAt = from.replacedAt;
      from.content = null;
    }
  }

  private static boolean beats(@Nullable Stamp stamp, @Nullable Stamp other) {
    return stamp != null && (other == null || stamp.compareTo(other) > 0);
  }

  void delete(List<ElementRange> ranges) {
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        PlainElement<Content> slot = slotOf(range.first().plus(i));
        if (slot != null) {
          slot.content = null;
        }
      }
    }
  }

  /** Says of every slot of a merged sequence what two that were merged say together. */
  static void settle(PlainSlots ours, PlainSlots theirs, PlainSequence<Content> merged) {
    for (PlainElement<Content> slot : merged.elements()) {
      slot.content = null;
      slot.isPosition = ours.isPosition(slot.id) || theirs.isPosition(slot.id);
    }
    for (PlainElement<Content> element : merged.elements()) {
      PlainElement<Content> here = ours.slotOf(element.id);
      PlainElement<Content> there = theirs.slotOf(element.id);
      boolean deleted =
          (here == null && ours.sequence.find(element.id) != null)
              || (there == null && theirs.sequence.find(element.id) != null);
      if (!element.isPosition && !deleted) {
        PlainElement<Content> one = here != null ? here : Objects.requireNonNull(there);
        PlainElement<Content> other = there != null ? there : one;
        PlainElement<Content> place = beats(other.movedAt, one.movedAt) ? other : one;
        PlainElement<Content> written = beats(other.replacedAt, one.replacedAt) ? other : one;
        PlainElement<Content> slot = Objects.requireNonNull(merged.find(place.id));
        slot.content = written.content;
        slot.holds = element.id;
        slot.movedAt = place.movedAt;
        slot.replacedAt = written.replacedAt;
      }
    }
  }

  private boolean isPosition(ElementId id) {
    PlainElement<Content> slot = sequence.find(id);
    return slot != null && slot.isPosition;
  }

  /** Takes over what a state says besides its runs. */
  static void open(PlainSequence<Content> sequence, State.OfList state) {
    for (ElementRange range : state.positions()) {
      for (int i = 0; i < range.length(); i++) {
        Objects.requireNonNull(sequence.find(range.first().plus(i))).isPosition = true;
      }
    }
    for (State.MovedElement one : state.moved()) {
      PlainElement<Content> slot = Objects.requireNonNull(sequence.find(one.position()));
      slot.holds = one.element();
      slot.movedAt = one.stamp();
    }
    PlainSlots slots = new PlainSlots(sequence);
    for (State.ReplacedElement one : state.replaced()) {
      Objects.requireNonNull(slots.slotOf(one.element())).replacedAt = one.stamp();
    }
  }

  List<ElementRange> positions() {
    List<ElementRange> ranges = new ArrayList<>();
    sequence.elements().stream()
        .filter(slot -> slot.isPosition)
        .map(slot -> slot.id)
        .sorted()
        .forEach(
            id -> {
              ElementRange open = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
              if (open != null && id.equals(open.last().plus(1))) {
                ranges.set(ranges.size() - 1, new ElementRange(open.first(), open.length() + 1));
              } else {
                ranges.add(new ElementRange(id, 1));
              }
            });
    return ranges;
  }

  List<State.MovedElement> moved() {
    return visible(
        slot ->
            slot.movedAt == null
                ? null
                : new State.MovedElement(slot.holds, slot.movedAt, slot.id));
  }

  List<State.ReplacedElement> replaced() {
    return visible(
        slot ->
            slot.replacedAt == null
                ? null
                : new State.ReplacedElement(slot.holds, slot.replacedAt));
  }

  private <T> List<T> visible(Function<PlainElement<Content>, @Nullable T> entry) {
    List<PlainElement<Content>> slots = new ArrayList<>(sequence.elements());
    slots.removeIf(slot -> !slot.isVisible());
    slots.sort(Comparator.comparing(slot -> slot.holds));
    List<T> all = new ArrayList<>();
    for (PlainElement<Content> slot : slots) {
      T one = entry.apply(slot);
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  void writeCanonical(CanonicalWriter out) {
    out.varint(positions().size());
    for (ElementRange range : positions()) {
      out.element(range.first());
      out.varint(range.length());
    }
    out.varint(moved().size());
    for (State.MovedElement one : moved()) {
      out.element(one.element());
      out.stamp(one.stamp());
      out.element(one.position());
    }
    out.varint(replaced().size());
    for (State.ReplacedElement one : replaced()) {
      out.element(one.element());
      out.stamp(one.stamp());
    }
  }
}
