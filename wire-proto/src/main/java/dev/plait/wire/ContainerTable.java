package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.codec.Limits;
import dev.plait.value.ContainerType;
import dev.plait.wire.v1.IdProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of containers of one chunk or snapshot while it is written: in order of first use. */
final class ContainerTable {
  private static final ContainerType[] TYPES = ContainerType.values();

  private final Limits limits;
  private final IdWriter ids;
  private final Map<ContainerId, Integer> indexes = new HashMap<>();
  private final List<IdProto.ContainerId> entries = new ArrayList<>();

  ContainerTable(Limits limits, IdWriter ids) {
    this.limits = limits;
    this.ids = ids;
  }

  /** What has been written so far. */
  List<IdProto.ContainerId> entries() {
    return entries;
  }

  /** The index of a container, which is added with its ancestors if it is new. */
  int indexOf(ContainerId container) {
    Deque<ContainerId> missing = new ArrayDeque<>();
    @Nullable ContainerId next = container;
    @Nullable Integer index = null;
    while (next != null && index == null) {
      index = indexes.get(next);
      if (index == null) {
        missing.push(next);
        next = next.parent();
      }
    }
    int last = index == null ? -1 : index;
    for (ContainerId added : missing) {
      check(ENCODING, limits, added);
      entries.add(write(added, last));
      last = entries.size() - 1;
      indexes.put(added, last);
    }
    return last;
  }

  private IdProto.ContainerId write(ContainerId container, int parent) {
    IdProto.ContainerId.Builder written =
        IdProto.ContainerId.newBuilder()
            .setParent(parent + 1)
            .setTypeValue(container.type().number());
    ElementId element = container.element();
    String key = container.key();
    if (element != null) {
      written.setElement(ids.element(element));
    } else if (key != null) {
      written.setKey(key);
    }
    return written.build();
  }

  /** Reads a whole table. */
  static List<ContainerId> read(Limits limits, IdReader ids, List<IdProto.ContainerId> entries) {
    List<ContainerId> containers = new ArrayList<>(entries.size());
    Set<ContainerId> known = new HashSet<>();
    for (IdProto.ContainerId entry : entries) {
      ContainerId container = read(ids, containers, entry);
      check(DECODING, limits, container);
      if (!known.add(container)) {
        throw DECODING.malformed("the table of containers names one of them twice");
      }
      containers.add(container);
    }
    return containers;
  }

  private static ContainerId read(
      IdReader ids, List<ContainerId> earlier, IdProto.ContainerId entry) {
    ContainerType type = readType(entry.getTypeValue());
    if (entry.getParent() == 0) {
      if (entry.hasElement()) {
        throw DECODING.malformed("a root container is named by a name, not by an element");
      }
      return ContainerId.root(entry.getKey(), type);
    }
    ContainerId parent = get(earlier, entry.getParent() - 1);
    if (!entry.hasElement()) {
      return parent.child(entry.getKey(), type);
    }
    if (!entry.getKey().isEmpty()) {
      throw DECODING.malformed("a child is named by a key or by an element, not by both");
    }
    return parent.child(ids.element(entry.getElement()), type);
  }

  /** The container at this index of a table that was read. */
  static ContainerId get(List<ContainerId> table, int index) {
    if (index < 0 || index >= table.size()) {
      throw DECODING.malformed(
          "there is no container "
              + Integer.toUnsignedString(index)
              + " among the "
              + table.size()
              + " before here");
    }
    return table.get(index);
  }

  /** The type with this number. */
  static ContainerType readType(int number) {
    if (number < 1) {
      throw DECODING.malformed("a container has no type");
    }
    if (number > TYPES.length) {
      throw DECODING.unsupported("container type " + number + " is unknown to this release");
    }
    return TYPES[number - 1];
  }

  /** Checks the last step of a container's path; its parent has been checked. */
  private static void check(Direction direction, Limits limits, ContainerId container) {
    ContainerId parent = container.parent();
    String key = container.key();
    if (container.depth() > limits.maxNesting()) {
      throw direction.tooMuch("containers nest deeper than " + limits.maxNesting() + " levels");
    }
    if (container.depth() > ContainerId.MAX_DEPTH) {
      throw direction.invalid("containers nest deeper than " + ContainerId.MAX_DEPTH + " levels");
    }
    ContainerType carrier = key == null ? ContainerType.LIST : ContainerType.MAP;
    if (parent != null && parent.type() != carrier) {
      throw direction.invalid(
          "a container named by "
              + (key == null ? "an element" : "a key")
              + " hangs in a "
              + parent.type().label()
              + "; it takes a "
              + carrier.label());
    }
    if (key != null) {
      NameRules.check(direction, limits, parent == null ? "the name of a root" : "a key", key);
    }
  }
}
