package dev.plait.sync;

import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * When the whole does not get through, all parts are sent again. They are the same parts of the
 * same snapshot each time, however the document has grown meanwhile, so that the peer only has to
 * fill its holes. The peer says how far it has come from the start. That moves the window on, and
 * spares what it has already; but it is not relied on for long, since a late word about another
 * snapshot may be mistaken for one about this: the next time begins at the start again.
 */
/** A snapshot on its way out, part by part. */
final class SnapshotTransfer {

  private final DocumentProgress progress;
  private final StoredSnapshot snapshot;
  private final int partSize;
  private final Window window;
  private int offset;
  private int arrived;

  SnapshotTransfer(
      DocumentProgress progress, StoredSnapshot snapshot, int partSize, Window window) {
    this.progress = progress;
    this.snapshot = snapshot;
    this.partSize = partSize;
    this.window = window;
  }

  boolean isFor(DocumentProgress candidate) {
    return progress == candidate;
  }

  /** Whether some parts have been sent and some have not. */
  boolean isUnderWay() {
    return offset > 0 && offset < size();
  }

  /** Whether there is nothing left to wait for. */
  boolean isOver() {
    return progress.peerHolds(snapshot.version()) || !progress.pushes();
  }

  private int size() {
    return snapshot.bytes().length;
  }

  /**
   * The peer has got the snapshot up to here.
   *
   * @return whether that is news
   */
  boolean onArrived(int bytes) {
    if (bytes <= arrived || bytes > size() || (bytes % partSize != 0 && bytes < size())) {
      return false;
    }
    boolean finished = offset == size();
    window.land(Math.min(bytes, offset) - arrived);
    arrived = bytes;
    offset = Math.max(offset, bytes);
    if (offset == size() && !finished) {
      progress.onSnapshotSent(snapshot.version());
    }
    return true;
  }

  /** Begins again with the first part. */
  void rewind() {
    window.land(offset - arrived);
    offset = 0;
    arrived = 0;
  }

  /** The next part, if there is room; after the last, the whole is known to be on its way. */
  @Nullable SyncMessage takePart() {
    byte[] bytes = snapshot.bytes();
    int end = bytes.length - offset > partSize ? offset + partSize : bytes.length;
    if (!window.takes(end - offset)) {
      return null;
    }
    window.depart(end - offset);
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
