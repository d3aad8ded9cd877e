package dev.plait.wire;

import java.util.Arrays;

/** A column of numbers that is being written, one after another. Confined to one call. */
final class ColumnWriter {
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = new byte[4 * MAX_VARINT_BYTES];
  private int size;
  private boolean varied;

  /** Adds a number. */
  void add(long value) {
    if (bytes.length - size < MAX_VARINT_BYTES) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    size = Varints.write(value, bytes, size);
  }

  /** Adds a number and remembers whether all were the usual one. */
  void add(long value, long usual) {
    varied |= value != usual;
    add(value);
  }

  /** Adds a number that may be negative. */
  void addSigned(long value) {
    add(Varints.zigZag(value));
  }

  /** Adds a single byte. */
  void addByte(int value) {
    if (bytes.length == size) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  /** Adds bytes. */
  void addBytes(byte[] added) {
    if (bytes.length - size < added.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + added.length));
    }
    System.arraycopy(added, 0, bytes, size, added.length);
    size += added.length;
  }

  /** Adds a number in eight bytes, least significant first. */
  void addFixed64(long value) {
    if (bytes.length - size < Long.BYTES) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  /** Whether a number was added that is not the usual one. */
  boolean isVaried() {
    return varied;
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes are written. */
  int size() {
    return size;
  }
}
