package dev.plait.wire;

/** The numbers of the fields of {@code ChunkPayload}. */
final class PayloadFields {
  static final int REPLICAS = 1;
  static final int CONTAINERS = 2;
  static final int FIRST_SEQ = 3;
  static final int STEPS = 4;
  static final int STEP_REPEATS = 5;
  static final int OPERATIONS = 6;
  static final int OPERATION_REPEATS = 7;
  static final int DEPENDENTS = 8;
  static final int DEPENDENCY_COUNTS = 9;
  static final int DEPENDENCY_REPLICAS = 10;
  static final int DEPENDENCY_COUNTERS = 11;
  static final int ROWS = 12;
  static final int ROW_CONTAINERS = 13;
  static final int ROW_OPERATIONS = 14;
  static final int ROW_WIDTHS = 15;
  static final int ID_REPLICAS = 16;
  static final int LEFTS = 17;
  static final int RIGHTS = 18;
  static final int TARGETS = 19;
  static final int OTHER_KINDS = 20;
  static final int COUNTS = 21;
  static final int NAMED_REPLICAS = 22;
  static final int ELEMENTS = 23;
  static final int RIGHT_ELEMENTS = 24;
  static final int STAMP_AGES = 25;
  static final int STAMP_ORDINALS = 26;
  static final int INTEGERS = 27;
  static final int REALS = 28;
  static final int VALUE_KINDS = 29;
  static final int DATA = 30;
  static final int KEYS = 31;
  static final int KEY_LENGTHS = 32;
  static final int TEXT_LENGTHS = 33;
  static final int TEXT = 34;

  private PayloadFields() {}
}
