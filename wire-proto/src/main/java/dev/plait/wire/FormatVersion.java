package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** What chunks, snapshots and bundles say of the format they are in. */
final class FormatVersion {
  /** The one version this release writes and reads. */
  static final int CURRENT = 1;

  /**
   * The highest revision of the payload of a chunk this release reads, and the one it writes. A new
   * kind of operation raises it: releases that don't know it keep and relay the chunk.
   */
  static final int REVISION = 0;

  /** The one rule for the order of texts and lists this release follows. */
  static final String ORDERING = "fuguemax";

  private static final int VERSION = 1;
  private static final int ORDERING_FIELD = 2;

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

  /** Reads version and ordering rule, the first two fields of a message; gives the next tag. */
  static int read(ProtoReader in) {
    int tag = in.tag();
    if (tag != ProtoReader.varintTag(VERSION)) {
      throw DECODING.malformed("the format version is missing");
    }
    check(in.smallNumber());
    tag = in.tag();
    boolean known = tag == ProtoReader.bytesTag(ORDERING_FIELD) && in.isNext(ORDERING);
    if (!known) {
      throw DECODING.unsupported(
          "texts and lists are ordered by a rule that is not \"" + ORDERING + "\"");
    }
    return in.tag();
  }

  /** Writes version and ordering rule. */
  static void write(ProtoWriter message) {
    message.number(VERSION, CURRENT);
    message.string(ORDERING_FIELD, ORDERING);
  }
}
