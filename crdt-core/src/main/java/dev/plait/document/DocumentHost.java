package dev.plait.document;

import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.util.function.Consumer;

/**
 * What surrounds a document that is not left to itself: a lock, and a place where it is kept.
 *
 * <p>{@code dev.plait.replica} hosts documents in a store. A host of your own is needed only when
 * you want documents that load themselves from, and commit to, something else. A document without a
 * host takes no lock and lives as long as the object.
 */
public interface DocumentHost {

  /** Enters the document; reentrant. Called around every use of it. */
  void lock();

  /** Leaves the document. */
  void unlock();

  /**
   * Feeds what is kept of the document to {@code loader}, under the lock, when the document is
   * first used and after it was {@linkplain Document#unload unloaded}.
   */
  void load(Loader loader);

  /**
   * Shows the chunks that are kept, other than aside, under the lock, ordered by replica, then
   * first counter. A host that does not has no chunks merged.
   *
   * @param chunks must not call the host
   */
  default void stored(Consumer<Chunk> chunks) {}

  /**
   * Makes what is about to happen durable, under the lock, before anyone is told. If it throws, the
   * document stays, or goes back to, what it was.
   */
  void persist(DocumentCommit commit);

  /** Hears of a commit that is durable and visible, under the lock; must not throw. */
  default void committed(DocumentCommit commit) {}

  /**
   * Runs the delivery of events that changes of others have caused; called outside the lock, on the
   * thread that handed the changes in.
   */
  default void deliver(Runnable delivery) {
    delivery.run();
  }

  /** Takes what was kept; snapshot first. */
  interface Loader {
    /** The snapshot everything else builds on. */
    void snapshot(Snapshot snapshot);

    /**
     * A chunk, in any order; those of one author in the order of their counters cost least.
     *
     * @throws dev.plait.codec.ProtocolException if it can't be decoded
     */
    void chunk(Chunk chunk);

    /**
     * A chunk that was kept aside. Why, is found out anew: the next import, or {@link
     * Document#releaseQuarantine}, applies what nothing speaks against any more.
     */
    void quarantined(Chunk chunk);

    /** A change of whose name there is another. */
    void suspect(Dot change);

    /** An id under which the document's own replica has worked before. */
    void former(ReplicaId replica);
  }
}
