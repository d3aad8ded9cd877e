package dev.plait.sequence;

/** What has to hold between any two calls; looked at by tests. */
final class Invariants {
  private Invariants() {}

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
