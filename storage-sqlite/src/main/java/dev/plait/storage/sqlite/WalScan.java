package dev.plait.storage.sqlite;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/*
 * WHAT A BAD FRAME MEANS
 *
 * A log is a header and frames. The checksum of each frame goes on from that of the frame before, so
 * SQLite takes the frames up to the first bad one and drops the rest without a word. That is right
 * for the transaction that was being written when the power failed, and wrong for all before: each of
 * these was forced to the disk before the next was begun. So a bad frame is damage to acknowledged
 * data when a transaction that begins behind it has left a frame; inside the last transaction it is a
 * torn end.
 *
 * Whether a frame behind a bad one belongs to this log is seen from its salts and its checksum: that
 * goes on from the one stored in the frame before or from the one computed for it, since the damage
 * is in one or the other. Frames left from before the log was begun anew have other salts. Frames of
 * a transaction that was undone have the salts but no commit among them, so they prove nothing.
 */
/** Looks at a write-ahead log, as it lies there, before SQLite does. Cost: reading it once. */
final class WalScan {

  static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int MAGIC = 0x377f0682;
  private static final int FORMAT = 3_007_000;
  private static final int SUMMED_HEADER_BYTES = 24;
  private static final int SUMMED_FRAME_BYTES = 8;
  private static final int SALTS_OFFSET = 16;

  /** Takes the frames, in order. */
  interface Frames {
    void frame(Frame frame) throws IOException;
  }

  /**
   * A frame that was found.
   *
   * @param page the number of the page it holds
   * @param offset where in the log that begins
   * @param sound whether its checksum fits; otherwise nothing of it can be trusted
   * @param pagesAfter how many pages the database has after it, if it is sound and ends a
   *     transaction; otherwise 0
   */
  record Frame(int page, long offset, boolean sound, int pagesAfter) {}

  /** What a log is found to be. */
  enum State {
    /** There is no log, or none that was ever written to. */
    NONE,
    /** Its frames are in order; what is behind them is of no account. */
    SOUND,
    /** A frame or the header is damaged, and a finished transaction lies behind. */
    DAMAGED
  }

  /**
   * What was found. Immutable.
   *
   * @param state whether acknowledged data is affected
   * @param salts the two salts of the log, the first in the high half
   * @param frames how many frames are in order and end a transaction
   * @param commits how many transactions these are
   * @param firstBad the number of the first bad frame, from 1; 0 is the header, -1 none
   */
  record Finding(State state, long salts, long frames, long commits, long firstBad) {
    static Finding withSalts(long salts) {
      return new Finding(State.NONE, salts, 0, 0, -1);
    }

    /** Whether these are the salts of the log that SQLite begins after this one. */
    boolean followedBy(long other) {
      return (int) (other >>> 32) == (int) (salts >>> 32) + 1;
    }
  }

  private static final Finding NOTHING = new Finding(State.NONE, 0, 0, 0, -1);

  private final byte[] header;
  private final int pageBytes;
  private final boolean headerSound;
  private final ByteOrder order;
  private final long salts;
  private long chain;

  private WalScan(byte[] header, int pageBytes, ByteOrder order) {
    this.header = header;
    this.pageBytes = pageBytes;
    this.order = order;
    ByteBuffer fields = ByteBuffer.wrap(header);
    salts = fields.getLong(SALTS_OFFSET);
    chain = sum(0, header, SUMMED_HEADER_BYTES);
    headerSound =
        fields.getInt(0) == (order == ByteOrder.BIG_ENDIAN ? MAGIC | 1 : MAGIC)
            && fields.getInt(4) == FORMAT
            && fields.getInt(8) == pageBytes
            && fields.getLong(SUMMED_HEADER_BYTES) == chain;
  }

