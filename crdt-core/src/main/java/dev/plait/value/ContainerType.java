package dev.plait.value;

/**
 * The seven kinds of container a document can hold.
 *
 * <p>The {@linkplain #number() number} is part of every encoding and of the canonical order; it is
 * assigned once and never reused.
 */
public enum ContainerType {
  /** One value, the last writer wins. */
  REGISTER(1, "register"),
  /** All concurrent values of a register, until one write supersedes them. */
  MV_REGISTER(2, "mv-register"),
  /** A set of values in which an add survives a concurrent remove. */
  SET(3, "set"),
  /** A number that everybody may add to. */
  COUNTER(4, "counter"),
  /** Keys to values or child containers, the last writer of a key wins. */
  MAP(5, "map"),
  /** An ordered sequence of values or child containers. */
  LIST(6, "list"),
  /** An ordered sequence of UTF-16 units. */
  TEXT(7, "text");

  private final int number;
  private final String label;

  ContainerType(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The stable number of this type in encodings, from 1 to 7. */
  public int number() {
    return number;
  }

  /** The word for this type in messages and dumps. */
  public String label() {
    return label;
  }
}
