package dev.plait.crdt;

import dev.plait.value.Unicode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which strings can be keys of an {@link LwwMap}, and in which order they stand in its state. */
final class MapKeys {
  static final Comparator<State.MapEntry> ORDER =
      (a, b) -> Unicode.CODE_POINT_ORDER.compare(a.key(), b.key());

  /** No key of so many units can be too long. */
  private static final int SURELY_SHORT = LwwMap.MAX_KEY_BYTES / 3;

  private MapKeys() {}

  /** What is wrong with a key; null if nothing. */
  static Refusal.@Nullable Invalid problemOf(String key) {
    if (key.length() > SURELY_SHORT && isTooLong(key)) {
      return new Refusal.Invalid(
          EditException.VALUE_TOO_LARGE,
          "a key takes at most " + LwwMap.MAX_KEY_BYTES + " UTF-8 bytes");
    }
    int lone = Unicode.loneSurrogate(key);
    if (lone >= 0) {
      return new Refusal.Invalid(
          EditException.LONE_SURROGATE,
          "the key holds half of a surrogate pair at index " + lone + "; keys are well-formed");
    }
    return null;
  }

  private static boolean isTooLong(String key) {
    return key.length() > LwwMap.MAX_KEY_BYTES || Unicode.utf8Length(key) > LwwMap.MAX_KEY_BYTES;
  }

  /**
   * Accepts the key of a local write.
   *
   * @throws EditException VALUE_TOO_LARGE or LONE_SURROGATE
   */
  static void require(String key) {
    Refusal.Invalid problem = problemOf(key);
    if (problem != null) {
      throw new EditException(problem.code(), problem.reason());
    }
  }

  /**
   * Accepts the state of a map.
   *
   * @throws OperationException MALFORMED_STATE
   */
  static void requireValid(State.OfMap state) {
    Foreign.requireAscending(state.entries(), ORDER, "keys");
    for (State.MapEntry entry : state.entries()) {
      Refusal.Invalid problem = problemOf(entry.key());
      if (problem != null) {
        throw Foreign.malformed(problem.reason());
      }
      if (entry.cleared() && entry.content() != null) {
        throw Foreign.malformed("the key \"" + entry.key() + "\" is cleared and yet has content");
      }
    }
  }
}
