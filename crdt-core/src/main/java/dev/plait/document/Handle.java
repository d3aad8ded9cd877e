package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Crdt;
import dev.plait.value.ContainerType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A container as its user holds it: a name, the document, and, inside a transaction, the
 * transaction. It looks the container up at each use, so it stays valid when the document is
 * unloaded or the container comes into being later.
 */
abstract class Handle<C extends Crdt> {
  final Document document;
  final ContainerId id;
  private final Class<C> kind;
  private final @Nullable RootEditors editors;

  Handle(Document document, ContainerId id, Class<C> kind, @Nullable RootEditors editors) {
    this.document = document;
    this.id = id;
    this.kind = kind;
    this.editors = editors;
  }

  /** Reads the container, or an empty one where none exists yet. */
  final <R> R read(Function<C, R> question) {
    Access access = document.access();
    access.lock();
    try {
      return question.apply(present());
    } finally {
      access.unlock();
    }
  }

  /** The container to read, or an empty one where none exists yet. Under the lock. */
  final C present() {
    Container container = document.access().reading(editors).containers.find(id);
    return crdt(container == null ? Container.empty(id) : container);
  }

  /** The changes that the document holds one by one. Under the lock. */
  final History history() {
    return document.access().reading(editors).history;
  }

  final C crdt(Container container) {
    return kind.cast(container.crdt());
  }

  final @Nullable RootEditors editorsOrNull() {
    return editors;
  }

  /** The open transaction this handle edits in. */
  final LocalTransaction editing() {
    RootEditors open = editors;
    if (open == null || !open.isOpen()) {
      throw new DocumentException(
          DocumentException.TRANSACTION_ENDED,
          "an editor of " + id + " was used outside its transaction; edit inside transact(…)");
    }
    return open.transaction();
  }

  /** The id of a child, if it would not nest too deep. */
  static ContainerId checkDepth(ContainerId child, int maxNesting) {
    if (child.depth() > maxNesting) {
      throw new DocumentException(
          DocumentException.NESTING_TOO_DEEP, "containers nest at most " + maxNesting + " deep");
    }
    return child;
  }

  static DocumentException mismatch(String where, ContainerType wanted, String found) {
    return new DocumentException(
        DocumentException.TYPE_MISMATCH, where + " holds a " + found + ", not a " + wanted.label());
  }
}
