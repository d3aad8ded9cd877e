package dev.plait.value;

/**
 * The eight kinds of {@link Value}.
 *
 * <p>The {@linkplain #number() number} is part of the canonical bytes and of the order of values;
 * it is assigned once and never reused.
 */
public enum ValueType {
  /** Nothing, on purpose. */
  NULL(1, "null"),
  /** True or false. */
  BOOLEAN(2, "boolean"),
  /** A whole number of 64 bits. */
  LONG(3, "long"),
  /** A binary floating-point number of 64 bits. */
  DOUBLE(4, "double"),
  /** Well-formed Unicode text. */
  STRING(5, "string"),
  /** Bytes that Plait does not interpret. */
  BYTES(6, "bytes"),
  /** Values in order. */
  LIST(7, "list"),
  /** Values under distinct keys. */
  MAP(8, "map");

  private final int number;
  private final String label;

  ValueType(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The stable number of this type, from 1 to 8. */
  public int number() {
    return number;
  }

  /** The word for this type in messages and dumps. */
  public String label() {
    return label;
  }
}
