package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.error.PlaitException;
import dev.plait.schedule.Cancellable;
import dev.plait.sync.Subscription;
import dev.plait.sync.SyncEnd;
import dev.plait.sync.SyncPolicy;
import dev.plait.sync.SyncSettings;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.Transport;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link to a peer, and opens another when that is lost. Safe for use by many threads.
 *
 * <p>Its lock is held for a few assignments at a time, never while a link, the store or a listener
 * is called, so nobody waits for it.
 */
final class Supervisor implements SessionLink.Watcher {
  private static final int SESSION_NUMBERS = 127;

  private final long number;
  private final Surroundings surroundings;
  private final Transport transport;
  private final boolean reopens;
  private final Supplier<StoredDocuments> documents;
  private final Presence presence;
  private final SyncPolicy policy;
  private final Consumer<Supervisor> onClosed;
  private final StatusFeed feed;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Cancellable nextTry;
  private int links;
  private volatile Subscription subscription;
  private volatile @Nullable SessionLink link;
  private volatile ConnectionState state =
      new ConnectionState(ConnectionState.Phase.CONNECTING, 0, null);
  private volatile SyncStatus lastStatus = new SyncStatus(null, List.of(), false, null);

  /**
   * @param number its place among the connections of its replica
   * @param reopens whether the transport can be opened again
   * @param documents what a new session is about
   * @param presence what to tell of links that begin and end
   * @param onClosed hears that this will never have a link again
   */
  Supervisor(
      long number,
      Surroundings surroundings,
      Transport transport,
      boolean reopens,
      ConnectOptions options,
      Supplier<StoredDocuments> documents,
      Presence presence,
      Consumer<Supervisor> onClosed) {
    this.number = number;
    this.surroundings = surroundings;
    this.transport = transport;
    this.reopens = reopens;
    this.documents = documents;
    this.presence = presence;
    this.policy = options.policy();
    this.subscription = options.subscription();
    this.onClosed = onClosed;
    this.feed = new StatusFeed(surroundings.scheduler(), this::currentStatus);
    this.backoff =
        new Backoff(
            options.firstBackoffMillis(), options.maxBackoffMillis(), surroundings.chance());
  }

  long number() {
    return number;
  }

  /** Opens the link, now. Returns why it could not; if it reopens, it will try again. */
  @Nullable PlaitException open() {
    SessionLink opening;
    lock.lock();
    try {
      nextTry = null;
      if (isClosed()) {
        return null;
      }
      opening = new SessionLink(surroundings, documents.get(), settings(), this);
      link = opening;
      become(ConnectionState.Phase.CONNECTING, 0, state.failure());
    } finally {
      lock.unlock();
    }
    PlaitException refusal = opening.open(transport);
    if (!opening.documents().replica().equals(surroundings.id())) {
      opening.leave(); // restart() may just have passed by
    }
    return refusal;
  }

  /** Neighbouring sessions have different numbers, none of which takes more than a byte. */
  private SyncSettings settings() {
    links = links % SESSION_NUMBERS + 1;
    return new SyncSettings(subscription, policy, links);
  }

  /** Opens the link in the background. */
  void openSoon() {
    surroundings.scheduler().execute(this::open);
  }

  @Override
  public void onEstablished(SessionLink of) {
    lock.lock();
    try {
      if (of.equals(link)) {
        backoff.reset();
        become(ConnectionState.Phase.CONNECTED, 0, null);
      }
    } finally {
      lock.unlock();
    }
    presence.begin(of);
  }

  @Override
  public void onPresence(
      SessionLink of, String document, ReplicaId origin, long serial, byte[] data) {
    presence.take(of, document, origin, serial, data);
  }

  @Override
  public void onNews(SessionLink of) {
    feed.changed();
  }

  @Override
  public void onEnd(SessionLink of, SessionLink.Loss loss) {
    if (of.peer() != null) {
      presence.end(of);
    }
    boolean closed = false;
    lock.lock();
    try {
      if (!of.equals(link)) {
        return;
      }
      lastStatus = newest(of.status());
      link = null;
      if (isClosed()) {
        return;
      }
      closed = !reopens;
      if (closed) {
        become(ConnectionState.Phase.CLOSED, 0, loss.failure());
      } else {
        long wait = backoff.next(loss.refused());
        become(ConnectionState.Phase.WAITING, surroundings.time().millis() + wait, loss.failure());
        nextTry = surroundings.scheduler().after(wait, this::open);
      }
    } finally {
      lock.unlock();
    }
    if (SyncEnd.SAME_REPLICA.equals(loss.code())) {
      surroundings.scheduler().execute(of.documents()::onSameReplica);
    }
    if (closed) {
      finish();
    }
  }

  /** Ends it for good. Never waits. */
  void close() {
    SessionLink last;
    lock.lock();
    try {
      if (isClosed()) {
        return;
      }
      last = link;
      if (nextTry != null) {
        nextTry.cancel();
      }
      become(ConnectionState.Phase.CLOSED, 0, null);
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.leave();
    }
    finish();
  }

  private void finish() {
    onClosed.accept(this);
    feed.complete();
  }

  /** Ends the present session; what follows depends on whether it reopens. */
  void restart() {
    SessionLink open = link;
    if (open != null) {
      open.leave();
    }
  }

  void onDocumentChanged(String document) {
    SessionLink open = link;
    if (open != null) {
      open.onDocumentChanged(document);
    }
  }

  /** Wants other documents, in this session and those to come. Never waits. */
  void subscribe(Subscription wanted) {
    subscription = wanted;
    surroundings
        .scheduler()
        .execute(
            () -> {
              SessionLink open = link;
              if (open != null) {
                open.subscribe(subscription);
              }
            });
  }

  private void become(ConnectionState.Phase phase, long untilMillis, @Nullable String failure) {
    state = new ConnectionState(phase, untilMillis, failure);
    feed.changed();
  }

  private boolean isClosed() {
    return state.phase() == ConnectionState.Phase.CLOSED;
  }

  @Nullable SessionLink link() {
    return link;
  }

  ConnectionState state() {
    return state;
  }

  StatusFeed feed() {
    return feed;
  }

  boolean isInSync() {
    SessionLink open = link;
    return open != null && open.isInSync() && !isClosed();
  }

  /** How far it is; never waits. */
  SyncStatus status() {
    SessionLink open = link;
    return open == null ? lastStatus : newest(open.status());
  }

  private SyncStatus currentStatus() {
    SessionLink open = link;
    return open == null ? lastStatus : newest(open.currentStatus());
  }

  /**
   * What a session knows before the peer has been heard says less than where the last one ended.
   */
  private SyncStatus newest(SyncStatus status) {
    SyncStatus last = lastStatus;
    return status.peer() == null && last.peer() != null ? last : status;
  }
}
