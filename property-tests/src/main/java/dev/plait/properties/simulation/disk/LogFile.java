package dev.plait.properties.simulation.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Bytes that are appended by writes and become durable by a sync. What becomes of the writes since
 * the last sync when the power fails is decided here: the first of them survive, the last one of
 * those perhaps in part. Not thread-safe.
 */
final class LogFile {
  /** More than any log that is checkpointed in time comes to. */
  static final int MOST_BYTES = 1 << 30;

  private static final int FIRST_BYTES = 1 << 12;
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int synced;

  // Where each write since the last sync ends.
  private int[] ends = new int[8];
  private int writes;

  /** A file of its own that holds what is durable of this one. */
  LogFile durable() {
    LogFile copy = new LogFile();
    copy.write(bytes, 0, synced);
    copy.sync();
    return copy;
  }

  int length() {
    return length;
  }

  /** How much of it survives whatever happens. */
  int synced() {
    return synced;
  }

  /** All that was written, to read at absolute positions. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** The array below {@link #content()}, for checksums. */
  byte[] array() {
    return bytes;
  }

  void write(byte[] source, int from, int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(MOST_BYTES, 2 * length)));
    }
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    if (writes == ends.length) {
      ends = Arrays.copyOf(ends, 2 * writes);
    }
    ends[writes++] = length;
  }

  void sync() {
    synced = length;
    writes = 0;
  }

  /** Drops everything behind a position. */
  void cut(int end) {
    length = end;
    synced = Math.min(synced, end);
    while (writes > 0 && ends[writes - 1] > end) {
      writes--;
    }
  }

  /** Drops everything. */
  void clear() {
    cut(0);
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  void flip(int at, int bit) {
    bytes[at] ^= (byte) (1 << bit);
  }

  /** What is written and not synced is lost, but for what chance leaves; that is durable then. */
  void loseUnsynced(RandomGenerator random) {
    if (writes > 0) {
      int survivors = random.nextInt(writes + 1);
      length = survivors == 0 ? synced : ends[survivors - 1];
      if (survivors > 0 && random.nextBoolean()) {
        tear(survivors == 1 ? synced : ends[survivors - 2], random);
      }
    }
    sync();
  }

  /** Leaves of the last write only its beginning, or puts zeros or noise somewhere into it. */
  private void tear(int from, RandomGenerator random) {
    int at = from + random.nextInt(length - from);
    int kind = random.nextInt(3);
    if (kind == 0) {
      length = at;
      return;
    }
    byte[] block = new byte[1 + random.nextInt(length - at)];
    if (kind == 1) {
      random.nextBytes(block);
    }
    System.arraycopy(block, 0, bytes, at, block.length);
  }
}
