package dev.plait.wire;

import java.util.Arrays;

/**
 * Bytes that were read and found good, and may well come again: whoever meets the very same ones
 * need not read them. Not thread-safe.
 */
final class SeenBytes {
  private byte[] bytes = {};
  private int length;

  /** How many bytes there are; 0 before the first were {@linkplain #set kept in mind}. */
  int length() {
    return length;
  }

  /** Whether there are any, and exactly these stand here, before {@code end}. */
  boolean areAt(byte[] other, int from, int end) {
    int to = from + length;
    return length > 0 && length <= end - from && Arrays.equals(other, from, to, bytes, 0, length);
  }

  /** Keeps a copy of other bytes in mind. */
  void set(byte[] other, int from, int to) {
    length = to - from;
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    System.arraycopy(other, from, bytes, 0, length);
  }
}
