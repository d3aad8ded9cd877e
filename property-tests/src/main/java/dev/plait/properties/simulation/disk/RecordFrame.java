package dev.plait.properties.simulation.disk;

import dev.plait.store.StoreBatch;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/*
 * A record of the log, all numbers big-endian:
 *
 *   0   4  magic
 *   4   4  length of the batch
 *   8   8  number of the commit, from 1
 *   16  4  CRC32C of bytes 4 to 15 and of the batch
 *   20  n  the batch, see BatchRecordLayout
 */
/**
 * What stands around a batch in the log, so that a torn or damaged one is told from a sound one.
 */
final class RecordFrame {
  static final int HEADER_BYTES = 20;

  private static final int MAGIC = 0x706c6f67;
  private static final int LENGTH_AT = 4;
  private static final int NUMBER_AT = 8;
  private static final int SUM_AT = 16;

  private RecordFrame() {}

  /** Makes the record of a commit. */
  static void write(StoreBatch batch, long number, RecordBuffer to) {
    to.begin(HEADER_BYTES);
    BatchRecordLayout.write(batch, to);
    int length = to.length() - HEADER_BYTES;
    to.bytes()
        .putInt(0, MAGIC)
        .putInt(LENGTH_AT, length)
        .putLong(NUMBER_AT, number)
        .putInt(SUM_AT, sum(to.array(), 0, length));
  }

  /** Whether a sound record begins there, of whatever commit. */
  static boolean isSound(LogFile log, int at) {
    ByteBuffer content = log.content();
    if (log.length() - at < HEADER_BYTES || content.getInt(at) != MAGIC) {
      return false;
    }
    int length = content.getInt(at + LENGTH_AT);
    return length >= 0
        && length <= log.length() - at - HEADER_BYTES
        && content.getInt(at + SUM_AT) == sum(log.array(), at, length);
  }

  /** Where the sound record that begins there ends. */
  static int end(LogFile log, int at) {
    return at + HEADER_BYTES + log.content().getInt(at + LENGTH_AT);
  }

  /** The number of the sound record that begins there. */
  static long number(LogFile log, int at) {
    return log.content().getLong(at + NUMBER_AT);
  }

  /** What the sound record that begins there holds. */
  static StoreBatch batch(LogFile log, int at) {
    return BatchRecordLayout.read(log.content().position(at + HEADER_BYTES));
  }

  private static int sum(byte[] bytes, int at, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, at + LENGTH_AT, SUM_AT - LENGTH_AT);
    sum.update(bytes, at + HEADER_BYTES, length);
    return (int) sum.getValue();
  }
}
