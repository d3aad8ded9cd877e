package dev.plait.sync;

import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * A peer sends one snapshot at a time, so one is put together at a time: a part of another document
 * or of a newer version begins a new one. Parts may come in any order and more than once; what has
 * come stays until the whole is there, so when parts were lost and all are sent again, only the
 * holes are filled. Memory is taken for bytes that came, not for sizes that were announced.
 */
/** Puts a snapshot together from its parts. */
final class SnapshotAssembly {

  private final Limits limits;
  private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
  private String document = "";
  private VersionVector version = VersionVector.EMPTY;
  private int totalSize;
  private int received;
  private int prefix;

  SnapshotAssembly(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes a part.
   *
   * @return the snapshot if this was the last part missing, else null
   * @throws ProtocolException if the part lies outside the whole, does not fit the parts that came
   *     before, or breaks a limit
   */
  @Nullable StoredSnapshot add(SyncMessage.SnapshotPart part) {
    checkBounds(part);
    if (!part.document().equals(document) || !part.version().equals(version)) {
      if (isOutdated(part)) {
        return null;
      }
      begin(part);
    }
    if (!isRepeated(part)) {
      parts.put(part.offset(), part.bytes());
      received += part.bytes().length;
      extendPrefix();
    }
    return received < totalSize ? null : finish();
  }

  /** How many bytes of a document's snapshot have come, without gaps, from its start. */
  int prefix(String ofDocument) {
    return document.equals(ofDocument) ? prefix : 0;
  }

  /** Moves the prefix on over all parts that go on from it, each of them once. */
  private void extendPrefix() {
    for (byte[] next = parts.get(prefix); next != null; next = parts.get(prefix)) {
      prefix += next.length;
    }
  }

  private void checkBounds(SyncMessage.SnapshotPart part) {
    int length = part.bytes().length;
    if (part.totalSize() > limits.maxSnapshotBytes()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "a snapshot of "
              + part.totalSize()
              + " bytes is too large; allowed are "
              + limits.maxSnapshotBytes());
    }
    if (length == 0 || part.offset() < 0 || part.offset() > part.totalSize() - length) {
      throw new ProtocolException(
          ProtocolException.MALFORMED,
          "a snapshot of "
              + part.totalSize()
              + " bytes has no part of "
              + length
              + " bytes at "
              + part.offset()
              + "; parts have at least one byte and lie inside the whole");
    }
  }

  private boolean isOutdated(SyncMessage.SnapshotPart part) {
    return !parts.isEmpty()
        && part.document().equals(document)
        && version.dominates(part.version());
  }

  private void begin(SyncMessage.SnapshotPart part) {
    parts.clear();
    received = 0;
    prefix = 0;
    document = part.document();
    version = part.version();
    totalSize = part.totalSize();
  }

  private boolean isRepeated(SyncMessage.SnapshotPart part) {
    if (part.totalSize() != totalSize) {
      throw misfit("its size was " + totalSize + " before and is " + part.totalSize() + " now");
    }
    int end = part.offset() + part.bytes().length;
    Map.Entry<Integer, byte[]> before = parts.lowerEntry(end);
    if (before != null && before.getKey() == part.offset()) {
      if (before.getValue().length != part.bytes().length) {
        throw misfit("two parts at " + part.offset() + " differ in length");
      }
      return true;
    }
    if (before != null && before.getKey() + before.getValue().length > part.offset()) {
      throw misfit("parts overlap at " + part.offset());
    }
    if (parts.size() >= limits.maxListLength()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "a snapshot in more than " + limits.maxListLength() + " parts is not allowed");
    }
    return false;
  }

  private static ProtocolException misfit(String what) {
    return new ProtocolException(
        ProtocolException.MALFORMED, "the parts of a snapshot do not fit together: " + what);
  }

  private StoredSnapshot finish() {
    byte[] whole = new byte[totalSize];
    for (Map.Entry<Integer, byte[]> part : parts.entrySet()) {
      System.arraycopy(part.getValue(), 0, whole, part.getKey(), part.getValue().length);
    }
    StoredSnapshot snapshot = new StoredSnapshot(document, version, whole);
    clear();
    return snapshot;
  }

  private void clear() {
    parts.clear();
    received = 0;
    prefix = 0;
    document = "";
    version = VersionVector.EMPTY;
  }
}
