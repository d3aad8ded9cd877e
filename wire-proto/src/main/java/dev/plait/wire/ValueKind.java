package dev.plait.wire;

/** The numbers of the kinds of values; see {@code ChunkPayload.value_kinds}. */
final class ValueKind {
  static final int NULL = 0;
  static final int FALSE = 1;
  static final int TRUE = 2;
  static final int INTEGER = 3;
  static final int REAL = 4;
  static final int TEXT = 5;
  static final int DATA = 6;
  static final int LIST = 7;
  static final int MAP = 8;

  /** A child container: this and the number of its type. */
  static final int CHILD = 16;

  private ValueKind() {}
}
