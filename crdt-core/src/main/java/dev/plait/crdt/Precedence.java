package dev.plait.crdt;

import dev.plait.clock.Stamp;
import dev.plait.value.Child;
import dev.plait.value.Content;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/** Which of two writes to one place stays, where the last writer wins: the one that is greater. */
final class Precedence {
  private Precedence() {}

  /**
   * Orders two writes: by stamp, then by content.
   *
   * <p>Honest replicas make no two writes with one stamp, so at equal stamps either the writes are
   * the same or one was cleared, and absence wins. Between forged writes children come above values
   * and the greater above the lesser, so that not even those split the replicas.
   */
  static int compare(Stamp a, @Nullable Content contentA, Stamp b, @Nullable Content contentB) {
    int order = a.compareTo(b);
    return order != 0 ? order : compare(contentA, contentB);
  }

  /** Orders what two writes with one stamp have written. */
  static int compare(@Nullable Content a, @Nullable Content b) {
    if (a instanceof Value valueA && b instanceof Value valueB) {
      return valueA.compareTo(valueB);
    }
    return Integer.compare(rank(a), rank(b));
  }

  private static int rank(@Nullable Content content) {
    if (content == null) {
      return Integer.MAX_VALUE;
    }
    return content instanceof Child child ? child.type().number() : 0;
  }

  /**
   * Accepts the stamp of a local write.
   *
   * @param last the greatest stamp it has to beat, or null
   * @throws EditException STAMP_NOT_NEWER
   */
  static void requireNewer(Stamp stamp, @Nullable Stamp last) {
    if (last != null && stamp.compareTo(last) <= 0) {
      throw new EditException(
          EditException.STAMP_NOT_NEWER,
          "the stamp " + stamp + " does not beat " + last + ", which was seen here; take a later");
    }
  }
}
