package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.LwwMap;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All containers of a document that an operation has reached, and how they hang together.
 *
 * <p><b>What a map key shows.</b> A key has one last-writer-wins slot and, beside it, one child
 * container for each type anybody ever created there. A slot with a value shows the value; a slot
 * with the marker of a child shows that child, even an empty one. A slot that is removed shows
 * nothing, unless a child still holds content: then somebody edited it without having seen the
 * removal, and the child is shown again (of several, the one with the lowest type number).
 */
final class Containers {
  private final Map<ContainerId, Container> byId = new HashMap<>();
  private final Map<String, List<Container>> roots = new HashMap<>();
  private final Map<ContainerId, Map<String, List<Container>>> children = new HashMap<>();

  /** The container that was found last, and mostly is looked for again. */
  private @Nullable Container recent;

  boolean isEmpty() {
    return byId.isEmpty();
  }

  @Nullable Container find(ContainerId id) {
    Container last = recent;
    if (last != null && last.id().equals(id)) {
      return last;
    }
    Container found = byId.get(id);
    if (found != null) {
      recent = found;
    }
    return found;
  }

  /** The root of this name and type, if an operation has reached it. */
  @Nullable Container root(String name, ContainerType type) {
    Container last = recent;
    if (last != null && isRoot(last.id(), name, type)) {
      return last;
    }
    for (Container root : rootsNamed(name)) {
      if (root.id().type() == type) {
        recent = root;
        return root;
      }
    }
    return null;
  }

  private static boolean isRoot(ContainerId id, String name, ContainerType type) {
    return id.parent() == null && id.type() == type && name.equals(id.key());
  }

  /** Adds a container that an operation is about to reach. */
  void add(Container container) {
    ContainerId id = container.id();
    byId.put(id, container);
    String key = id.key();
    if (key != null) {
      ContainerId parent = id.parent();
      Map<String, List<Container>> siblings =
          parent == null ? roots : children.computeIfAbsent(parent, any -> new HashMap<>());
      siblings.computeIfAbsent(key, any -> new ArrayList<>(1)).add(container);
    }
  }

  /** Undoes {@link #add}; a place without containers is as good as none. */
  void remove(Container container) {
    ContainerId id = container.id();
    recent = null;
    byId.remove(id);
    String key = id.key();
    if (key != null) {
      ContainerId parent = id.parent();
      (parent == null ? rootsNamed(key) : childrenAt(parent, key)).remove(container);
    }
  }

  /** All root containers of this name, of whatever type. */
  List<Container> rootsNamed(String name) {
    return roots.getOrDefault(name, List.of());
  }

  /** All children of a map under a key, of whatever type. */
  List<Container> childrenAt(ContainerId map, String key) {
    return children.isEmpty() ? List.of() : childrenOf(map).getOrDefault(key, List.of());
  }

  private Map<String, List<Container>> childrenOf(ContainerId map) {
    return children.getOrDefault(map, Map.of());
  }

  /** Every container below a key of a map that can be reached through maps, in id order. */
  List<Container> below(ContainerId map, String key) {
    List<Container> nearest = childrenAt(map, key);
    if (nearest.isEmpty()) {
      return List.of();
    }
    List<Container> found = new ArrayList<>(nearest);
    for (int i = 0; i < found.size(); i++) {
      Collection<List<Container>> next = childrenOf(found.get(i).id()).values();
      next.forEach(found::addAll);
    }
    found.sort((a, b) -> a.id().compareTo(b.id()));
    return found;
  }

  /** Every container, ordered by id. */
  List<Container> ordered() {
    List<Container> all = new ArrayList<>(byId.values());
    all.sort((a, b) -> a.id().compareTo(b.id()));
    return all;
  }

  /** What the key of a map shows, or null. */
  @Nullable Content shown(ContainerId map, String key) {
    LwwMap slots = slots(map);
    Content slot = slots == null ? null : slots.get(key);
    return slot != null ? slot : revived(childrenAt(map, key));
  }

  /** The keys of a map that show something, in code point order. */
  List<String> shownKeys(ContainerId map) {
    LwwMap slots = slots(map);
    List<String> keys = new ArrayList<>(slots == null ? List.of() : slots.keys());
    int inSlots = keys.size();
    for (Map.Entry<String, List<Container>> place : childrenOf(map).entrySet()) {
      boolean inSlot = slots != null && slots.get(place.getKey()) != null;
      if (!inSlot && revived(place.getValue()) != null) {
        keys.add(place.getKey());
      }
    }
    if (keys.size() > inSlots) {
      keys.sort(Unicode.CODE_POINT_ORDER);
    }
    return keys;
  }

  private @Nullable LwwMap slots(ContainerId map) {
    Container container = byId.get(map);
    return container != null && container.crdt() instanceof LwwMap slots ? slots : null;
  }

  private @Nullable Child revived(List<Container> candidates) {
    Container found = null;
    for (Container child : candidates) {
      if ((found == null || child.id().type().number() < found.id().type().number())
          && hasContent(child)) {
        found = child;
      }
    }
    return found == null ? null : new Child(found.id().type());
  }

  /**
   * Whether a container or, for a map, anything below it holds content. Elements of lists are
   * content by themselves, so only maps are walked into.
   */
  private boolean hasContent(Container start) {
    ArrayDeque<Container> open = new ArrayDeque<>();
    open.push(start);
    while (!open.isEmpty()) {
      Container container = open.pop();
      if (container.crdt().hasContent()) {
        return true;
      }
      childrenOf(container.id()).values().forEach(open::addAll);
    }
    return false;
  }
}
