package dev.plait.clock;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The name of one replica: 128 bits, drawn at random, never used by two replicas.
 *
 * <p>Ids are ordered as their sixteen bytes read as unsigned numbers, most significant first; the
 * text form sorts the same way. Immutable; every method is constant time.
 */
public final class ReplicaId implements Comparable<ReplicaId> {

  /** Length of the binary form. */
  public static final int BYTES = 16;

  private static final int TEXT_LENGTH = 2 * BYTES;
  private static final String DIGITS = "0123456789abcdef";
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long high;
  private final long low;

  private ReplicaId(long high, long low) {
    this.high = high;
    this.low = low;
  }

  /** The id with these first and last eight bytes. */
  public static ReplicaId of(long high, long low) {
    return new ReplicaId(high, low);
  }

  /**
   * A new id. Two replicas must never share one, so outside of tests hand in a generator that was
   * seeded from real entropy, such as {@code SecureRandom}.
   */
  public static ReplicaId random(RandomGenerator random) {
    return new ReplicaId(random.nextLong(), random.nextLong());
  }

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws ClockException REPLICA_ID_SYNTAX unless the text is 32 digits from 0-9 and a-f
   */
  public static ReplicaId parse(String text) {
    if (!isId(text, text.length())) {
      throw new ClockException(
          ClockException.REPLICA_ID_SYNTAX,
          "not a replica id: \"" + text + "\"; it takes 32 hexadecimal digits, 0-9 and a-f");
    }
    return read(text);
  }

  /**
   * The id that the first {@code length} characters of a text spell, or null if they spell none.
   */
  static @Nullable ReplicaId parsePrefix(String text, int length) {
    return isId(text, length) ? read(text) : null;
  }

  private static boolean isId(String text, int length) {
    if (length != TEXT_LENGTH) {
      return false;
    }
    for (int i = 0; i < TEXT_LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static ReplicaId read(String text) {
    return new ReplicaId(readHalf(text, 0), readHalf(text, TEXT_LENGTH / 2));
  }

  private static long readHalf(String text, int start) {
    long bits = 0;
    for (int i = start; i < start + TEXT_LENGTH / 2; i++) {
      bits = bits << 4 | DIGITS.indexOf(text.charAt(i));
    }
    return bits;
  }

  /**
   * Reads the form that {@link #toBytes()} writes.
   *
   * @throws ClockException REPLICA_ID_LENGTH unless there are exactly 16 bytes
   */
  public static ReplicaId fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new ClockException(
          ClockException.REPLICA_ID_LENGTH,
          "a replica id takes " + BYTES + " bytes, not " + bytes.length);
    }
    return new ReplicaId(readHalf(bytes, 0), readHalf(bytes, BYTES / 2));
  }

  private static long readHalf(byte[] bytes, int start) {
    long bits = 0;
    for (int i = start; i < start + BYTES / 2; i++) {
      bits = bits << 8 | (bytes[i] & 0xff);
    }
    return bits;
  }

  /** Sixteen bytes, most significant first; a new array on each call. */
  public byte[] toBytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES / 2; i++) {
      int shift = 56 - 8 * i;
      bytes[i] = (byte) (high >>> shift);
      bytes[i + BYTES / 2] = (byte) (low >>> shift);
    }
    return bytes;
  }

  /** The first eight bytes as one number. */
  public long high() {
    return high;
  }

  /** The last eight bytes as one number. */
  public long low() {
    return low;
  }

  /** The first eight digits of the text form: enough for people to tell replicas apart. */
  public String brief() {
    return toString().substring(0, 8);
  }

  @Override
  public int compareTo(ReplicaId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof ReplicaId id && high == id.high && low == id.low);
  }

  @Override
  public int hashCode() {
    long mixed = (high * MIX ^ low) * MIX;
    return (int) (mixed ^ mixed >>> 32);
  }

  /** The 32 lower-case hexadecimal digits that {@link #parse(String)} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(TEXT_LENGTH);
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append(DIGITS.charAt((int) (high >>> shift) & 0xf));
    }
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append(DIGITS.charAt((int) (low >>> shift) & 0xf));
    }
    return text.toString();
  }
}
