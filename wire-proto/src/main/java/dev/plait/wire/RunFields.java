package dev.plait.wire;

/** The numbers of the fields of {@code Runs}, {@code TextState} and {@code ListState}. */
final class RunFields {
  static final int SHAPES = 1;
  static final int LENGTHS = 2;
  static final int FIRST_DEPTHS = 3;
  static final int RIGHT_DEPTHS = 4;
  static final int ID_REPLICAS = 5;
  static final int FIRSTS = 6;
  static final int LEFTS = 7;
  static final int RIGHTS = 8;

  /** The runs of a text or list. */
  static final int RUNS = 1;

  /** The text of a text in UTF-8. */
  static final int TEXT = 2;

  /** The text of a text in UTF-16. */
  static final int UNITS = 3;

  /** The elements of a list. */
  static final int ITEMS = 2;

  /** What of a list was moved or replaced. */
  static final int REGISTERS = 3;

  private RunFields() {}
}
