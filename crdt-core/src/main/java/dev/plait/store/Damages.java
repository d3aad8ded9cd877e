package dev.plait.store;

import dev.plait.store.StoreCheck.Damage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check finds wrong, as long a list as a {@link StoreCheck} takes: after {@link
 * StoreCheck#MOST_DAMAGES} one more says that there are others, and those are not kept. For the
 * adapters of {@link ChangeStore}. Adding takes constant time. Not thread-safe.
 */
public final class Damages {

  private final List<Damage> found;

  private Damages(List<Damage> found) {
    this.found = found;
  }

  /** Nothing is found yet. */
  public static Damages empty() {
    return new Damages(new ArrayList<>());
  }

  /** What another check found, to add to; that stays as it is. */
  public static Damages from(StoreCheck check) {
    return new Damages(new ArrayList<>(check.damages()));
  }

  /**
   * Adds what was found.
   *
   * @param document where; null if that can't be told, or it is the store as a whole
   * @param what what is wrong, for people
   */
  public void add(@Nullable String document, String what) {
    if (found.size() < StoreCheck.MOST_DAMAGES) {
      found.add(new Damage(document, what));
    } else if (found.size() == StoreCheck.MOST_DAMAGES) {
      found.add(new Damage(null, "there is more damage than is listed"));
    }
  }

  /**
   * Adds what a failure says was found.
   *
   * @param document where; null if that can't be told, or it is the store as a whole
   * @param why its message tells what is wrong
   */
  public void add(@Nullable String document, Exception why) {
    add(document, String.valueOf(why.getMessage()));
  }

  /** What was found so far, in the order in which it was added; unmodifiable. */
  public List<Damage> list() {
    return List.copyOf(found);
  }
}
