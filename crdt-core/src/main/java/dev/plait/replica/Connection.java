package dev.plait.replica;

import dev.plait.error.PlaitException;
import dev.plait.schedule.Cancellable;
import dev.plait.sync.SyncEnd;
import dev.plait.sync.SyncListener;
import dev.plait.sync.SyncSession;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A replica's link to one peer, with the session that runs over it. Safe from any thread.
 *
 * <p>It lives until either end closes it or the transport fails; {@link Replica#connect} makes a
 * new one, which goes on where this one stopped.
 */
public final class Connection implements AutoCloseable {
  private final Surroundings surroundings;
  private final StoredDocuments documents;
  private final Consumer<Connection> onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Link link;
  private @Nullable SyncSession session;
  private @Nullable Cancellable nextTick;
  private @Nullable String failure;
  private boolean ended;
  private volatile boolean closing;
  private volatile View view = new View(true, false, null);
  private volatile SyncStatus lastStatus = new SyncStatus(null, List.of(), false, null);

  /** What others may know, without waiting for the session. */
  private record View(boolean open, boolean inSync, @Nullable String failure) {}

  Connection(Surroundings surroundings, StoredDocuments documents, Consumer<Connection> onEnd) {
    this.surroundings = surroundings;
    this.documents = documents;
    this.onEnd = onEnd;
  }

  void open(Transport transport, long tickMillis) {
    boolean started = false;
    lock.lock();
    try {
      // A transport may call back from another thread before this returns: the lock makes it wait.
      link = transport.open(new Incoming());
      session =
          SyncSession.start(
              documents, surroundings.codec(), surroundings.limits(), SyncListener.none());
      speak();
      publish();
      scheduleTick(tickMillis);
      started = true;
    } finally {
      if (!started && link != null) {
        end("the session could not start");
      }
      lock.unlock();
    }
    leaveIfAsked();
  }

  private void scheduleTick(long tickMillis) {
    nextTick =
        surroundings
            .scheduler()
            .after(
                tickMillis,
                () -> {
                  with(SyncSession::onTick);
                  lock.lock();
                  try {
                    if (!ended) {
                      scheduleTick(tickMillis);
                    }
                  } finally {
                    lock.unlock();
                  }
                  leaveIfAsked();
                });
  }

  void onDocumentChanged(String document) {
    with(open -> open.onDocumentChanged(document));
  }

  /** Lets the session work, then sends what it has to say. */
  private void with(Consumer<SyncSession> work) {
    lock.lock();
    try {
      SyncSession open = session;
      if (open != null && !ended) {
        try {
          work.accept(open);
          speak();
        } catch (PlaitException broken) {
          end(broken.toString());
        }
      }
      publish();
    } finally {
      lock.unlock();
    }
    leaveIfAsked();
  }

  private void publish() {
    SyncSession open = session;
    view = new View(!ended, open != null && !ended && open.isInSync(), failure);
  }

  private void speak() {
    SyncSession open = session;
    Link out = link;
    if (open != null && out != null) {
      open.drainTo(out);
      if (open.isFinished()) {
        SyncEnd why = open.end();
        end(why == null || why.isInGoodOrder() ? null : why.code() + ": " + why.message());
      }
    }
  }

  /** Under the lock; does nothing the second time. */
  private void end(@Nullable String reason) {
    if (ended) {
      return;
    }
    ended = true;
    failure = reason;
    if (nextTick != null) {
      nextTick.cancel();
    }
    if (link != null) {
      link.close();
    }
    publish();
    onEnd.accept(this);
  }

  /** Whether the connection still lives. */
  public boolean isOpen() {
    return view.open();
  }

  /** Why the connection ended, for people; null while it lives and after a good end. */
  public @Nullable String failure() {
    return view.failure();
  }

  /**
   * The definite answer: whether both ends hold the same of every document, as far as this end has
   * been told. False once the connection has ended.
   */
  public boolean isInSync() {
    return surroundings.allAnnounced() && view.inSync();
  }

  /**
   * How far the sync is, document by document. Never waits: while the session is at work on another
   * thread, this is what was last asked for.
   */
  public SyncStatus status() {
    if (lock.tryLock()) {
      try {
        SyncSession open = session;
        lastStatus = open == null ? lastStatus : open.status();
      } finally {
        lock.unlock();
      }
      leaveIfAsked();
    }
    return lastStatus;
  }

  /**
   * Takes leave of the peer and closes the link: at once, or, while another thread is at work on
   * the connection, as soon as that is done. Closing twice does nothing.
   */
  @Override
  public void close() {
    closing = true;
    leaveIfAsked();
  }

  /** Never waits: whoever holds the lock looks at the wish when letting go of it. */
  private void leaveIfAsked() {
    while (closing && view.open() && lock.tryLock()) {
      try {
        SyncSession open = session;
        if (open != null && !ended) {
          open.close();
          speak();
        }
        end(null);
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Incoming implements Receiver {
    @Override
    public void onFrame(byte[] frame) {
      with(open -> open.onFrame(frame));
    }

    @Override
    public void onWritable() {
      with(open -> {});
    }

    @Override
    public void onClosed(@Nullable String reason) {
      lock.lock();
      try {
        end(reason);
      } finally {
        lock.unlock();
      }
    }
  }
}
