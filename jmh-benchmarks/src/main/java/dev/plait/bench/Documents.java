package dev.plait.bench;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.wire.WireCodec;

/** Documents in memory, all of one name, at a time that stands still. */
final class Documents {
  /** What all of them are called. */
  static final String NAME = "doc";

  /** The format they are sent in. */
  static final WireCodec CODEC = WireCodec.create();

  private static final long NOW_MILLIS = 1_767_225_600_000L;

  private Documents() {}

  /** An empty one, edited by the author of this number. */
  static Document empty(int author) {
    return builder(author).build();
  }

  /** One that starts from a snapshot. */
  static Document open(byte[] snapshot, int author) {
    return builder(author).open(snapshot);
  }

  private static DocumentBuilder builder(int author) {
    return Document.builder(NAME, Author.id(author))
        .clock(HybridLogicalClock.builder(() -> NOW_MILLIS).build())
        .codec(CODEC);
  }

  /** The snapshot of a new document that is filled with so many elements by author 0. */
  static byte[] filled(Kind type, int elements) {
    Document document = empty(0);
    type.fill(document, elements);
    return document.encodedSnapshot();
  }
}
