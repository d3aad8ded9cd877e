package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** What chunks, snapshots and bundles say of the format they are in. */
final class FormatVersion {
  /** The one version this release writes and reads. */
  static final int CURRENT = 1;

  /** The one rule for the order of texts and lists this release follows. */
  static final String ORDERING = "fuguemax";

  private FormatVersion() {}

  static void check(int version) {
    if (version < 1) {
      throw DECODING.malformed("the format version is missing");
    }
    if (version != CURRENT) {
      throw DECODING.unsupported(
          "format version "
              + version
              + " is unknown; this release reads version "
              + CURRENT
              + ", a newer one may read more");
    }
  }

  static void checkOrdering(String ordering) {
    if (!ordering.equals(ORDERING)) {
      throw DECODING.unsupported(
          "texts and lists are ordered by a rule that is not \"" + ORDERING + "\"");
    }
  }
}
