package dev.plait.cli.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines of bytes and holds no more of one than it may have. */
final class LineReader {
  /** What was found. */
  enum Found {
    /** A line, to be had from {@link #line()}. */
    LINE,
    /** A line that was longer than allowed; it was skipped. */
    TOO_LONG,
    /** No more lines. */
    END
  }

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[1 << 13];
  private int position;
  private int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Reads up to the next line feed, or the end. */
  Found read() throws IOException {
    line.reset();
    boolean tooLong = false;
    boolean anything = false;
    while (fill()) {
      anything = true;
      int end = lineFeed();
      tooLong |= line.size() + (end - position) > maxBytes;
      if (!tooLong) {
        line.write(buffer, position, end - position);
      }
      position = end;
      if (end < limit) {
        position++; // the line feed itself
        break;
      }
    }
    if (!anything) {
      return Found.END;
    }
    return tooLong ? Found.TOO_LONG : Found.LINE;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return position < limit;
  }

  private int lineFeed() {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The line last read, without its line feed. */
  byte[] line() {
    return line.toByteArray();
  }
}
