package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerOperation;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.List;

/**
 * An upper estimate of the encoded size of changes, cheap enough to keep while they are being made:
 * it bounds what a transaction may do, so that every change fits a frame, and what may wait in an
 * inbox.
 */
final class ChangeSize {
  private static final int BASE = 64;
  private static final int PER_OPERATION = 48;
  private static final int PER_REFERENCE = 24;

  private ChangeSize() {}

  static long of(Change change) {
    long size = BASE + (long) PER_REFERENCE * change.dependencies().size();
    for (ContainerOperation operation : change.operations()) {
      size += of(operation.operation());
    }
    return size;
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
      return add.value().canonicalSize() + references(add.replaces());
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
    if (operation instanceof Operation.RegisterWrite write) {
      return write.value().canonicalSize();
    }
    if (operation instanceof Operation.MvWrite write) {
      return write.value().canonicalSize() + references(write.supersedes());
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
    return content instanceof Value value ? 8L + value.canonicalSize() : 8;
  }
}
