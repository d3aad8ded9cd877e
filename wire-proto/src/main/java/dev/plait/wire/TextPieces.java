package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** Well-formed text that is cut into pieces, one after another. Not thread-safe. */
final class TextPieces {
  static final TextPieces NONE = new TextPieces("", 0);

  private final String text;
  private int position;

  /** Pieces of this text from an offset on; the lengths of all pieces together fit into it. */
  TextPieces(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** The next piece. */
  String next(int length) {
    int from = position;
    position += length;
    if (isInsidePair(from) || isInsidePair(position)) {
      throw DECODING.invalid(
          "a text is cut between the halves of a surrogate pair; it takes whole characters");
    }
    return text.substring(from, position);
  }

  private boolean isInsidePair(int offset) {
    return offset < text.length() && Character.isLowSurrogate(text.charAt(offset));
  }
}
