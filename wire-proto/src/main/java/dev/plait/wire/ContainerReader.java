package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.codec.Limits;
import dev.plait.value.ContainerType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of containers of one chunk or snapshot while it is read. Not thread-safe. */
final class ContainerReader {
  private static final ContainerId[] NONE = {};

  private final Limits limits;
  private final IdReader ids;
  private ContainerId[] table = NONE;
  private int size;

  /** A root that was in some table, and how it was written. */
  private @Nullable ContainerId root;

  private final SeenBytes rootBytes = new SeenBytes();
  private @Nullable Set<ContainerId> known;

  /** An empty table. */
  ContainerReader(Limits limits, IdReader ids) {
    this.limits = limits;
    this.ids = ids;
  }

  /** Starts over with an empty table. */
  void restart() {
    size = 0;
    known = null;
  }

  /** Reads one entry. */
  void read(ProtoReader in) {
    if (size == limits.maxListLength()) {
      throw DECODING.tooMuch("a table has more than " + limits.maxListLength() + " containers");
    }
    ContainerId entry = root;
    if (entry == null || !in.passes(rootBytes)) {
      int from = in.position();
      entry = readEntry(in);
      ContainerTable.check(DECODING, limits, entry);
      if (entry.parent() == null) { // what hangs in others is written with indexes
        root = entry;
        in.remember(from, rootBytes);
      }
    }
    if (size > 0 && isKnown(entry)) {
      throw DECODING.malformed("the table of containers names one of them twice");
    }
    if (size == table.length) {
      table = size == 0 ? new ContainerId[1] : Arrays.copyOf(table, 2 * size);
    }
    if (!entry.equals(table[size])) {
      table[size] = entry;
    }
    size++;
  }

  private boolean isKnown(ContainerId entry) {
    Set<ContainerId> names = known;
    if (names == null) {
      names = new HashSet<>();
      names.add(table[0]);
      known = names;
    }
    return !names.add(entry);
  }

  private ContainerId readEntry(ProtoReader in) {
    int outer = in.enter();
    int tag = in.tag();
    int parent = 0;
    if (tag == ProtoReader.varintTag(ContainerTable.PARENT)) {
      parent = in.smallNumber();
      tag = in.tag();
    }
    String key = "";
    if (tag == ProtoReader.bytesTag(ContainerTable.KEY)) {
      key = in.string();
      tag = in.tag();
    }
    ElementId element = null;
    if (tag == ProtoReader.bytesTag(ContainerTable.ELEMENT)) {
      element = readElement(in);
      tag = in.tag();
    }
    int type = 0;
    if (tag == ProtoReader.varintTag(ContainerTable.TYPE)) {
      type = in.smallNumber();
      tag = in.tag();
    }
    in.end(tag, "ContainerId", ContainerTable.TYPE);
    in.leave(outer);
    return container(parent, key, element, ContainerTable.readType(type));
  }

  private ElementId readElement(ProtoReader in) {
    int outer = in.enter();
    int tag = in.tag();
    int replica = 0;
    if (tag == ProtoReader.varintTag(ContainerTable.ELEMENT_REPLICA)) {
      replica = in.smallNumber();
      tag = in.tag();
    }
    long seq = 0;
    if (tag == ProtoReader.varintTag(ContainerTable.ELEMENT_SEQ)) {
      seq = in.number();
      tag = in.tag();
    }
    in.end(tag, "ElementId", ContainerTable.ELEMENT_SEQ);
    in.leave(outer);
    return ids.element(replica, seq);
  }

  private ContainerId container(
      int parent, String key, @Nullable ElementId element, ContainerType type) {
    if (parent == 0) {
      if (element != null) {
        throw DECODING.malformed("a root container is named by a name, not by an element");
      }
      return ContainerId.root(key, type);
    }
    ContainerId carrier = get(parent - 1);
    if (element == null) {
      return carrier.child(key, type);
    }
    if (!key.isEmpty()) {
      throw DECODING.malformed("a child is named by a key or by an element, not by both");
    }
    return carrier.child(element, type);
  }

  /** The container with this index. */
  ContainerId get(int index) {
    if (index < 0 || index >= size) {
      throw DECODING.malformed(
          "there is no container "
              + Integer.toUnsignedString(index)
              + " among the "
              + size
              + " before here");
    }
    return table[index];
  }
}
