package dev.plait.storage.lmdb;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Puts a record's value together; numbers as the {@link LmdbLayout} says. Not thread-safe. */
final class RecordWriter {

  private static final int STOP_BIT = 0x80;

  private byte[] bytes;
  private int length;

  RecordWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  /** A number in seven bits a byte, the lowest first; all but the last byte have the top bit. */
  RecordWriter number(long value) {
    long rest = value;
    room(10);
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | STOP_BIT);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** 64 bits, the highest byte first. */
  RecordWriter fixed(long value) {
    room(Long.BYTES);
    LmdbLayout.putLong(bytes, length, value);
    length += Long.BYTES;
    return this;
  }

  /** Bytes as they are. */
  RecordWriter raw(byte[] content) {
    room(content.length);
    System.arraycopy(content, 0, bytes, length, content.length);
    length += content.length;
    return this;
  }

  /** How many bytes, and the bytes. */
  RecordWriter counted(byte[] content) {
    return number(content.length).raw(content);
  }

  /** How many dots, and each as a replica and a number. */
  RecordWriter dots(List<Dot> dots) {
    number(dots.size());
    for (Dot dot : dots) {
      replica(dot.replica()).number(dot.counter());
    }
    return this;
  }

  RecordWriter replica(ReplicaId replica) {
    return fixed(replica.high()).fixed(replica.low());
  }

  /** The value, sealed with the checksum over the key and all that was put here. */
  byte[] sealed(byte[] key) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(bytes, 0, length);
    byte[] value = Arrays.copyOf(bytes, length + LmdbLayout.CRC_BYTES);
    LmdbLayout.putInt(value, length, (int) crc.getValue());
    return value;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
