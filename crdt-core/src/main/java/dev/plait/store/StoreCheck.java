package dev.plait.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading everything in a store has shown. Immutable.
 *
 * @param documents how many documents were found
 * @param records how many records were read and found sound
 * @param bytes their length
 * @param damages what was found wrong; after a thousand, one more says that there are others
 */
public record StoreCheck(long documents, long records, long bytes, List<Damage> damages) {

  /** The most damages that are listed one by one. */
  public static final int MOST_DAMAGES = 1000;

  public StoreCheck {
    damages = List.copyOf(damages);
  }

  /** Whether everything is as it was written. */
  public boolean isSound() {
    return damages.isEmpty();
  }

  /**
   * Something that is not as it was written.
   *
   * @param document where; null if that can't be told, or it is the store as a whole
   * @param what what is wrong, for people
   */
  public record Damage(@Nullable String document, String what) {}
}
