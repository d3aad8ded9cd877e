package dev.plait.storage.lmdb;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Takes a record's value apart, once its checksum was found right. Bounds are checked all the same.
 * Not thread-safe.
 */
final class RecordReader {

  private static final int DOT_BYTES = ReplicaId.BYTES + 1;

  private final String what;
  private final byte[] bytes;
  private final int end;
  private final int crc;
  private int at;

  /**
   * Checks the checksum.
   *
   * @param what the record, for messages
   */
  RecordReader(String what, byte[] key, byte[] value) throws DamagedException {
    this.what = what;
    bytes = value;
    end = value.length - LmdbLayout.CRC_BYTES;
    if (end < 0) {
      throw new DamagedException(what + " is shorter than its checksum");
    }
    CRC32C computed = new CRC32C();
    computed.update(key);
    computed.update(value, 0, end);
    crc = LmdbLayout.getInt(value, end);
    if ((int) computed.getValue() != crc) {
      throw new DamagedException(what + " does not match its checksum");
    }
  }

  /**
   * Goes on in a record whose checksum was found right.
   *
   * @param what the record, for messages
   * @param from where the next field begins
   * @param end where the fields end
   * @param crc the checksum
   */
  RecordReader(String what, byte[] bytes, int from, int end, int crc) {
    this.what = what;
    this.bytes = bytes;
    this.end = end;
    this.crc = crc;
    at = from;
  }

  /** The checksum that is stored. */
  int crc() {
    return crc;
  }

  long number() throws DamagedException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[take(1)];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw misformed();
  }

  /** A number that counts something of which each takes so many bytes at least. */
  int count(int bytesEach) throws DamagedException {
    long count = number();
    if (count < 0 || count > (end - at) / bytesEach) {
      throw misformed();
    }
    return (int) count;
  }

  long fixed() throws DamagedException {
    return LmdbLayout.getLong(bytes, take(Long.BYTES));
  }

  byte[] raw(int length) throws DamagedException {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  byte[] counted() throws DamagedException {
    return raw(count(1));
  }

  /** Passes over counted bytes that have to be these. */
  void expect(byte[] content) throws DamagedException {
    int length = count(1);
    int from = take(length);
    if (!Arrays.equals(bytes, from, from + length, content, 0, content.length)) {
      throw new DamagedException(what + " belongs to another document");
    }
  }

  ReplicaId replica() throws DamagedException {
    return ReplicaId.of(fixed(), fixed());
  }

  List<Dot> dots() throws DamagedException {
    int count = count(DOT_BYTES);
    if (count == 0) {
      return List.of();
    }
    List<Dot> dots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ReplicaId replica = replica();
      dots.add(new Dot(replica, atLeastOne(number())));
    }
    return dots;
  }

  long atLeastOne(long counter) throws DamagedException {
    if (counter < 1) {
      throw misformed();
    }
    return counter;
  }

  /** Refuses bytes that are left over. */
  void end() throws DamagedException {
    if (at != end) {
      throw misformed();
    }
  }

  private int take(int length) throws DamagedException {
    if (length < 0 || end - at < length) {
      throw misformed();
    }
    int from = at;
    at += length;
    return from;
  }

  DamagedException misformed() {
    return new DamagedException(what + " has the right checksum and the wrong form");
  }
}
