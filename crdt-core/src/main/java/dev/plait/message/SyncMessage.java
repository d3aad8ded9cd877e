package dev.plait.message;

import dev.plait.change.Chunk;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a sync session says to the other. Immutable.
 *
 * <p>Every message but Hello travels in a {@link ToSession}, so that what is left over from an
 * earlier session can be told apart. How the messages play together is told in {@code
 * docs/formats.md} and in {@link dev.plait.sync.SyncSession}.
 */
public sealed interface SyncMessage {

  /**
   * The first message of each end, repeated until one of the peer is heard.
   *
   * @param protocolVersion the session protocol spoken, from 1
   * @param replica who is speaking
   * @param features what the speaker understands beyond what every end must
   * @param credit how many bytes of changes and snapshots the speaker takes ahead of its
   *     acknowledgements
   * @param session the speaker's number for this session, from 1: what is said to it must bear it
   * @param heard the number in the Hello of the peer that was heard last; 0 if none was
   */
  record Hello(
      int protocolVersion,
      ReplicaId replica,
      List<String> features,
      long credit,
      int session,
      int heard)
      implements SyncMessage {
    /** Copies the list. */
    public Hello {
      features = List.copyOf(features);
    }
  }

  /**
   * Another message with the number of the session it is for.
   *
   * @param session the number that the listener gave in its Hello
   * @param message any message but a Hello and another one of these
   */
  record ToSession(int session, SyncMessage message) implements SyncMessage {
    /**
     * Checks the message.
     *
     * @throws IllegalArgumentException if it is one that can't be addressed, or there is no number
     */
    public ToSession {
      if (session < 1 || message instanceof ToSession || message instanceof Hello) {
        throw new IllegalArgumentException(
            "any message but a Hello can be for one session, numbered from 1, not "
                + session
                + ": "
                + message);
      }
    }
  }

  /**
   * Which documents the speaker wants; replaces what it wanted before. Answered by a Have for each
   * document there is, and an InSync at the end.
   *
   * @param serial the how manyth of the speaker's wishes it is, from 1
   * @param all every document
   * @param documents these
   * @param prefixes those whose names begin with one of these
   */
  record Want(long serial, boolean all, List<String> documents, List<String> prefixes)
      implements SyncMessage {
    /** Copies the lists. */
    public Want {
      documents = List.copyOf(documents);
      prefixes = List.copyOf(prefixes);
    }
  }

  /**
   * What the speaker holds of a document. It announces the document, asks "what am I missing?", and
   * acknowledges all it covers.
   *
   * @param handle the number that stands for the document in other messages of the speaker
   * @param document which document
   * @param version what the speaker holds durably
   * @param times the time of the last change of each author in the version, in its order, ZERO
   *     where it is not known; or empty if none is
   * @param answer whether the speaker wants to be told the other's version in return
   * @param credit as in Hello, from now on
   */
  record Have(
      int handle,
      String document,
      VersionVector version,
      List<HybridTimestamp> times,
      boolean answer,
      long credit)
      implements SyncMessage {
    /** Copies the list. */
    public Have {
      times = List.copyOf(times);
    }
  }

  /**
   * What came has been made durable.
   *
   * @param handle the speaker's number for the document
   * @param advanced what is held now of each author of whom something came, or at least of each of
   *     whom the listener has something too
   * @param times as in Have
   * @param snapshotBytes how much of the snapshot on its way has come, without gaps, from its start
   * @param credit as in Hello, from now on
   */
  record Ack(
      int handle,
      VersionVector advanced,
      List<HybridTimestamp> times,
      int snapshotBytes,
      long credit)
      implements SyncMessage {
    /** Copies the list. */
    public Ack {
      times = List.copyOf(times);
    }
  }

  /** Changes the other end lacks, in causal order. */
  record Changes(String document, List<Chunk> chunks) implements SyncMessage {
    /** Copies the list. */
    public Changes {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * A change said as what follows the one before it, which the other end got in this session.
   *
   * @param handle the speaker's number for the document
   * @param author the first four bytes of the author's id, the first one highest; null for the
   *     speaker itself
   * @param counter the change; the one before it has the number before
   * @param keystroke what {@link dev.plait.codec.Codec#encodeNext} made; must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Next(int handle, @Nullable Integer author, long counter, byte[] keystroke)
      implements SyncMessage {
    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Next other
          && handle == other.handle
          && counter == other.counter
          && Objects.equals(author, other.author)
          && Arrays.equals(keystroke, other.keystroke);
    }

    @Override
    public int hashCode() {
      return Objects.hash(handle, author, counter, Arrays.hashCode(keystroke));
    }
  }

  /**
   * A piece of a snapshot, sent when the history the other end lacks is no longer held.
   *
   * @param document which document
   * @param version the version of the whole snapshot
   * @param offset where in the snapshot's bytes this piece stands
   * @param totalSize the size of the whole snapshot in bytes
   * @param bytes the piece; must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record SnapshotPart(
      String document, VersionVector version, int offset, int totalSize, byte[] bytes)
      implements SyncMessage {
    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof SnapshotPart other
          && offset == other.offset
          && totalSize == other.totalSize
          && document.equals(other.document)
          && version.equals(other.version)
          && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(document, version, offset, Arrays.hashCode(bytes));
    }
  }

  /**
   * The answer to a Want: every document of it that the speaker holds has been named, and of each
   * the listener has acknowledged all that the speaker holds.
   *
   * @param want the serial of that Want
   */
  record InSync(long want) implements SyncMessage {}

  /**
   * Something that a replica shows of itself, such as where its cursor is. Never stored, and lost
   * if it is lost.
   *
   * @param document in which document
   * @param replica who shows it; it may be relayed
   * @param serial grows with each that this replica shows
   * @param data what is shown; empty if nothing is any more; must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Presence(String document, ReplicaId replica, long serial, byte[] data)
      implements SyncMessage {
    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Presence other
          && serial == other.serial
          && document.equals(other.document)
          && replica.equals(other.replica)
          && Arrays.equals(data, other.data);
    }

    @Override
    public int hashCode() {
      return Objects.hash(document, replica, serial, Arrays.hashCode(data));
    }
  }

  /**
   * The other end broke the protocol or may not do what it tried.
   *
   * @param code a stable code
   * @param message what was wrong, for people
   * @param document the document that is refused; empty if the session ends
   */
  record Failure(String code, String message, String document) implements SyncMessage {}

  /** The speaker is leaving in good order. */
  record Bye() implements SyncMessage {}
}
