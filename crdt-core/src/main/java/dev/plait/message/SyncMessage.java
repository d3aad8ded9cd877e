package dev.plait.message;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one end of a sync session says to the other. Immutable. */
public sealed interface SyncMessage {

  /**
   * The first message of each end, repeated until answered.
   *
   * @param protocolVersion the session protocol spoken, from 1
   * @param replica who is speaking
   */
  record Hello(int protocolVersion, ReplicaId replica) implements SyncMessage {}

  /**
   * What the speaker holds of a document. It is both the question "what am I missing?" and the
   * acknowledgement of all it covers.
   *
   * @param document which document
   * @param version what the speaker holds durably
   * @param answer whether the speaker wants to be told the other's version in return
   */
  record Have(String document, VersionVector version, boolean answer) implements SyncMessage {}

  /** Changes the other end lacks, in causal order. */
  record Changes(String document, List<Chunk> chunks) implements SyncMessage {
    public Changes {
      chunks = List.copyOf(chunks);
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

  /** The other end broke the protocol; the session ends. */
  record Failure(String code, String message) implements SyncMessage {}

  /** The speaker is leaving in good order. */
  record Bye() implements SyncMessage {}
}
