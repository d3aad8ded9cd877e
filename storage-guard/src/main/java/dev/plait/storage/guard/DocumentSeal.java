package dev.plait.storage.guard;

import dev.plait.store.DocumentSize;
import dev.plait.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What all records of one document add up to; kept as one small record a document and changed in
 * the transaction that changes the others.
 *
 * @param chunks of the changes
 * @param quarantined of the chunks kept aside
 * @param suspects of the changes of whose name there is another
 * @param snapshots of the snapshot, if there is one
 */
public record DocumentSeal(
    RecordSum chunks, RecordSum quarantined, RecordSum suspects, RecordSum snapshots) {

  /** Of a document that is not there. */
  public static final DocumentSeal EMPTY =
      new DocumentSeal(RecordSum.EMPTY, RecordSum.EMPTY, RecordSum.EMPTY, RecordSum.EMPTY);

  private static final int BYTES = 4 * 3 * Long.BYTES;

  /** Whether the document has no record at all; then its seal is removed too. */
  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /** With these chunks. */
  public DocumentSeal withChunks(RecordSum now) {
    return new DocumentSeal(now, quarantined, suspects, snapshots);
  }

  /** With this in quarantine. */
  public DocumentSeal withQuarantined(RecordSum now) {
    return new DocumentSeal(chunks, now, suspects, snapshots);
  }

  /** With these suspects. */
  public DocumentSeal withSuspects(RecordSum now) {
    return new DocumentSeal(chunks, quarantined, now, snapshots);
  }

  /** With this snapshot. */
  public DocumentSeal withSnapshots(RecordSum now) {
    return new DocumentSeal(chunks, quarantined, suspects, now);
  }

  /** How large the document is, without reading it. */
  public DocumentSize size() {
    return new DocumentSize(
        chunks.count(),
        chunks.bytes(),
        quarantined.count(),
        quarantined.bytes(),
        snapshots.bytes());
  }

  /** The seal as 96 bytes: count, bytes and sum of each component in turn, big-endian. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    put(buffer, chunks);
    put(buffer, quarantined);
    put(buffer, suspects);
    put(buffer, snapshots);
    return buffer.array();
  }

  /**
   * Reads what {@link #toBytes} made.
   *
   * @throws StoreException.Corrupt if it did not make them
   */
  public static DocumentSeal from(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw corrupt(bytes.length + " bytes are no seal of a document, which has " + BYTES);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new DocumentSeal(sum(buffer), sum(buffer), sum(buffer), sum(buffer));
  }

  /** The checksum over the seal and the name of its document: CRC32C, unsigned. */
  public long crc(String document) {
    CRC32C crc = new CRC32C();
    crc.update(document.getBytes(StandardCharsets.UTF_8));
    // All seals are equally long, so no name and seal read as another name and seal.
    crc.update(toBytes());
    return crc.getValue();
  }

  private static void put(ByteBuffer buffer, RecordSum sum) {
    buffer.putLong(sum.count()).putLong(sum.bytes()).putLong(sum.sum());
  }

  private static RecordSum sum(ByteBuffer buffer) {
    long count = buffer.getLong();
    long bytes = buffer.getLong();
    long sum = buffer.getLong();
    if (!RecordSum.isPossible(count, bytes, sum)) {
      throw corrupt("a seal counts " + count + " records of " + bytes + " bytes");
    }
    return new RecordSum(count, bytes, sum);
  }

  private static StoreException.Corrupt corrupt(String what) {
    return new StoreException.Corrupt(what + "; restore a copy of the store, or repair it", null);
  }
}
