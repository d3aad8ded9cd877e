package dev.plait.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages bytes in the ways that reach deep into a decoder: bit by bit and piece by piece, without
 * a thought of what they say. {@link RawMutation} thinks of it.
 */
final class Mutation {
  private static final int LONGEST_PIECE = 20;

  /** Numbers at the edges of what fits somewhere, and some that take too many bytes. */
  private static final List<byte[]> EDGES =
      List.of(
          RawMessage.varint(0),
          RawMessage.varint(1),
          RawMessage.varint(2),
          RawMessage.varint(127),
          RawMessage.varint(128),
          RawMessage.varint(1 << 16),
          RawMessage.varint((1 << 20) - 1),
          RawMessage.varint(1 << 20),
          RawMessage.varint((1L << 31) - 2),
          RawMessage.varint((1L << 31) - 1),
          RawMessage.varint(1L << 31),
          RawMessage.varint((1L << 31) + 1),
          RawMessage.varint((1L << 32) - 1),
          RawMessage.varint(1L << 32),
          RawMessage.varint((1L << 32) + 1),
          RawMessage.varint(1L << 62),
          RawMessage.varint(Long.MAX_VALUE - 1),
          RawMessage.varint(Long.MAX_VALUE),
          RawMessage.varint(Long.MIN_VALUE),
          RawMessage.varint(-2),
          RawMessage.varint(-1),
          // Overlong: 0, 1, 127 and 2^63 + 2^64.
          new byte[] {(byte) 0x80, 0},
          new byte[] {(byte) 0x81, 0},
          new byte[] {(byte) 0xff, (byte) 0x80, 0},
          new byte[] {-128, -128, -128, -128, -128, -128, -128, -128, -128, 3},
          // Ten bytes and eleven.
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 0x7f},
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});

  private Mutation() {}

  /** A number that a decoder may not have thought of. */
  static byte[] edge(Random random) {
    return EDGES.get(random.nextInt(EDGES.size()));
  }

  static byte[] of(byte[] original, Random random) {
    return of(original, original, random);
  }

  /** Damages bytes up to three times, also with pieces of others. */
  static byte[] of(byte[] original, byte[] donor, Random random) {
    byte[] bytes = original.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes, donor, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, byte[] donor, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(LONGEST_PIECE));
    switch (random.nextInt(12)) {
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
      case 7 -> {
        int from = random.nextInt(bytes.length);
        byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
        return replace(bytes, at, piece.length, piece);
      }
      case 8 -> {
        return replace(bytes, at, random.nextInt(2), edge(random));
      }
      case 9 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return replace(bytes, bytes.length, 0, noise);
      }
      default -> {
        return spliced(bytes, at, donor, random);
      }
    }
    return bytes;
  }

  /** The beginning of one and the end of another, or a piece of another inside. */
  private static byte[] spliced(byte[] bytes, int at, byte[] donor, Random random) {
    if (donor.length == 0) {
      return bytes;
    }
    int from = Math.min(donor.length - 1, random.nextBoolean() ? at : random.nextInt(donor.length));
    int to =
        random.nextBoolean()
            ? donor.length
            : Math.min(donor.length, from + 1 + random.nextInt(LONGEST_PIECE));
    byte[] piece = Arrays.copyOfRange(donor, from, to);
    return replace(bytes, at, to == donor.length ? bytes.length - at : piece.length, piece);
  }

  private static byte[] replace(byte[] bytes, int at, int removed, byte[] inserted) {
    int tail = Math.min(bytes.length, at + removed);
    byte[] result = Arrays.copyOf(bytes, at + inserted.length + bytes.length - tail);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(bytes, tail, result, at + inserted.length, bytes.length - tail);
    return result;
  }
}
