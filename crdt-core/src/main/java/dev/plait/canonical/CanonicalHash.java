package dev.plait.canonical;

/**
 * Hashes canonical bytes as they are written, without keeping them.
 *
 * <p>The hash is XXH64 with seed 0, as the public description of the xxHash algorithms by Yann
 * Collet defines it: equal bytes give equal hashes however they were split into calls, and the
 * chance that two different states of honest replicas agree is about one in 2<sup>64</sup>. It is
 * not cryptographic: somebody who wants two states to collide can make them. Constant memory,
 * constant time a byte. Not thread-safe.
 */
public final class CanonicalHash extends CanonicalWriter {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_1_PLUS_2 = 0x60EA27EEADC0B5D6L;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** Four lanes take one word of eight bytes each at a time. */
  private static final int LANES = 4;

  private long lane0 = PRIME_1_PLUS_2;
  private long lane1 = PRIME_2;
  private long lane2 = 0;
  private long lane3 = -PRIME_1;

  /** Words that wait until there is one for each lane. */
  private final long[] waiting = new long[LANES];

  /** How many whole words were written. */
  private long words;

  /** The bytes written since the last whole word, the first lowest. */
  private long partial;

  private int partialBits;

  /** Starts with no bytes. */
  public CanonicalHash() {}

  /** The hash of these bytes. */
  public static long hash(byte[] bytes) {
    CanonicalHash hash = new CanonicalHash();
    hash.raw(bytes, 0, bytes.length);
    return hash.value();
  }

  @Override
  public void u8(int value) {
    partial |= (value & 0xffL) << partialBits;
    partialBits += Byte.SIZE;
    if (partialBits == Long.SIZE) {
      word(partial);
      partial = 0;
      partialBits = 0;
    }
  }

  @Override
  public void fixed64(long value) {
    if (partialBits == 0) {
      word(value);
    } else {
      word(partial | (value << partialBits));
      partial = value >>> (Long.SIZE - partialBits);
    }
  }

  /** The hash of everything written so far; writing may go on. */
  public long value() {
    long hash = words < LANES ? PRIME_5 : mergedLanes();
    hash += words * Long.BYTES + partialBits / Byte.SIZE;
    for (int i = 0; i < (int) (words % LANES); i++) {
      hash = Long.rotateLeft(hash ^ round(0, waiting[i]), 27) * PRIME_1 + PRIME_4;
    }
    return avalanche(withPartial(hash));
  }

  private void word(long word) {
    int lane = (int) words & (LANES - 1);
    waiting[lane] = word;
    words++;
    if (lane == LANES - 1) {
      stripe();
    }
  }

  private void stripe() {
    lane0 = round(lane0, waiting[0]);
    lane1 = round(lane1, waiting[1]);
    lane2 = round(lane2, waiting[2]);
    lane3 = round(lane3, waiting[3]);
  }

  private long mergedLanes() {
    long hash =
        Long.rotateLeft(lane0, 1)
            + Long.rotateLeft(lane1, 7)
            + Long.rotateLeft(lane2, 12)
            + Long.rotateLeft(lane3, 18);
    hash = merged(hash, lane0);
    hash = merged(hash, lane1);
    hash = merged(hash, lane2);
    return merged(hash, lane3);
  }

  private long withPartial(long start) {
    long hash = start;
    long rest = partial;
    int bits = partialBits;
    if (bits >= Integer.SIZE) {
      hash = Long.rotateLeft(hash ^ ((rest & 0xffffffffL) * PRIME_1), 23) * PRIME_2 + PRIME_3;
      rest >>>= Integer.SIZE;
      bits -= Integer.SIZE;
    }
    for (; bits > 0; bits -= Byte.SIZE) {
      hash = Long.rotateLeft(hash ^ ((rest & 0xff) * PRIME_5), 11) * PRIME_1;
      rest >>>= Byte.SIZE;
    }
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merged(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
