package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import java.nio.charset.StandardCharsets;

/** Text in UTF-8, read strictly: shortest forms only, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
  /** Up to here, appending unit by unit beats making a string first. */
  private static final int SHORT = 16;

  private static final int TAIL_BITS = 6;
  private static final int TAIL = (1 << TAIL_BITS) - 1;

  private Utf8() {}

  /** The text between these offsets. */
  static String read(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(to - from);
    appendAny(bytes, from, to, text);
    return text.toString();
  }

  /** Appends the text between these offsets. */
  static void append(byte[] bytes, int from, int to, StringBuilder text) {
    if (to - from == 1 && bytes[from] >= 0) {
      text.append((char) bytes[from]);
    } else if (!isAscii(bytes, from, to)) {
      appendAny(bytes, from, to, text);
    } else if (to - from <= SHORT) {
      for (int i = from; i < to; i++) {
        text.append((char) bytes[i]);
      }
    } else {
      text.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    int signs = 0;
    for (int i = from; i < to; i++) {
      signs |= bytes[i];
    }
    return signs >= 0;
  }

  private static void appendAny(byte[] bytes, int from, int to, StringBuilder text) {
    int at = from;
    while (at < to) {
      int first = bytes[at] & 0xff;
      if (first < 0x80) {
        text.append((char) first);
        at++;
        continue;
      }
      int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      if (first < 0xc2 || first > 0xf4 || length > to - at) {
        throw notUtf8(at);
      }
      int codePoint = first & (0x7f >>> length);
      for (int i = at + 1; i < at + length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
          throw notUtf8(at);
        }
        codePoint = (codePoint << TAIL_BITS) | (bytes[i] & TAIL);
      }
      int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
      boolean surrogate = codePoint >= 0xd800 && codePoint < 0xe000;
      if (codePoint < least || surrogate || codePoint > Character.MAX_CODE_POINT) {
        throw notUtf8(at);
      }
      text.appendCodePoint(codePoint);
      at += length;
    }
  }

  private static RuntimeException notUtf8(int at) {
    return DECODING.malformed("the text is not UTF-8 at byte " + at);
  }

  /** Whether these bytes are this text. Makes no string when they are all ASCII. */
  static boolean equals(String text, byte[] bytes, int from, int to) {
    int length = to - from;
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] < 0) {
        return text.equals(read(bytes, from, to));
      }
      if (i >= text.length() || text.charAt(i) != bytes[from + i]) {
        // A text that starts alike may go on in other bytes, which then have to be UTF-8.
        return text.equals(read(bytes, from, to));
      }
    }
    return length == text.length();
  }
}
