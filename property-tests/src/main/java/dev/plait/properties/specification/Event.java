package dev.plait.properties.specification;

import dev.plait.crdt.Operation;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation, and what its maker had seen when making it. All that a specification knows.
 *
 * <p>Events come in changes: everybody who has seen one of a change has seen them all, and inside a
 * change each has seen those before it. Changes have numbers, which say nothing about their order.
 *
 * <p>The removal of a map key also reaches into the containers below the key. There it stands as an
 * event without an operation: it takes away everything its maker had seen. Immutable.
 */
public final class Event {
  private final int change;
  private final int place;
  private final BitSet past;
  private final @Nullable Operation operation;

  Event(int change, int place, BitSet past, @Nullable Operation operation) {
    this.change = change;
    this.place = place;
    this.past = past;
    this.operation = operation;
  }

  /**
   * The only operation of a change.
   *
   * @param change the number of the change, from 0
   * @param past the numbers of all changes that its maker had seen, this one not among them
   */
  public static Event of(int change, BitSet past, Operation operation) {
    return new Event(
        change, 0, (BitSet) past.clone(), Objects.requireNonNull(operation, "operation"));
  }

  /** Whether the maker of this had seen the other: it happened before this. */
  public boolean hasSeen(Event other) {
    return change == other.change ? place > other.place : past.get(other.change);
  }

  /** What was done; null if everything its maker had seen was taken away. */
  @Nullable Operation operation() {
    return operation;
  }

  /** Whether everything its maker had seen was taken away. */
  boolean takesAllAway() {
    return operation == null;
  }

  /** The same moment, as it looks from below a map key that is removed in it. */
  Event asRemoval() {
    return new Event(change, place, past, null);
  }

  /** For people. */
  @Override
  public String toString() {
    String what = operation == null ? "removal of everything seen" : operation.toString();
    return "#" + change + "." + place + " " + what + " after " + past;
  }
}
