package dev.plait.wire;

/** The numbers of the fields of {@code Snapshot} and the messages right below it. */
final class SnapshotFields {
  static final int DOCUMENT = 3;
  static final int BODY = 4;
  static final int INFLATED = 5;

  /** Fields of {@code SnapshotBody}. */
  static final int REPLICAS = 1;

  static final int COUNTERS = 2;
  static final int NEXT_SEQS = 3;
  static final int LAST_TIMES = 4;
  static final int HEADS = 5;
  static final int CONTAINERS = 6;
  static final int STATES = 7;

  /** Fields of {@code ContainerState}. */
  static final int CONTAINER = 1;

  static final int LIST = 7;
  static final int TEXT = 8;

  private SnapshotFields() {}
}
