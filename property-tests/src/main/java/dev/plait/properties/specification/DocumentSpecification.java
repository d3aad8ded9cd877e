package dev.plait.properties.specification;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a document must show that has applied exactly these changes.
 *
 * <p><b>A map key</b> shows what {@link TypeSpecification#map} says: a value, or a child. Where
 * that is nothing it shows a child that still has content, because somebody edited it without
 * having seen the removal; of several the one with the lowest type number. <b>Removing</b> a key,
 * or putting a value there, takes away everything its maker had seen in all containers below the
 * key, through any number of maps. <b>A list element</b> that is a child shows that child.
 *
 * <p>Operations that spell a removal out in the containers below (clears, resets, deletions) mean
 * the same again, and are taken into account like any others.
 *
 * <p>Cost: O(n²) in the number of operations. It shares no code with the engine.
 */
public final class DocumentSpecification {
  private final Map<ContainerId, List<Event>> operations;
  private final Map<ContainerId, List<Event>> events = new HashMap<>();

  /** By map and key, the children that anybody ever edited, lowest type number first. */
  private final Map<ContainerId, Map<String, SortedSet<ContainerId>>> children = new HashMap<>();

  private final TreeSet<ContainerId> roots = new TreeSet<>();

  private DocumentSpecification(Collection<Change> applied) {
    operations = HappensBefore.events(applied);
    for (ContainerId edited : operations.keySet()) {
      for (ContainerId id = edited; id != null; id = id.parent()) {
        ContainerId parent = id.parent();
        String key = id.key();
        if (parent == null) {
          roots.add(id);
        } else if (key != null) {
          children
              .computeIfAbsent(parent, any -> new TreeMap<>())
              .computeIfAbsent(key, any -> new TreeSet<>())
              .add(id);
        }
      }
    }
  }

  /**
   * All containers that a reader can reach, with what they show, in the form of {@link
   * dev.plait.properties.document.Visible#of}.
   *
   * @param applied all changes that are part of the document, in any order
   * @throws IllegalArgumentException if a change is missing that another depends on, or two differ
   *     and have one name
   */
  public static Map<ContainerId, Object> visible(Collection<Change> applied) {
    return new DocumentSpecification(applied).visible();
  }

  private Map<ContainerId, Object> visible() {
    Map<ContainerId, Object> shown = new TreeMap<>();
    Deque<ContainerId> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      ContainerId id = open.remove();
      if (id.type() == ContainerType.MAP) {
        Map<String, Content> entries = entries(id);
        shown.put(id, entries);
        entries.forEach((key, content) -> reach(content, type -> id.child(key, type), open));
      } else if (id.type() == ContainerType.LIST) {
        Map<ElementId, Content> elements = ListSpecification.elements(events(id));
        shown.put(id, List.copyOf(elements.values()));
        elements.forEach(
            (element, content) -> reach(content, type -> id.child(element, type), open));
      } else {
        shown.put(id, TypeSpecification.of(id.type(), events(id)));
      }
    }
    return shown;
  }

  /** Names a child by its type. */
  private interface Place {
    ContainerId child(ContainerType type);
  }

  private static void reach(Content content, Place place, Deque<ContainerId> open) {
    if (content instanceof Child child) {
      open.add(place.child(child.type()));
    }
  }

  private Map<String, Content> entries(ContainerId map) {
    Map<String, Content> entries = MapSpecification.entries(events(map));
    childrenOf(map)
        .forEach(
            (key, candidates) ->
                candidates.stream()
                    .filter(this::hasContent)
                    .findFirst()
                    .ifPresent(found -> entries.putIfAbsent(key, new Child(found.type()))));
    return entries;
  }

  private Map<String, SortedSet<ContainerId>> childrenOf(ContainerId map) {
    return children.getOrDefault(map, Map.of());
  }

  /** Whether a reader would see anything; a map has content also if anything below it has. */
  private boolean hasContent(ContainerId start) {
    List<ContainerId> below = new ArrayList<>(List.of(start));
    for (int i = 0; i < below.size(); i++) {
      if (hasOwnContent(below.get(i))) {
        return true;
      }
      childrenOf(below.get(i)).values().forEach(below::addAll);
    }
    return false;
  }

  private boolean hasOwnContent(ContainerId id) {
    List<Event> here = events(id);
    return switch (id.type()) {
      case REGISTER -> TypeSpecification.register(here).isPresent();
      case MV_REGISTER -> !TypeSpecification.mvRegister(here).isEmpty();
      case SET -> !TypeSpecification.set(here).isEmpty();
      case COUNTER -> !CounterSpecification.standing(here).isEmpty();
      case MAP -> !TypeSpecification.map(here).isEmpty();
      case LIST -> !TypeSpecification.list(here).isEmpty();
      case TEXT -> !TypeSpecification.text(here).isEmpty();
    };
  }

  /** What was done to a container, with the removals of whatever it hangs in. */
  private List<Event> events(ContainerId id) {
    return events.computeIfAbsent(id, this::collectEvents);
  }

  private List<Event> collectEvents(ContainerId container) {
    List<Event> all = new ArrayList<>(operations.getOrDefault(container, List.of()));
    for (ContainerId id = container; id != null; id = id.parent()) {
      ContainerId parent = id.parent();
      String key = id.key();
      if (parent != null && key != null) {
        for (Event event : operations.getOrDefault(parent, List.of())) {
          if (key.equals(removedKey(event))) {
            all.add(event.asRemoval());
          }
        }
      }
    }
    return all;
  }

  /** The key whose children an event takes away; null if it does not. */
  private static @Nullable String removedKey(Event event) {
    if (event.operation() instanceof Operation.MapRemove remove) {
      return remove.key();
    }
    return event.operation() instanceof Operation.MapPut put && put.content() instanceof Value
        ? put.key()
        : null;
  }
}
