package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.error.PlaitException;
import dev.plait.schedule.Cancellable;
import dev.plait.sync.DocumentStatus;
import dev.plait.sync.Subscription;
import dev.plait.sync.SyncEnd;
import dev.plait.sync.SyncListener;
import dev.plait.sync.SyncSession;
import dev.plait.sync.SyncSettings;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * One lock guards the session. It is held while the session works, and so while the store is read
 * and written; nobody who must not wait takes it without asking first whether it is free. What comes
 * from other threads meanwhile is left in a place of its own, to be seen by whoever lets go: the
 * wish to leave, and the names of documents that have changed.
 */
/** One link to a peer, with the session that runs over it. Safe for use by many threads. */
final class SessionLink {

  /** Who wants to know what happens to a link. Called under its lock. */
  interface Watcher {
    /** The peer has said its name. Once. */
    void onEstablished(SessionLink link);

    /** Somebody shows something of itself. */
    void onPresence(SessionLink link, String document, ReplicaId origin, long serial, byte[] data);

    /** The status may have changed. */
    void onNews(SessionLink link);

    /** It is over. The last call. */
    void onEnd(SessionLink link, Loss loss);
  }

  /**
   * Why a link is over.
   *
   * @param failure what went wrong, for people; null for a good end
   * @param refused whether trying again soon is not likely to help
   * @param code how the session ended, if it did
   */
  record Loss(@Nullable String failure, boolean refused, @Nullable String code) {
    private static final Loss GOOD = new Loss(null, false, null);
  }

  private final Surroundings surroundings;
  private final StoredDocuments documents;
  private final SyncSettings settings;
  private final Watcher watcher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private @Nullable Link link;
  private @Nullable Cancellable nextTick;
  private boolean news;
  private boolean worked;
  private volatile @Nullable SyncSession session;
  private volatile boolean ended;
  private volatile boolean leaving;
  private volatile @Nullable ReplicaId peer;
  private volatile boolean inSync;
  private volatile SyncStatus lastStatus = new SyncStatus(null, List.of(), false, null);

  SessionLink(
      Surroundings surroundings,
      StoredDocuments documents,
      SyncSettings settings,
      Watcher watcher) {
    this.surroundings = surroundings;
    this.documents = documents;
    this.settings = settings;
    this.watcher = watcher;
  }

  // ---- its life

  /**
   * Opens the link and begins to talk, unless it was left before. Returns why it could not; then it
   * has ended already.
   */
  @Nullable PlaitException open(Transport transport) {
    PlaitException refusal = null;
    boolean done = false;
    lock.lock();
    try {
      if (ended) {
        done = true;
        return null;
      }
      // A transport may call back from another thread before this returns: the lock makes it wait.
      link = transport.open(new Incoming());
      session =
          SyncSession.start(
              documents, surroundings.codec(), surroundings.limits(), settings, new Listening());
      scheduleTick();
      tellChanges();
      speak();
      done = true;
    } catch (TransportException unreachable) {
      refusal = unreachable;
      end(new Loss(unreachable.toString(), false, null));
    } catch (PlaitException broken) {
      refusal = broken;
      end(new Loss(broken.toString(), true, null));
    } finally {
      settle(done || refusal != null);
      lock.unlock();
    }
    leaveIfAsked();
    return refusal;
  }

  private void scheduleTick() {
    nextTick = surroundings.scheduler().after(surroundings.tickMillis(), this::tick);
  }

  private void tick() {
    with(
        open -> {
          open.onTick();
          news |= worked;
          worked = false;
          scheduleTick();
        });
  }

  /** Lets the session work, then sends what it has to say. */
  private void with(Consumer<SyncSession> work) {
    boolean done = false;
    lock.lock();
    try {
      SyncSession open = session;
      if (open != null && !ended) {
        work.accept(open);
        tellChanges();
        speak();
      }
      done = true;
    } catch (PlaitException broken) {
      done = true;
      end(new Loss(broken.toString(), true, null));
    } finally {
      settle(done);
      lock.unlock();
    }
    leaveIfAsked();
  }

  private void speak() {
    SyncSession open = session;
    Link out = link;
    if (open == null || out == null || ended) {
      return;
    }
    open.drainTo(out);
    if (peer == null) {
      peer = open.status().peer();
      if (peer != null) {
        news = true;
        watcher.onEstablished(this);
      }
    }
    if (open.isFinished()) {
      end(loss(null));
    }
  }

