package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an {@link AddWinsSet}, found by id and by value in expected constant time.
 *
 * <p>The entries of one value form a chain, so that the usual single entry needs no list and any
 * entry leaves a chain in constant time.
 */
final class SetEntries {
  private static final Comparator<State.SetEntry> ORDER = Comparator.comparing(State.SetEntry::id);

  private final HashMap<ElementId, Link> byId = new HashMap<>();
  private final HashMap<Value, Link> byValue = new HashMap<>();

  private static final class Link {
    final State.SetEntry entry;
    @Nullable Link previous;
    @Nullable Link next;

    Link(State.SetEntry entry) {
      this.entry = entry;
    }
  }

  State.@Nullable SetEntry find(ElementId id) {
    Link link = byId.get(id);
    return link == null ? null : link.entry;
  }

  boolean holds(Value value) {
    return byValue.containsKey(value);
  }

  /** The distinct values, as a view. */
  Set<Value> values() {
    return Collections.unmodifiableSet(byValue.keySet());
  }

  /** The ids of all entries of a value, in order. */
  List<ElementId> idsOf(Value value) {
    Link first = byValue.get(value);
    if (first == null) {
      return List.of();
    }
    if (first.next == null) {
      return List.of(first.entry.id());
    }
    ArrayList<ElementId> ids = new ArrayList<>();
    for (Link link = first; link != null; link = link.next) {
      ids.add(link.entry.id());
    }
    ids.sort(null);
    return ids;
  }

  /** Visits all entries, in no order to rely on. */
  void forEach(Consumer<State.SetEntry> visitor) {
    byId.values().forEach(link -> visitor.accept(link.entry));
  }

  /** All entries, ordered by id. */
  List<State.SetEntry> ordered() {
    ArrayList<State.SetEntry> entries = new ArrayList<>(byId.size());
    forEach(entries::add);
    entries.sort(ORDER);
    return entries;
  }

  /** Adds an entry whose id is not here. */
  void add(State.SetEntry entry, @Nullable Rollback rollback) {
    Link link = new Link(entry);
    byId.put(entry.id(), link);
    Link first = byValue.put(entry.value(), link);
    if (first != null) {
      link.next = first;
      first.previous = link;
    }
    if (rollback != null) {
      rollback.add(() -> remove(entry, null));
    }
  }

  /** Removes an entry that is here. */
  void remove(State.SetEntry entry, @Nullable Rollback rollback) {
    Link link = byId.remove(entry.id());
    if (link == null) {
      return;
    }
    Link previous = link.previous;
    Link next = link.next;
    if (next != null) {
      next.previous = previous;
    }
    if (previous != null) {
      previous.next = next;
    } else if (next != null) {
      byValue.put(entry.value(), next);
    } else {
      byValue.remove(entry.value());
    }
    if (rollback != null) {
      rollback.add(() -> add(entry, null));
    }
  }

  void checkInvariants() {
    int chained = 0;
    for (Link first : byValue.values()) {
      Link previous = null;
      for (Link link = first; link != null; link = link.next) {
        require(link.previous == previous, "is not chained both ways", link);
        require(link.entry.value().equals(first.entry.value()), "is in a foreign chain", link);
        require(byId.get(link.entry.id()) == link, "is not found by its id", link);
        previous = link;
        chained++;
      }
      require(byValue.get(first.entry.value()) == first, "is not found by its value", first);
    }
    if (chained != byId.size()) {
      throw new IllegalStateException(byId.size() + " entries by id, " + chained + " by value");
    }
  }

  private static void require(boolean condition, String fault, Link link) {
    if (!condition) {
      throw new IllegalStateException(link.entry + " " + fault);
    }
  }
}
