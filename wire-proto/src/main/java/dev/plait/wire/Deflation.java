package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.codec.Limits;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Payloads in fewer bytes (RFC 1951). Only what gets smaller, and not by more than receivers
 * accept, is deflated.
 */
final class Deflation {
  /** Below this nothing is won. */
  private static final int LEAST_BYTES = 128;

  /** A column of fewer bytes is not worth a code of its own. */
  private static final int LEAST_SECTION = 512;

  private static final int LEVEL = 6;

  /** Few bytes that are all alike become many; so that they may, these are added to them. */
  private static final int ALLOWANCE = 1 << 10;

  private Deflation() {}

  /** Whether the shorter form is to be tried. */
  static boolean isWorthTrying(int size) {
    return size >= LEAST_BYTES;
  }

  /** Whether the shorter form is to be used. */
  static boolean isBetter(Limits limits, int size, int deflated) {
    return deflated < size && size <= most(limits, deflated);
  }

  /** What so many bytes may become. */
  private static long most(Limits limits, int deflated) {
    return (long) limits.maxInflation() * (deflated + (long) ALLOWANCE);
  }

  /**
   * Deflates bytes.
   *
   * @param cuts offsets, ascending, where the kind of content changes; a new code is begun there
   */
  static byte[] deflate(Limits limits, byte[] bytes, int size, int[] cuts, int cutCount) {
    byte[] deflated = deflate(Deflater.DEFAULT_STRATEGY, bytes, size, cuts, cutCount);
    // What gets too small for receivers is said without repetitions: a bit for each byte, or more.
    return size <= most(limits, deflated.length)
        ? deflated
        : deflate(Deflater.HUFFMAN_ONLY, bytes, size, cuts, cutCount);
  }

  private static byte[] deflate(int strategy, byte[] bytes, int size, int[] cuts, int cutCount) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setStrategy(strategy);
      byte[] result = new byte[size / 2 + 64];
      int length = 0;
      int done = 0;
      for (int i = 0; i <= cutCount; i++) {
        int to = i < cutCount ? cuts[i] : size;
        boolean last = i == cutCount;
        if (!last && (to - done < LEAST_SECTION || size - to < LEAST_SECTION)) {
          continue;
        }
        deflater.setInput(bytes, done, to - done);
        done = to;
        if (last) {
          deflater.finish();
        }
        int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
        int room;
        int written;
        do {
          if (length == result.length) {
            result = Arrays.copyOf(result, 2 * length);
          }
          room = result.length - length;
          written = deflater.deflate(result, length, room, flush);
          length += written;
        } while (written == room || (last && !deflater.finished()));
      }
      return Arrays.copyOf(result, length);
    } finally {
      deflater.end();
    }
  }

  /**
   * Inflates bytes.
   *
   * @param inflated how many bytes they say to become; more is never allocated
   * @param most the most allowed
   */
  static byte[] inflate(
      Limits limits, byte[] bytes, int from, int to, int inflated, int most, String what) {
    if (inflated > most || inflated > most(limits, to - from)) {
      throw DECODING.tooMuch(
          what
              + " of "
              + (to - from)
              + " bytes becomes "
              + inflated
              + " when inflated; at most "
              + Math.min(most, most(limits, to - from)));
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, to - from);
      byte[] result = new byte[inflated];
      int length = 0;
      int read;
      do {
        read = inflater.inflate(result, length, inflated - length);
        length += read;
      } while (read > 0 && length < inflated);
      // The end of the stream may still have to be read.
      boolean overflows = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
      if (length < inflated || overflows || !inflater.finished() || inflater.getRemaining() > 0) {
        throw DECODING.malformed(what + " does not become the " + inflated + " bytes it says");
      }
      return result;
    } catch (DataFormatException e) {
      throw DECODING.malformed(what + " can't be inflated: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
