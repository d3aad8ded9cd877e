package dev.plait.replica;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.store.StoreBatch;
import dev.plait.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One participant: documents that are loaded when they are used, made durable at each commit,
 * synced with peers in the background, and let go when they have been idle.
 *
 * <p>Reads and writes are local and final; they never wait for a peer. A transaction has returned
 * when the store has it.
 *
 * <p><b>Threads.</b> Safe from any thread: each document is guarded by a lock of its own. Listeners
 * of a document are called on the thread that made a change, and on the scheduler's for changes of
 * peers; what they throw goes to the thread's uncaught exception handler.
 */
public final class Replica implements AutoCloseable {
  private final Surroundings surroundings;
  private final @Nullable ThreadScheduler ownScheduler;
  private final long idleMillis;
  private final long tickMillis;
  private final ConcurrentHashMap<String, HostedDocument> documents = new ConcurrentHashMap<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  Replica(
      Surroundings surroundings,
      @Nullable ThreadScheduler ownScheduler,
      long idleMillis,
      long tickMillis) {
    this.surroundings = surroundings;
    this.ownScheduler = ownScheduler;
    this.idleMillis = idleMillis;
    this.tickMillis = tickMillis;
    scheduleSweep();
  }

  /** Starts describing a replica. */
  public static ReplicaBuilder builder() {
    return new ReplicaBuilder();
  }

  /** Who this is. */
  public ReplicaId id() {
    return surroundings.id();
  }

  /** The clock that stamps all changes made here. */
  public HybridLogicalClock clock() {
    return surroundings.clock();
  }

  /**
   * The document of this name, loaded at its first use and created by its first change. The same
   * object each time; it stays valid until the replica is closed.
   *
   * @throws dev.plait.document.DocumentException INVALID_NAME
   * @throws ReplicaException REPLICA_CLOSED
   */
  public Document document(String name) {
    refuseClosed();
    Document document = hosted(name).document();
    if (surroundings.isClosed()) {
      document.close(); // close() may just have passed by
    }
    return document;
  }

  private HostedDocument hosted(String name) {
    HostedDocument known = documents.get(name);
    return known != null
        ? known
        : documents.computeIfAbsent(
            name, absent -> new HostedDocument(absent, surroundings, this::changed));
  }

  /**
   * The names of all documents that have been changed here or elsewhere, ordered by code points.
   */
  public List<String> documents() {
    refuseClosed();
    return surroundings.store().documents("");
  }

  /**
   * Starts to sync all documents with the peer at the other end, in the background, until the link
   * or the connection is closed.
   *
   * @throws dev.plait.transport.TransportException if no link can be had
   * @throws ReplicaException REPLICA_CLOSED
   */
  public Connection connect(Transport transport) {
    refuseClosed();
    Connection connection =
        new Connection(
            surroundings, new StoredDocuments(surroundings, this::document), connections::remove);
    connections.add(connection);
    boolean open = false;
    try {
      connection.open(transport, tickMillis);
      open = true;
    } finally {
      if (!open) {
        connections.remove(connection);
      }
    }
    if (surroundings.isClosed()) {
      connection.close(); // close() may just have passed by
    }
    return connection;
  }

  /** A document has been committed to, here or by a peer: every session may have to speak. */
  private void changed(String document) {
    for (Connection connection : connections) {
      connection.onDocumentChanged(document);
    }
  }

  private void scheduleSweep() {
    surroundings.scheduler().after(Math.max(1, idleMillis / 2), this::sweep);
  }

  private void sweep() {
    if (!surroundings.isClosed()) {
      releaseIdle(surroundings.time().millis() - idleMillis);
      scheduleSweep();
    }
  }

  /** Lets go of all documents not used since a reading of the wall clock, in milliseconds. */
  void releaseIdle(long sinceMillis) {
    documents.values().forEach(document -> document.unloadIfIdleSince(sinceMillis));
  }

  /**
   * Ends all connections in good order, closes all documents, so that using them throws
   * DOCUMENT_CLOSED, and remembers the clock. The store is left open. Closing twice does nothing.
   *
   * @throws ReplicaException CLOSED_INSIDE if called from inside a transaction; nothing is closed
   * @throws dev.plait.store.StoreException if the clock can't be written; all else is closed
   */
  @Override
  public void close() {
    for (HostedDocument hosted : documents.values()) {
      if (hosted.isHeldByMe()) {
        throw new ReplicaException(
            ReplicaException.CLOSED_INSIDE,
            "replica "
                + id().brief()
                + " can't be closed from inside a transaction of \""
                + hosted.document().name()
                + "\"");
      }
    }
    if (!surroundings.closed().compareAndSet(false, true)) {
      return;
    }
    new ArrayList<>(connections).forEach(Connection::close);
    documents.values().forEach(hosted -> hosted.document().close());
    if (ownScheduler != null) {
      ownScheduler.close();
    }
    surroundings.store().commit(StoreBatch.builder().clock(surroundings.clock().peek()).build());
  }

  private void refuseClosed() {
    if (surroundings.isClosed()) {
      throw new ReplicaException(
          ReplicaException.REPLICA_CLOSED, "replica " + id().brief() + " is closed");
    }
  }
}
