package dev.plait.sync;

import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.Arrays;

/*
 * Parts are not acknowledged one by one: when the whole does not get through, all parts are sent
 * again. They are the same parts of the same snapshot each time, however the document has grown
 * meanwhile, so that the peer only has to fill its holes.
 */
/** A snapshot on its way out, part by part. */
final class SnapshotTransfer {

  private final DocumentProgress progress;
  private final StoredSnapshot snapshot;
  private final int partSize;
  private int offset;

  SnapshotTransfer(DocumentProgress progress, StoredSnapshot snapshot, int partSize) {
    this.progress = progress;
    this.snapshot = snapshot;
    this.partSize = partSize;
  }

  boolean isFor(DocumentProgress candidate) {
    return progress == candidate;
  }

  /** Whether some parts have been sent and some have not. */
  boolean isUnderWay() {
    return offset > 0 && offset < snapshot.bytes().length;
  }

  boolean isAcknowledged() {
    return progress.peerHolds(snapshot.version());
  }

  /** Begins again with the first part. */
  void rewind() {
    offset = 0;
  }

  /** The next part; after the last, the progress knows that the whole is on its way. */
  SyncMessage takePart() {
    byte[] bytes = snapshot.bytes();
    int end = bytes.length - offset > partSize ? offset + partSize : bytes.length;
    SyncMessage part =
        new SyncMessage.SnapshotPart(
            snapshot.document(),
            snapshot.version(),
            offset,
            bytes.length,
            Arrays.copyOfRange(bytes, offset, end));
    offset = end;
    if (end == bytes.length) {
      progress.onSnapshotSent(snapshot.version());
    }
    return part;
  }
}
