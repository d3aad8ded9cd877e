package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to documents: what a {@link SyncSession} needs of the replica it speaks for.
 *
 * <p>A session calls it from within its own methods, on their thread, and never keeps more than one
 * answer. Documents are named by non-empty strings. What a method throws comes out of the session's
 * method that called it and leaves the session as it was, to go on or to be dropped; only a {@link
 * dev.plait.codec.ProtocolException} ends the session and tells the peer.
 */
public interface SyncDocuments {

  /**
   * What each chunk is counted for beyond its own size when chunks are to fit into a number of
   * bytes: more than any codec needs to set it apart from the next.
   */
  int CHUNK_ALLOWANCE = 16;

  /**
   * Whether there are changes here that must not be told of for now, and that {@link #version} does
   * not cover: then the session is not in sync, whatever it knows. Asked after every event.
   */
  default boolean withholds() {
    return false;
  }

  /** Who speaks. */
  ReplicaId replica();

  /** The names of all documents to sync, each once. Asked when the peer subscribes. */
  List<String> documents();

  /**
   * What is held of a document as durably as it will ever be, whether applied or kept aside; {@link
   * VersionVector#EMPTY} for one not heard of. It only grows. The peer will take it as an
   * acknowledgement and may drop what it covers, so changes that a crash may still take do not
   * count.
   */
  VersionVector version(String document);

  /**
   * When a change that {@link #version} covers was made. It is how two ends find out that they hold
   * different changes of one name.
   *
   * @return null if it is not known any more; the last of each author should be
   */
  @Nullable HybridTimestamp time(String document, Dot change);

  /**
   * The next changes for a peer that holds {@code since}.
   *
   * <p>Chunks that hold any change above {@code since}, whole, as many as fit, in causal order: no
   * chunk begins with a change that depends on one that neither {@code since} nor an earlier chunk
   * covers. Only changes that {@link #version} covers. The calls of a session for one document
   * mostly continue where the one before ended, so an implementation may keep its place.
   *
   * @param since what the peer holds, or is about to
   * @param maxBytes the most that the sizes of all chunks, plus {@link #CHUNK_ALLOWANCE} for each,
   *     may come to
   * @return {@link Outgoing.Compacted} if the history above {@code since} is no longer held in
   *     changes, or if not even its first chunk fits; no chunks if the rest has to be held back for
   *     now
   */
  Outgoing changesSince(String document, VersionVector since, int maxBytes);

  /** The whole state of a document, at a version that {@link #version} covers. */
  StoredSnapshot snapshot(String document);

  /**
   * Takes in chunks from the peer, which may be known, out of order, or of a document not heard of.
   * Whether they are durable on return is for {@link #version} to say; if that grows only later,
   * {@link SyncSession#onDocumentChanged} must be called then.
   */
  void receive(String document, List<Chunk> chunks);

  /** Takes in a snapshot from the peer; the rest is as in {@link #receive}. */
  void receiveSnapshot(StoredSnapshot snapshot);

  /**
   * The peer holds another change of this name than the one here: its author has given one name to
   * two changes, as a copied replica does. Said once for each author of a document and session.
   *
   * @param theirs when theirs was made
   */
  void onContradiction(String document, Dot change, HybridTimestamp theirs);

  /**
   * The peer holds the very change of this name that is here. Said of the last changes of authors,
   * as far as the peer has named them, again with each Have and Ack.
   *
   * @param time when it was made
   */
  default void onSame(String document, Dot change, HybridTimestamp time) {}

  /**
   * The peer has said what it holds. Of an author of whom it holds no more than is held here, the
   * last change that it holds is the same as here, if the peer said when that was made; of one of
   * whom it holds more, nothing has been compared. Not said of a document in which the peer holds
   * another change of a name. Said again with each Have and Ack.
   *
   * @param theirs what the peer holds
   * @param ours what is held here
   */
  default void onPeerHolds(String document, VersionVector theirs, VersionVector ours) {}

  /**
   * The peer holds more changes of this very replica than are held here: this one was restored from
   * a backup, or has a copy that goes on writing. Said once for each document and session, which
   * goes on under the old id. It is time for a new one before this replica writes again.
   *
   * @param counter the last that the peer holds
   */
  void onOwnCounterAhead(String document, long counter);
}
