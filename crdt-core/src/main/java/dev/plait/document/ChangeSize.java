package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.value.ListValue;
import dev.plait.value.MapValue;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;

/**
 * An upper estimate of the encoded size of changes, cheap enough to keep while they are being made:
 * it bounds what a transaction may do, so that every change fits a frame, and what may wait in an
 * inbox.
 */
final class ChangeSize {
  private static final int BASE = 64;
  private static final int PER_OPERATION = 48;
  private static final int PER_REFERENCE = 24;
  private static final int PER_NODE = 12;

  private ChangeSize() {}

  static long of(Change change) {
    long size = BASE + (long) PER_REFERENCE * change.dependencies().size();
    for (ContainerOperation operation : change.operations()) {
      size += of(operation.container()) + of(operation.operation());
    }
    return size;
  }

  /** What naming a container may take; each is named once for many operations. */
  static long of(ContainerId container) {
    long size = 0;
    for (ContainerId step = container; step != null; step = step.parent()) {
      String key = step.key();
      size += PER_REFERENCE + (key == null ? 0 : Unicode.utf8Length(key));
    }
    return size;
  }

  /** An insertion of text that takes so many bytes in UTF-8. */
  static long ofInsertion(long bytes) {
    return PER_OPERATION + bytes;
  }

  /** A deletion of one range. */
  static long ofDeletion() {
    return PER_OPERATION + PER_REFERENCE;
  }

  /** One more thing that an operation names. */
  static long ofReference() {
    return PER_REFERENCE;
  }

  static long of(Operation operation) {
    return PER_OPERATION + payload(operation);
  }

  private static long payload(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return Unicode.utf8Length(insert.text());
    }
    if (operation instanceof Operation.TextDelete delete) {
      return references(delete.ranges());
    }
    if (operation instanceof Operation.MapPut put) {
      return Unicode.utf8Length(put.key()) + content(put.content());
    }
    if (operation instanceof Operation.MapRemove remove) {
      return Unicode.utf8Length(remove.key());
    }
    if (operation instanceof Operation.MapClear clear) {
      return Unicode.utf8Length(clear.key()) + PER_REFERENCE;
    }
    if (operation instanceof Operation.SetAdd add) {
      return value(add.value()) + references(add.replaces());
    }
    if (operation instanceof Operation.SetRemove remove) {
      return references(remove.observed());
    }
    if (operation instanceof Operation.ListInsert insert) {
      long size = 0;
      for (Content item : insert.items()) {
        size += content(item);
      }
      return size;
    }
    if (operation instanceof Operation.ListDelete delete) {
      return references(delete.ranges());
    }
    if (operation instanceof Operation.ListSet set) {
      return PER_REFERENCE + value(set.value());
    }
    if (operation instanceof Operation.RegisterWrite write) {
      return value(write.value());
    }
    if (operation instanceof Operation.MvWrite write) {
      return value(write.value()) + references(write.supersedes());
    }
    if (operation instanceof Operation.MvClear clear) {
      return references(clear.observed());
    }
    if (operation instanceof Operation.CounterReset reset) {
      return 2 * references(reset.observed());
    }
    return PER_REFERENCE;
  }

  private static long references(List<?> list) {
    return (long) PER_REFERENCE * list.size();
  }

  private static long content(Content content) {
    return content instanceof Value value ? value(value) : PER_NODE;
  }

  /** Every value inside a list or map costs something, however small; depth is bounded by Value. */
  private static long value(Value value) {
    long size = PER_NODE;
    if (value instanceof ListValue list) {
      for (Value item : list.values()) {
        size += value(item);
      }
    } else if (value instanceof MapValue map) {
      for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
        size += PER_NODE + Unicode.utf8Length(entry.getKey()) + value(entry.getValue());
      }
    } else {
      size += value.canonicalSize();
    }
    return size;
  }
}
