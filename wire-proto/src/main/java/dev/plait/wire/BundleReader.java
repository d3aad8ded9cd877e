package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.codec.Limits;

/** Goes through the chunks of a bundle; can be used again for another. Not thread-safe. */
final class BundleReader {
  private final Limits limits;
  private final ProtoReader in = new ProtoReader();
  private int count;
  private int from;
  private int to;

  BundleReader(Limits limits) {
    this.limits = limits;
  }

  /** Stands before the first chunk of a bundle. */
  void start(byte[] bytes) {
    BundleFormat.checkSize(limits, DECODING, bytes.length);
    in.start(bytes, 0, bytes.length);
    count = 0;
    int tag = in.tag();
    if (tag != ProtoReader.varintTag(BundleFormat.VERSION)) {
      in.end(tag, "Bundle", BundleFormat.CHUNKS);
      FormatVersion.check(0);
    }
    FormatVersion.check(in.smallNumber());
  }

  /** Goes to the next chunk; whether there is one. */
  boolean next() {
    int tag = in.tag();
    if (tag != ProtoReader.bytesTag(BundleFormat.CHUNKS)) {
      in.end(tag, "Bundle", BundleFormat.CHUNKS);
      return false;
    }
    if (count == limits.maxListLength()) {
      throw DECODING.tooMuch("a bundle has more than " + limits.maxListLength() + " chunks");
    }
    to = in.contentEnd();
    from = in.position();
    in.skipTo(to);
    count++;
    return true;
  }

  /** How many chunks were reached. */
  int count() {
    return count;
  }

  /** Where the present chunk starts. */
  int from() {
    return from;
  }

  /** Where the present chunk ends. */
  int to() {
    return to;
  }
}
