package dev.plait.sync;

import dev.plait.change.Chunk;
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
  private final Window window;
  private final Keystrokes keystrokes;
  private final Set<DocumentProgress> waiting = new LinkedHashSet<>();
  private @Nullable SnapshotTransfer transfer;

  Dispatch(SyncDocuments documents, Limits limits, Window window, Keystrokes keystrokes) {
    this.documents = documents;
    this.limits = limits;
    this.window = window;
    this.keystrokes = keystrokes;
  }

  /**
   * The next message of a document that {@linkplain DocumentProgress#canSend can send}; null if
   * there is none, or if it would not fit and the window is closed now.
   */
  @Nullable SyncMessage next(DocumentProgress progress) {
    if (transfer != null && transfer.isFor(progress) && transfer.isUnderWay()) {
      return transfer.takePart();
    }
    String document = progress.document();
    Outgoing outgoing =
        documents.changesSince(document, progress.base(), room(document, VersionVector.EMPTY));
    return outgoing instanceof Outgoing.Chunks some
        ? changes(progress, some.chunks())
        : nextPart(progress);
  }

  private @Nullable SyncMessage changes(DocumentProgress progress, List<Chunk> chunks) {
    if (chunks.isEmpty()) {
      progress.holdBack();
      return null;
    }
    if (chunks.size() == 1) {
      SyncMessage.Next next = keystrokes.say(progress, chunks.get(0));
      if (next != null) {
        return window.takes(next.keystroke().length)
            ? sent(progress, chunks, next.keystroke().length, next)
            : null;
      }
    }
    int fitting = 0;
    long bytes = 0;
    while (fitting < chunks.size() && window.takes(bytes + chunks.get(fitting).size())) {
      bytes += chunks.get(fitting).size();
      fitting++;
    }
    if (fitting == 0) {
      return null;
    }
    List<Chunk> some = chunks.subList(0, fitting);
    keystrokes.onSent(progress, some);
    return sent(progress, some, bytes, new SyncMessage.Changes(progress.document(), some));
  }

  private static SyncMessage sent(
      DocumentProgress progress, List<Chunk> chunks, long bytes, SyncMessage message) {
    progress.onSent(chunks, bytes);
    return message;
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
    int partSize = room(progress.document(), snapshot.version());
    return new SnapshotTransfer(progress, snapshot, partSize, window);
  }

  private int room(String document, VersionVector version) {
    long taken =
        MESSAGE_ALLOWANCE
            + (long) NAME_UNIT_ALLOWANCE * document.length()
            + (long) VERSION_ENTRY_ALLOWANCE * version.size();
    return (int) Math.max(1, limits.maxFrameBytes() - taken);
  }

  /** The peer has got a document's snapshot up to here. */
  void onArrived(DocumentProgress progress, int snapshotBytes) {
    if (transfer != null && transfer.isFor(progress) && transfer.onArrived(snapshotBytes)) {
      progress.waitAnew();
    }
  }

  /** Whether something of a document is on its way. */
  boolean isUnderWay(DocumentProgress progress) {
    return progress.isUnderWay()
        || (transfer != null && transfer.isFor(progress) && transfer.isUnderWay());
  }

  /** The document was given up waiting for; what was on its way is to be sent again. */
  void rewind(DocumentProgress progress) {
    if (transfer != null && transfer.isFor(progress)) {
      transfer.rewind();
    }
  }

  /** Lets go of the snapshot if it is over. Returns the documents that have waited for that. */
  List<DocumentProgress> release() {
    if (transfer == null || !transfer.isOver()) {
      return List.of();
    }
    transfer.rewind();
    transfer = null;
    List<DocumentProgress> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }
}
