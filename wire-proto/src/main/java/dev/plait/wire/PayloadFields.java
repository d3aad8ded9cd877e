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
  static final int OTHERS = 20;
  static final int TEXT = 21;

  private PayloadFields() {}
}