  /**
   * Why it is over: what the session ended with, if it has ended, tells more than how the line was
   * closed after that.
   */
  private Loss loss(@Nullable String reason) {
    SyncSession last = session;
    SyncEnd why = last == null ? null : last.end();
    if (why == null) {
      return new Loss(reason, false, null);
    }
    return why.isInGoodOrder()
        ? Loss.GOOD
        : new Loss(why.code() + ": " + why.message(), true, why.code());
  }

  /** Shows what has become of it. Under the lock, as the last step of all work. */
  private void settle(boolean understood) {
    if (!understood) {
      end(new Loss("the session broke off", true, null));
    }
    SyncSession open = session;
    inSync = open != null && !ended && open.isInSync();
    if (news && !ended) {
      news = false;
      watcher.onNews(this);
    }
  }

  /** Under the lock; does nothing the second time. */
  private void end(Loss loss) {
    if (ended) {
      return;
    }
    SyncSession last = session;
    if (last != null) {
      SyncStatus status = last.status();
      lastStatus = new SyncStatus(status.peer(), status.documents(), false, status.end());
    }
    ended = true;
    inSync = false;
    if (nextTick != null) {
      nextTick.cancel();
    }
    if (link != null) {
      link.close();
    }
    changed.clear();
    watcher.onEnd(this, loss);
  }

  /**
   * Takes leave of the peer and closes the link: at once, or, while somebody is at work on it, as
   * soon as that is done. Never waits.
   */
  void leave() {
    leaving = true;
    if (!lock.isHeldByCurrentThread()) {
      leaveIfAsked();
    }
  }

  /** Whoever holds the lock looks at the wish when letting go of it. */
  private void leaveIfAsked() {
    while (leaving && !ended && lock.tryLock()) {
      try {
        SyncSession open = session;
        if (open != null) {
          open.close();
          speak();
        }
        end(Loss.GOOD);
      } finally {
        lock.unlock();
      }
    }
  }

  // ---- what it is told

  /** A document has changed, other than through this link. */
  void onDocumentChanged(String document) {
    changed.add(document);
    if (session != null) {
      with(open -> {});
    }
  }

  private void tellChanges() {
    SyncSession open = session;
    if (open != null && !ended) {
      for (Iterator<String> each = changed.iterator(); each.hasNext(); ) {
        String document = each.next();
        each.remove();
        open.onDocumentChanged(document);
      }
    }
  }

  void subscribe(Subscription wanted) {
    with(open -> open.subscribe(wanted));
  }

  /** Shows the peer what it did not bring itself. */
  void sendPresence(List<PresenceTable.Shown> news) {
    with(
        open -> {
          for (PresenceTable.Shown one : news) {
            if (one.source() != this) {
              open.sendPresence(
                  one.place().document(), one.place().origin(), one.serial(), one.data());
            }
          }
        });
  }

  // ---- what it tells

  /** The replica that is spoken for. */
  StoredDocuments documents() {
    return documents;
  }

  /** Who is at the other end; null until it has said its name. */
  @Nullable ReplicaId peer() {
    return peer;
  }

  boolean isInSync() {
    return inSync;
  }

  /** How far it is; while somebody is at work on it, how far it was when last asked. */
  SyncStatus status() {
    if (!ended && lock.tryLock()) {
      takeStatus();
    }
    return lastStatus;
  }

  /** How far it is now; waits for whoever is at work on it. */
  SyncStatus currentStatus() {
    if (!ended && session != null) {
      lock.lock();
      takeStatus();
    }
    return lastStatus;
  }

  private void takeStatus() {
    try {
      SyncSession open = session;
      if (open != null && !ended) {
        lastStatus = open.status();
      }
    } finally {
      lock.unlock();
    }
    leaveIfAsked();
  }

  private final class Listening implements SyncListener {
    @Override
    public void onDocument(DocumentStatus status) {
      news = true;
    }

    @Override
    public void onInSync(boolean now) {
      news = true;
    }

    @Override
    public void onPresence(String document, ReplicaId origin, long serial, byte[] data) {
      watcher.onPresence(SessionLink.this, document, origin, serial, data);
    }
  }

  private final class Incoming implements Receiver {
    @Override
    public void onFrame(byte[] frame) {
      with(
          open -> {
            worked = true;
            open.onFrame(frame);
          });
    }

    @Override
    public void onWritable() {
      with(open -> {});
    }

    @Override
    public void onClosed(@Nullable String reason) {
      lock.lock();
      try {
        end(loss(reason));
      } finally {
        lock.unlock();
      }
    }
  }
}
