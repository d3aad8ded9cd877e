package dev.plait.replica;

import dev.plait.sync.Subscription;
import dev.plait.sync.SyncStatus;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A replica's standing wish to be in sync with one peer. Safe from any thread; no method waits for
 * the network or the store.
 *
 * <p>One made by {@link Replica#connect} lives until it is closed: it opens a link, talks, and when
 * the link is lost opens another, after a wait that grows with each failure and begins anew when
 * the peer was reached. One made by {@link Replica#accept} lives as long as its one link. Whatever
 * was sent and acknowledged is not sent again over the next link.
 */
public final class Connection implements AutoCloseable {
  private final Surroundings surroundings;
  private final Supervisor supervisor;

  Connection(Surroundings surroundings, Supervisor supervisor) {
    this.surroundings = surroundings;
    this.supervisor = supervisor;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  /** Whether it has a link or tries to get one; false once it is closed. */
  public boolean isOpen() {
    return state().phase() != ConnectionState.Phase.CLOSED;
  }

  /** Whether the peer has been heard over a link that is still open. */
  public boolean isConnected() {
    return state().phase() == ConnectionState.Phase.CONNECTED;
  }

  /**
   * The definite answer: whether both ends hold the same of every document they share, as far as
   * this end has been told. False while there is no link.
   */
  public boolean isInSync() {
    return surroundings.allAnnounced() && supervisor.isInSync();
  }

  /** What it is doing. */
  public ConnectionState state() {
    return supervisor.state();
  }

  /**
   * Why the link before this was lost or never had, for people; null after a good end, before
   * anything went wrong, and while connected.
   */
  public @Nullable String failure() {
    return state().failure();
  }

  /**
   * How far the sync is, document by document; while the peer can't be reached, how far it was when
   * it was last heard. While the session is at work on another thread, this is what was last asked
   * for. Costs time in the number of documents.
   */
  public SyncStatus status() {
    return supervisor.status();
  }

  /**
   * Tells {@code listener} the status now and whenever it or the {@link #state()} has changed, on
   * the replica's scheduler, one call at a time. What changes fast is told once; progress in
   * numbers is told at each tick of the session. What the listener throws goes to the thread's
   * uncaught exception handler.
   *
   * @return what ends the calls
   */
  public dev.plait.document.Subscription onStatus(Consumer<SyncStatus> listener) {
    return supervisor.feed().listen(listener);
  }

  /**
   * The same as a stream: each subscriber gets the newest status when it has asked for one and
   * there is news, so a slow one misses what was in between. It completes after the last status of
   * a closed connection.
   */
  public Flow.Publisher<SyncStatus> statuses() {
    return supervisor.feed();
  }

  /**
   * Wants other documents from the peer than before, in this session and those that follow. What
   * came already stays.
   */
  public void subscribe(Subscription wanted) {
    supervisor.subscribe(wanted);
  }

  /**
   * Takes leave of the peer and opens no other link. Returns at once; while another thread is at
   * work on the link, that one closes it. Closing twice does nothing.
   */
  @Override
  public void close() {
    supervisor.close();
  }
}
