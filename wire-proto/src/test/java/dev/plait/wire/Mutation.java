package dev.plait.wire;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways that reach deep into a decoder. */
final class Mutation {
  private Mutation() {}

  static byte[] of(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
    switch (random.nextInt(8)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt();
      case 3 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        return replace(bytes, at, length, new byte[0]);
      }
      case 6 -> {
        return replace(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      }
      default -> {
        int from = random.nextInt(bytes.length);
        byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
        return replace(bytes, at, piece.length, piece);
      }
    }
    return bytes;
  }

  private static byte[] replace(byte[] bytes, int at, int removed, byte[] inserted) {
    int tail = Math.min(bytes.length, at + removed);
    byte[] result = Arrays.copyOf(bytes, at + inserted.length + bytes.length - tail);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(bytes, tail, result, at + inserted.length, bytes.length - tail);
    return result;
  }
}