  /** The salts in the header of a log, or 0 if there is none. */
  static long salts(Path log) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(log)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      return header.length < HEADER_BYTES ? 0 : ByteBuffer.wrap(header).getLong(SALTS_OFFSET);
    }
  }

  /**
   * Scans a log.
   *
   * @param pageBytes the size of a page of the database
   */
  static Finding of(Path log, int pageBytes) throws IOException {
    return of(log, pageBytes, frame -> {});
  }

  /** Scans a log and hands over its frames, those behind damage too. */
  static Finding of(Path log, int pageBytes, Frames frames) throws IOException {
    Finding little = of(log, pageBytes, ByteOrder.LITTLE_ENDIAN, frames);
    // On machines of the other order SQLite sums the other way, and says so in the header.
    return little.firstBad() == 0 && little.state() == State.NONE
        ? of(log, pageBytes, ByteOrder.BIG_ENDIAN, frames)
        : little;
  }

  private static Finding of(Path log, int pageBytes, ByteOrder order, Frames taker)
      throws IOException {
    if (!Files.exists(log)) {
      return NOTHING;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log), 1 << 16)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      return header.length < HEADER_BYTES
          ? NOTHING
          : new WalScan(header, pageBytes, order).scan(in, taker);
    }
  }

  private Finding scan(InputStream in, Frames taker) throws IOException {
    byte[] frame = new byte[FRAME_HEADER_BYTES + pageBytes];
    ByteBuffer fields = ByteBuffer.wrap(frame);
    long number = 0;
    long frames = 0;
    long commits = 0;
    boolean good = headerSound;
    long firstBad = good ? -1 : 0;
    // A header that is bad hides all transactions.
    boolean commitHidden = !good;
    boolean damaged = false;
    // From where the sum of the next frame may go on: as computed, and as stored in the frame.
    long stored = ByteBuffer.wrap(header).getLong(SUMMED_HEADER_BYTES);
    long expected = good ? salts : 0;
    while (in.readNBytes(frame, 0, frame.length) == frame.length) {
      number++;
      long frameSalts = fields.getLong(8);
      boolean own = fields.getInt(0) != 0 && (expected == 0 || frameSalts == expected);
      long fromComputed = frameSum(chain, frame);
      long fromStored = frameSum(stored, frame);
      stored = fields.getLong(SALTS_OFFSET);
      chain = fromComputed;
      boolean sound = own && (stored == fromComputed || (!good && stored == fromStored));
      boolean ends = fields.getInt(4) != 0 && (own || stored == fromComputed);
      if (good && sound) {
        if (ends) {
          frames = number;
          commits++;
        }
      } else if (good) {
        good = false;
        firstBad = number;
        commitHidden = ends;
      } else {
        damaged |= sound && commitHidden;
        // What follows another frame than the one before it proves nothing of that one.
        commitHidden = ends || (commitHidden && (sound || !headerSound));
        // With a bad header, the first frames that hang together say what the salts are.
        expected = sound ? frameSalts : expected;
      }
      long offset = HEADER_BYTES + number * frame.length - pageBytes;
      taker.frame(new Frame(fields.getInt(0), offset, sound, sound ? fields.getInt(4) : 0));
    }
    State state = damaged ? State.DAMAGED : commits == 0 ? State.NONE : State.SOUND;
    return new Finding(state, salts, frames, commits, firstBad);
  }

  private long frameSum(long from, byte[] frame) {
    return sum(sum(from, frame, 0, SUMMED_FRAME_BYTES), frame, FRAME_HEADER_BYTES, pageBytes);
  }

  private long sum(long from, byte[] bytes, int length) {
    return sum(from, bytes, 0, length);
  }

  /** SQLite's own checksum: two running sums over pairs of words, the first in the high half. */
  private long sum(long from, byte[] bytes, int offset, int length) {
    int one = (int) (from >>> 32);
    int two = (int) from;
    ByteBuffer words = ByteBuffer.wrap(bytes).order(order);
    for (int at = offset; at < offset + length; at += 8) {
      one += words.getInt(at) + two;
      two += words.getInt(at + 4) + one;
    }
    return ((long) one << 32) | (two & 0xffff_ffffL);
  }
}
