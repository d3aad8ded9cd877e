package dev.plait.wire;

/** The numbers of the kinds of operations that are not on text; see {@code other_kinds}. */
final class OperationKind {
  static final int REGISTER_WRITE = 0;
  static final int REGISTER_CLEAR = 1;
  static final int MV_WRITE = 2;
  static final int MV_CLEAR = 3;
  static final int SET_ADD = 4;
  static final int SET_REMOVE = 5;
  static final int COUNTER_ADD = 6;
  static final int COUNTER_RESET = 7;
  static final int MAP_PUT = 8;
  static final int MAP_REMOVE = 9;
  static final int MAP_CLEAR = 10;
  static final int LIST_INSERT = 11;
  static final int LIST_DELETE = 12;
  static final int LIST_SET = 13;
  static final int LIST_MOVE = 14;

  private static final int BITS = 4;
  private static final int MASK = (1 << BITS) - 1;

  private OperationKind() {}

  /** How a number of operations of the same kind is written. */
  static int run(int kind, int operations) {
    return ((operations - 1) << BITS) | kind;
  }

  /** The kind of a run. */
  static int kind(int run) {
    return run & MASK;
  }

  /** How many operations a run stands for. */
  static int operations(int run) {
    return (run >>> BITS) + 1;
  }
}
