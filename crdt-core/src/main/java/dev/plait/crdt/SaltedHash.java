package dev.plait.crdt;

import dev.plait.value.Value;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Hashes of what strangers may choose, for open addressing. The hash of a {@link String} is known
 * to everybody, who can make as many strings of one hash, or of neighbouring ones, as they like; a
 * table would then look at all of them each time. So these hashes hold a number that is another one
 * in each process. What is where in a table is seen nowhere else, so nothing depends on it.
 *
 * <p>A {@linkplain #quick quick} hash knows only what the usual one does, which a string remembers.
 * A table whose {@linkplain RowIndex#isCrowded rows crowd} goes over to hashes of the whole
 * content.
 */
final class SaltedHash {
  private static final long SALT = new SplittableRandom().nextLong();
  private static final long FACTOR = 0x9e3779b97f4a7c15L;
  private static final int HALF = 32;

  private SaltedHash() {}

  /** Another hash for each usual one, of which all bits are spread. */
  static int quick(int usual) {
    return end(SALT ^ usual);
  }

  /** The hash of a string. Linear in its length. */
  static int of(String text) {
    long hash = SALT;
    for (int i = 0; i < text.length(); i++) {
      hash = step(hash, text.charAt(i));
    }
    return end(hash);
  }

  /** The hash of a value: equal values have equal ones. Linear in its size. */
  static int of(Value value) {
    return switch (value.type()) {
      case STRING -> of(value.asString());
      case LONG -> of(value.asLong());
      case DOUBLE -> of(~Double.doubleToLongBits(value.asDouble()));
      case BYTES -> of(value.asBytes());
      case LIST -> of(value.asList());
      case MAP -> of(value.asMap());
      case NULL, BOOLEAN -> of((long) value.hashCode());
    };
  }

  /** The hash of two numbers. */
  static int of(int first, long second) {
    return end(step(SALT + first, second));
  }

  private static int of(long number) {
    return end(step(SALT, number));
  }

  private static int of(byte[] bytes) {
    long hash = ~SALT;
    for (byte one : bytes) {
      hash = step(hash, one);
    }
    return end(hash);
  }

  private static int of(List<Value> values) {
    long hash = step(SALT, values.size());
    for (Value value : values) {
      hash = step(hash, of(value));
    }
    return end(hash);
  }

  private static int of(Map<String, Value> entries) {
    long hash = step(~SALT, entries.size());
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      hash = step(step(hash, of(entry.getKey())), of(entry.getValue()));
    }
    return end(hash);
  }

  private static long step(long hash, long next) {
    long mixed = (hash ^ next) * FACTOR;
    return mixed ^ (mixed >>> HALF);
  }

  private static int end(long hash) {
    long mixed = hash * FACTOR;
    return (int) (mixed >>> Integer.SIZE);
  }
}
