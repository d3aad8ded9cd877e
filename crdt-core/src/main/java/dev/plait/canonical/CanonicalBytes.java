package dev.plait.canonical;

import java.util.Arrays;
import java.util.Objects;

/** Collects canonical bytes in memory. Writing is amortised constant time a byte. */
public final class CanonicalBytes extends CanonicalWriter {
  private static final int FIRST_CAPACITY = 256;

  /** The longest array that every JVM can make. */
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Starts empty. */
  public CanonicalBytes() {}

  @Override
  public void u8(int value) {
    if (size == bytes.length) {
      grow(1);
    }
    bytes[size++] = (byte) value;
  }

  @Override
  public void fixed64(long value) {
    if (bytes.length - size < Long.BYTES) {
      grow(Long.BYTES);
    }
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < Long.BYTES; i++) {
      target[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
    size = at + Long.BYTES;
  }

  @Override
  public void raw(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (bytes.length - size < length) {
      grow(length);
    }
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  /** A copy of what has been written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void grow(int more) {
    if (more > MAX_SIZE - size) {
      throw new IllegalStateException(
          "canonical bytes of more than 2 GiB don't fit into one array; hash them instead");
    }
    long doubled = Math.min(2L * bytes.length, MAX_SIZE);
    bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, size + more));
  }
}
