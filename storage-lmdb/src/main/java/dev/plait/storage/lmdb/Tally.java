package dev.plait.storage.lmdb;

import dev.plait.storage.guard.RecordSum;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * What a record counts in its document's seal, read from the first numbers and the checksum of its
 * value. That they are right is not known until the sum is compared with the seal, so any bytes
 * give some answer.
 *
 * @param last the last counter of a chunk, the counter of a suspect, 0 of a snapshot
 * @param bytes the length of a chunk or snapshot, 0 of a suspect
 * @param crc over its key, {@code last} and its checksum
 */
record Tally(long last, long bytes, long crc) {

  /** A byte of a value. */
  private interface Bytes {
    byte at(long index);
  }

  /** Of a value in the map, without a copy. */
  static Tally of(byte[] key, PointerBytesStore value) {
    return of(key, value.capacity(), value::readByte);
  }

  static Tally of(byte[] key, byte[] value) {
    return of(key, value.length, index -> value[(int) index]);
  }

  private static Tally of(byte[] key, long length, Bytes value) {
    int crc = 0;
    for (long i = Math.max(0, length - LmdbLayout.CRC_BYTES); i < length; i++) {
      crc = (crc << 8) | (value.at(i) & 0xff);
    }
    long[] numbers = new long[2];
    long at = 0;
    for (int i = 0; i < numbers.length; i++) {
      boolean more = true;
      for (int shift = 0; more && shift < Long.SIZE && at < length; shift += 7) {
        byte next = value.at(at++);
        numbers[i] |= (next & 0x7fL) << shift;
        more = next < 0;
      }
    }
    long last =
        switch (key[0]) {
          case LmdbLayout.CHUNK, LmdbLayout.QUARANTINE -> LmdbLayout.firstIn(key) + numbers[0];
          case LmdbLayout.SUSPECT -> numbers[0];
          default -> 0;
        };
    long bytes =
        switch (key[0]) {
          case LmdbLayout.CHUNK, LmdbLayout.QUARANTINE -> numbers[1];
          case LmdbLayout.SNAPSHOT -> numbers[0];
          default -> 0;
        };
    return new Tally(last, bytes, LmdbLayout.sealCrc(key, last, crc));
  }

  RecordSum in(RecordSum sum) {
    return sum.with(crc, bytes);
  }

  RecordSum outOf(RecordSum sum) {
    return sum.without(crc, bytes);
  }
}
