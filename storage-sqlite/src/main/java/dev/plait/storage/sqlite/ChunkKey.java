package dev.plait.storage.sqlite;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Computes the checksums of the chunks of one replica in one document. Not thread-safe. */
final class ChunkKey {

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer key;
  private final int numbers;

  ChunkKey(char tag, byte[] document, byte[] replica) {
    numbers = 1 + Integer.BYTES + document.length + Integer.BYTES + replica.length;
    key = ByteBuffer.allocate(numbers + 3 * Long.BYTES);
    key.put((byte) tag);
    key.putInt(document.length).put(document);
    key.putInt(replica.length).put(replica);
  }

  /** What the low half of a row's {@code sum} must be. */
  long crc(long first, long last, byte[] record) {
    key.putLong(numbers, first).putLong(numbers + 8, last);
    crc.reset();
    crc.update(key.array(), 0, numbers + 2 * Long.BYTES);
    crc.update(record);
    return crc.getValue();
  }

  /** What stands for a row in the seal: it takes no look at the record. */
  long place(long first, long last, long sum) {
    key.putLong(numbers, first).putLong(numbers + 8, last).putLong(numbers + 16, sum);
    crc.reset();
    crc.update(key.array(), 0, numbers + 3 * Long.BYTES);
    return crc.getValue();
  }
}
