package dev.plait.document;

import dev.plait.change.Chunk;
import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.value.ContainerType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a document's state: behind the host's lock, loaded when needed, refused while a
 * transaction is open or after the document was closed.
 */
final class Access {
  private final String name;
  private final Limits limits;
  private final HybridLogicalClock clock;
  private final Codec codec;
  private final @Nullable DocumentHost host;
  private @Nullable DocumentState loaded;
  private @Nullable LocalTransaction current;
  private boolean closed;

  /** What was made durable and the host was not told of yet. */
  private @Nullable DocumentCommit durable;

  /**
   * @param host what keeps the document, or null
   * @param state the state; null to load it from the host
   */
  Access(
      String name,
      Limits limits,
      HybridLogicalClock clock,
      Codec codec,
      @Nullable DocumentHost host,
      @Nullable DocumentState state) {
    this.name = name;
    this.limits = limits;
    this.clock = clock;
    this.codec = codec;
    this.host = host;
    this.loaded = state;
  }

  void lock() {
    if (host != null) {
      host.lock();
    }
  }

  void unlock() {
    if (host != null) {
      host.unlock();
    }
  }

  /** The state, outside any transaction. Under the lock. */
  DocumentState idle() {
    refuseInTransaction();
    return state();
  }

  /** The state, inside a transaction or outside any. Under the lock. */
  private DocumentState state() {
    if (closed) {
      throw new DocumentException(
          DocumentException.DOCUMENT_CLOSED, "document \"" + name + "\" is closed");
    }
    DocumentState state = loaded;
    if (state == null) {
      state = DocumentLoading.load(limits, clock, codec, host);
      loaded = state;
    }
    return state;
  }

  /** Feeds what is kept to a loader; there has to be a host. */
  void load(DocumentHost.Loader loader) {
    if (host == null) {
      throw new IllegalStateException("document \"" + name + "\" is not kept anywhere");
    }
    host.load(loader);
  }

  /** Shows the chunks that a host keeps. */
  void stored(Consumer<Chunk> chunks) {
    if (host != null) {
      host.stored(chunks);
    }
  }

  /** The state without a branch; see {@link DocumentLoading#without}. */
  DocumentState without(Dot branch, ReplicaId onTop, Consumer<DocumentHost.Loader> kept) {
    return DocumentLoading.without(branch, onTop, limits, clock, codec, kept);
  }

  /** Takes what is kept into such a state once more; see {@link DocumentLoading#complete}. */
  void complete(
      DocumentState without, Dot branch, ReplicaId onTop, Consumer<DocumentHost.Loader> kept) {
    DocumentLoading.complete(without, branch, onTop, clock, codec, kept);
  }

  /** From now on this is the state. Under the lock. */
  void replace(DocumentState state) {
    loaded = state;
  }

  void begin(LocalTransaction transaction) {
    current = transaction;
  }

  void end() {
    current = null;
  }

  private void refuseInTransaction() {
    if (current != null) {
      throw new DocumentException(
          DocumentException.TRANSACTION_NESTED,
          "a transaction of document \"" + name + "\" is open; finish it first");
    }
  }

  /**
   * Answers a question about the state, inside the transaction of {@code editors} or outside any.
   */
  <R> R read(@Nullable RootEditors editors, Function<DocumentState, R> question) {
    lock();
    try {
      return question.apply(reading(editors));
    } finally {
      unlock();
    }
  }

  /** Answers a question to which null is an answer. */
  <R> @Nullable R readNullable(
      @Nullable RootEditors editors, Function<DocumentState, @Nullable R> question) {
    lock();
    try {
      return question.apply(reading(editors));
    } finally {
      unlock();
    }
  }

  /** The state, to be read inside the transaction of {@code editors} or outside any. */
  DocumentState reading(@Nullable RootEditors editors) {
    if (editors != null && !editors.isOpen()) {
      throw new DocumentException(
          DocumentException.TRANSACTION_ENDED,
          "this belongs to a transaction that has ended; ask the document for a view instead");
    }
    return state();
  }

  /**
   * The id of a root.
   *
   * @throws DocumentException TYPE_MISMATCH if only roots of other types have the name
   */
  ContainerId root(String rootName, ContainerType type) {
    lock();
    try {
      Container known = state().containers.root(rootName, type);
      return known != null ? known.id() : newRoot(rootName, type);
    } finally {
      unlock();
    }
  }

  private ContainerId newRoot(String rootName, ContainerType type) {
    Names.check("root", rootName, limits);
    List<Container> same = state().containers.rootsNamed(rootName);
    if (!same.isEmpty()) {
      throw Handle.mismatch("root \"" + rootName + "\"", type, same.get(0).id().type().label());
    }
    return ContainerId.root(rootName, type);
  }

  /** Whether a host keeps the document, and wants to hear of commits. */
  boolean isHosted() {
    return host != null;
  }

  /** Makes a commit durable before it happens in memory. */
  void persist(DocumentCommit commit) {
    if (host != null && !commit.isEmpty()) {
      host.persist(commit);
      durable = commit;
    }
  }

  /**
   * Does something that may leave memory ahead of, or behind, what is kept. If it fails, memory is
   * dropped: the next use loads what is really there.
   */
  <R> R orDrop(Supplier<R> step) {
    boolean done = false;
    try {
      R result = step.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        drop();
      }
    }
  }

  /** Memory may be ahead of, or behind, what is kept: if a host keeps anything, forgets it. */
  void drop() {
    if (host != null) {
      loaded = null;
      durable = null;
    }
  }

  /** Does something, as {@link #orDrop(Supplier)}. */
  void orDrop(Runnable step) {
    orDrop(
        () -> {
          step.run();
          return true;
        });
  }

  /** Tells the host what has happened, in memory and on disk, since it was told last. */
  void committed() {
    DocumentCommit commit = durable;
    if (host != null && commit != null) {
      durable = null;
      host.committed(commit);
    }
  }

  /** Delivers the events of others' changes where the host wants it. */
  void deliver(Runnable delivery) {
    if (host == null) {
      delivery.run();
    } else {
      host.deliver(delivery);
    }
  }

  boolean unload() {
    lock();
    try {
      DocumentState state = loaded;
      if (host == null || current != null || (state != null && state.inbox.size() > 0)) {
        return false;
      }
      loaded = null;
      return true;
    } finally {
      unlock();
    }
  }

  boolean discard() {
    lock();
    try {
      refuseInTransaction();
      drop();
      return host != null;
    } finally {
      unlock();
    }
  }

  boolean isLoaded() {
    lock();
    try {
      return loaded != null;
    } finally {
      unlock();
    }
  }

  void close() {
    lock();
    try {
      refuseInTransaction();
      closed = true;
      loaded = null;
    } finally {
      unlock();
    }
  }
}
