package dev.plait.change;

import dev.plait.clock.ElementId;
import dev.plait.value.ContainerType;
import dev.plait.value.Unicode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a container inside a document, the same on every replica.
 *
 * <p>A root is named by (name, type), a child in a map by (parent, key, type), a child in a list by
 * (parent, element, type). Two replicas that create the child of the same map key with the same
 * type therefore share it. Immutable; equality is O(depth), the hash is computed once.
 *
 * <p>The order is that of the paths: parents before children, siblings by key, element and type; it
 * is the order of containers in canonical bytes.
 */
public final class ContainerId implements Comparable<ContainerId> {
  /** How deep containers may nest; a root has depth 1. */
  public static final int MAX_DEPTH = 16;

  private final @Nullable ContainerId parent;
  private final @Nullable String key;
  private final @Nullable ElementId element;
  private final ContainerType type;
  private final int depth;
  private final int hash;

  private ContainerId(
      @Nullable ContainerId parent,
      @Nullable String key,
      @Nullable ElementId element,
      ContainerType type) {
    this.parent = parent;
    this.key = key;
    this.element = element;
    this.type = type;
    this.depth = parent == null ? 1 : parent.depth + 1;
    int mixed = parent == null ? 17 : parent.hash;
    mixed = 31 * mixed + (key == null ? Objects.hashCode(element) : key.hashCode());
    this.hash = 31 * mixed + type.number();
  }

  /** The root container {@code name} of a document. */
  public static ContainerId root(String name, ContainerType type) {
    return new ContainerId(null, Objects.requireNonNull(name), null, type);
  }

  /** The child of this map under {@code childKey}. */
  public ContainerId child(String childKey, ContainerType childType) {
    return new ContainerId(this, Objects.requireNonNull(childKey), null, childType);
  }

  /** The child of this list that is the element {@code childElement}. */
  public ContainerId child(ElementId childElement, ContainerType childType) {
    return new ContainerId(this, null, Objects.requireNonNull(childElement), childType);
  }

  /** The map or list this container hangs in; null for a root. */
  public @Nullable ContainerId parent() {
    return parent;
  }

  /** The name of a root or the key in the parent map; null for a list element. */
  public @Nullable String key() {
    return key;
  }

  /** The element in the parent list; null for roots and children of maps. */
  public @Nullable ElementId element() {
    return element;
  }

  /** The kind of container. */
  public ContainerType type() {
    return type;
  }

  /** 1 for a root, one more for each level below; at most {@link #MAX_DEPTH} in a document. */
  public int depth() {
    return depth;
  }

  @Override
  public int compareTo(ContainerId other) {
    ContainerId mine = ancestor(other.depth);
    ContainerId theirs = other.ancestor(depth);
    int order = 0;
    // Walking up from equal depth, the difference nearest to the root decides.
    while (mine != null && theirs != null && mine != theirs) {
      int step = mine.compareStep(theirs);
      order = step != 0 ? step : order;
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return order != 0 ? order : Integer.compare(depth, other.depth);
  }

  private ContainerId ancestor(int atMostDepth) {
    ContainerId id = this;
    while (id.depth > atMostDepth && id.parent != null) {
      id = id.parent;
    }
    return id;
  }

  private int compareStep(ContainerId other) {
    int order;
    if (key != null) {
      order = other.key == null ? -1 : Unicode.CODE_POINT_ORDER.compare(key, other.key);
    } else {
      order =
          other.key != null || element == null || other.element == null
              ? 1
              : element.compareTo(other.element);
    }
    return order != 0 ? order : Integer.compare(type.number(), other.type.number());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (this == object) {
      return true;
    }
    if (!(object instanceof ContainerId other) || hash != other.hash || depth != other.depth) {
      return false;
    }
    ContainerId mine = this;
    ContainerId theirs = other;
    while (mine != null && theirs != null && mine != theirs) {
      if (mine.compareStep(theirs) != 0) {
        return false;
      }
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** A path for people, such as {@code board/task-1/title (register)}. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder(steps());
    return path.append(" (").append(type.label()).append(')').toString();
  }

  private String steps() {
    String steps = "";
    for (ContainerId id = this; id != null; id = id.parent) {
      String step = id.key != null ? id.key : "[" + id.element + "]";
      steps = steps.isEmpty() ? step : step + "/" + steps;
    }
    return steps;
  }
}
