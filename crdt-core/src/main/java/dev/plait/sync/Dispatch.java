package dev.plait.sync;

import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Nothing is prepared ahead of time: each message is made when there is room for it. The one thing
 * that is held is the snapshot that is being sent; while it is, other documents that need a
 * snapshot wait for their turn.
 */
/** Finds the next changes, or the next part of a snapshot, that a document has to send. */
final class Dispatch {

  /** What a message may need beside its name, its version and its chunks or bytes. */
  private static final int MESSAGE_ALLOWANCE = 64;

  /** What an entry of a version may need: 16 bytes of replica, 10 of counter, and their framing. */
  private static final int VERSION_ENTRY_ALLOWANCE = 32;

  /** The most that a UTF-16 unit takes in UTF-8. */
  private static final int NAME_UNIT_ALLOWANCE = 3;

  private final SyncDocuments documents;
  private final Limits limits;
  private final Set<DocumentProgress> waiting = new LinkedHashSet<>();
  private @Nullable SnapshotTransfer transfer;

  Dispatch(SyncDocuments documents, Limits limits) {
    this.documents = documents;
    this.limits = limits;
  }

  /** The next message of a document that {@linkplain DocumentProgress#canSend can send}. */
  @Nullable SyncMessage next(DocumentProgress progress) {
    if (transfer != null && transfer.isFor(progress) && transfer.isUnderWay()) {
      return transfer.takePart();
    }
    String document = progress.document();
    Outgoing outgoing =
        documents.changesSince(document, progress.base(), room(document, VersionVector.EMPTY));
    if (outgoing instanceof Outgoing.Chunks some) {
      if (some.chunks().isEmpty()) {
        return null;
      }
      progress.onSent(some.chunks());
      return new SyncMessage.Changes(document, some.chunks());
    }
    return nextPart(progress);
  }

  private @Nullable SyncMessage nextPart(DocumentProgress progress) {
    if (transfer == null) {
      transfer = begin(progress);
    } else if (!transfer.isFor(progress)) {
      waiting.add(progress);
      return null;
    }
    return transfer == null ? null : transfer.takePart();
  }

  private @Nullable SnapshotTransfer begin(DocumentProgress progress) {
    StoredSnapshot snapshot = documents.snapshot(progress.document());
    if (progress.peerHolds(snapshot.version())) {
      return null;
    }
    int size = snapshot.bytes().length;
    if (size > limits.maxSnapshotBytes()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "the snapshot of document \""
              + progress.document()
              + "\" has "
              + size
              + " bytes; allowed are "
              + limits.maxSnapshotBytes()
              + ", unless both ends raise their limit");
    }
    return new SnapshotTransfer(progress, snapshot, room(progress.document(), snapshot.version()));
  }

  private int room(String document, VersionVector version) {
    long taken =
        MESSAGE_ALLOWANCE
            + (long) NAME_UNIT_ALLOWANCE * document.length()
            + (long) VERSION_ENTRY_ALLOWANCE * version.size();
    return (int) Math.max(1, limits.maxFrameBytes() - taken);
  }

  /** The document was given up waiting for; what was on its way is to be sent again. */
  void rewind(DocumentProgress progress) {
    if (transfer != null && transfer.isFor(progress)) {
      transfer.rewind();
    }
  }

  /** Lets go of the snapshot if it has arrived. Returns the documents that have waited for that. */
  List<DocumentProgress> release() {
    if (transfer == null || !transfer.isAcknowledged()) {
      return List.of();
    }
    transfer = null;
    List<DocumentProgress> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }
}
