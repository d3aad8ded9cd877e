package dev.plait.replica;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.document.Equivocation;
import dev.plait.error.PlaitException;
import dev.plait.schedule.Cancellable;
import dev.plait.store.StoreBatch;
import dev.plait.transport.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
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
  private final HostedDocuments documents;
  private final HeldVersions unloaded;
  private final AtomicLong opened = new AtomicLong();

  /** In the order they were opened, so that the same calls always speak to peers in one order. */
  private final NavigableMap<Supervisor, Connection> connections =
      new ConcurrentSkipListMap<>(Comparator.comparingLong(Supervisor::number));

  private final Presence presence;
  private volatile Cancellable nextSweep;

  Replica(Surroundings surroundings, @Nullable ThreadScheduler ownScheduler, long idleMillis) {
    this.surroundings = surroundings;
    this.ownScheduler = ownScheduler;
    this.idleMillis = idleMillis;
    this.documents = new HostedDocuments(surroundings, this::changed, this::contradicted);
    this.unloaded = new HeldVersions(surroundings);
    this.presence = new Presence(surroundings, this::document, connections::keySet);
    this.nextSweep = scheduleSweep();
  }

  /** Starts describing a replica. */
  public static ReplicaBuilder builder() {
    return new ReplicaBuilder();
  }

  /**
   * Who this is. It changes only when the id turns out to be used by somebody else; see {@link
   * ReplicaEvent.IdentityReplaced}.
   */
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
    return documents.get(name);
  }

  /**
   * The names of all documents that have been changed here or elsewhere, ordered by code points.
   */
  public List<String> documents() {
    refuseClosed();
    return surroundings.store().documents("");
  }

  // ---- what is kept of documents

  /**
   * Gives up the history of a document for its state, where it is kept and in memory; see {@link
   * Document#compact}. Readers, writers and sync of other documents go on; those of this one wait.
   * {@link dev.plait.store.ChangeStore#reclaim} then gives the room back to the file system.
   *
   * @throws dev.plait.document.DocumentException TRANSACTION_NESTED inside a transaction of it
   * @throws dev.plait.store.StoreException if it can't be read or written; nothing has changed
   * @throws ReplicaException REPLICA_CLOSED
   */
  public CompactionReport compact(String document) {
    refuseClosed();
    return documents.hosted(document).compacting(Document::compact);
  }

  /**
   * Puts few large chunks in the place of many small ones; see {@link Document#mergeChunks}.
   * Nothing is lost. Errors as for {@link #compact}.
   */
  public CompactionReport mergeChunks(String document) {
    refuseClosed();
    return documents.hosted(document).compacting(Document::mergeChunks);
  }

  /**
   * Drops a document from this device, with its history, what is kept aside and what waits. Peers
   * keep theirs: a connection that wants the document brings it back, so leave it out of what
   * connections subscribe to first. Changes that no peer has are lost. The document object stays
   * valid and is empty; its listeners hear nothing.
   *
   * <p>If this replica has ever written in the document, it goes on under another id, in all
   * documents: the numbers of its changes in this one begin anew, and no name may be used twice.
   * {@link ReplicaEvent.IdentityReplaced} says so. All sessions end and, where they can, begin
   * again.
   *
   * @throws dev.plait.document.DocumentException TRANSACTION_NESTED inside a transaction of it
   * @throws dev.plait.store.StoreException if it can't be read or written
   * @throws ReplicaException REPLICA_CLOSED
   */
  public void forget(String document) {
    refuseClosed();
    ReplicaId old = id();
    ReplicaId fresh = documents.hosted(document).forget();
    unloaded.forget(document);
    if (fresh == null) {
      connections.keySet().forEach(Supervisor::restart);
    } else {
      goOnAs(
          old, fresh, document, "\"" + document + "\" was forgotten, with changes of this replica");
    }
  }

  /** Keeps all documents in sync with a peer; see {@link #connect(Transport, ConnectOptions)}. */
  public Connection connect(Transport transport) {
    return connect(transport, ConnectOptions.defaults());
  }

  /**
   * Keeps documents in sync with the peer at the other end, in the background, until the connection
   * or the replica is closed. Returns at once; whether the peer can be reached is seen later. A
   * link that can't be had or is lost is tried again for ever.
   *
   * @param transport can be opened again each time its link has closed
   * @throws ReplicaException REPLICA_CLOSED
   */
  public Connection connect(Transport transport, ConnectOptions options) {
    refuseClosed();
    Connection connection = connection(transport, options, true);
    connection.supervisor().openSoon();
    return connection;
  }

  /** Syncs all documents over a link; see {@link #accept(Transport, ConnectOptions)}. */
  public Connection accept(Transport transport) {
    return accept(transport, ConnectOptions.defaults());
  }

  /**
   * Syncs documents over one link, in the background, until it ends: what a server does with each
   * call. When this returns, the link is open.
   *
   * @param transport is opened once
   * @throws dev.plait.transport.TransportException if no link can be had
   * @throws ReplicaException REPLICA_CLOSED
   */
  public Connection accept(Transport transport, ConnectOptions options) {
    refuseClosed();
    Connection connection = connection(transport, options, false);
    PlaitException refusal = connection.supervisor().open();
    if (refusal != null) {
      throw refusal;
    }
    return connection;
  }

  private Connection connection(Transport transport, ConnectOptions options, boolean reopens) {
    Supervisor supervisor =
        new Supervisor(
            opened.getAndIncrement(),
            surroundings,
            transport,
            reopens,
            options,
            () -> new StoredDocuments(surroundings, documents, unloaded, this::replaceIdentity),
            presence,
            connections::remove);
    Connection connection = new Connection(surroundings, supervisor);
    connections.put(supervisor, connection);
    if (surroundings.isClosed()) {
      connection.close(); // close() may just have passed by
    }
    return connection;
  }

  /** All connections that are open, in the order they were made. */
  public List<Connection> connections() {
    return List.copyOf(connections.values());
  }

  /** Whether there is a connection and each one that is open is in sync. */
  public boolean isInSync() {
    List<Connection> open = connections();
    return !open.isEmpty() && open.stream().allMatch(Connection::isInSync);
  }

  /** What became of the changes that came over connections since the replica was built. */
  public ReplicaStatistics statistics() {
    return surroundings.tally().read();
  }

  /** What replicas show of themselves while they are connected. */
  public Presence presence() {
    return presence;
  }

  /** A document has been committed to, here or by a peer: every session may have to speak. */
  private void changed(String document) {
    unloaded.forget(document);
    connections.keySet().forEach(one -> one.onDocumentChanged(document));
  }

  /** Goes on under another id: durable first, then shown to writers, then to peers. */
  private void replaceIdentity(ReplicaId spoiled, @Nullable String document, String reason) {
    ReplicaId fresh = surroundings.identity().replace(spoiled, StoreBatch.builder());
    if (fresh != null) {
      goOnAs(spoiled, fresh, document, reason);
    }
  }

  private void goOnAs(ReplicaId old, ReplicaId fresh, @Nullable String document, String reason) {
    surroundings.tell(new ReplicaEvent.IdentityReplaced(old, fresh, document, reason));
    try {
      documents.goOnAsCurrent();
    } finally {
      connections.keySet().forEach(Supervisor::restart);
    }
  }

  /** A document was given a change whose name stands for another one here. */
  private void contradicted(Equivocation found) {
    ReplicaId author = found.change().replica();
    if (author.equals(id())) {
      replaceIdentity(
          author, found.document(), "another change " + found.change() + " was brought here");
    } else {
      surroundings.tell(
          new ReplicaEvent.Equivocation(
              found.document(), found.change(), found.held(), found.other()));
      if (surroundings.store().formerIdentities().contains(author)) {
        // What was told of the document is in doubt now, and only a new session can take it back.
        connections.keySet().forEach(Supervisor::restart);
      }
    }
  }

  private Cancellable scheduleSweep() {
    return surroundings.scheduler().after(Math.max(1, idleMillis / 2), this::sweep);
  }

  private void sweep() {
    if (!surroundings.isClosed()) {
      releaseIdle(surroundings.time().millis() - idleMillis);
      nextSweep = scheduleSweep();
      if (surroundings.isClosed()) {
        nextSweep.cancel(); // close() may just have passed by
      }
    }
  }

  /** Lets go of all documents not used since a reading of the wall clock, in milliseconds. */
  void releaseIdle(long sinceMillis) {
    documents.releaseIdle(sinceMillis);
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
    String inside = documents.heldByMe();
    if (inside != null) {
      throw new ReplicaException(
          ReplicaException.CLOSED_INSIDE,
          "replica "
              + id().brief()
              + " can't be closed from inside a transaction of \""
              + inside
              + "\"");
    }
    if (!surroundings.closed().compareAndSet(false, true)) {
      return;
    }
    nextSweep.cancel();
    connections().forEach(Connection::close);
    documents.close();
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
