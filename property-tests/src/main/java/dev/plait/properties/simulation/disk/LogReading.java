package dev.plait.properties.simulation.disk;

import dev.plait.store.StoreBatch;
import java.util.function.Consumer;

/**
 * How far a log is sound, and what is wrong with the rest. Immutable.
 *
 * @param commits the number of the last sound record
 * @param end where it ends
 * @param finding what comes behind
 */
record LogReading(long commits, int end, Finding finding) {

  /** What comes behind the last sound record of a log. */
  enum Finding {
    /** Nothing, or what a power failure may leave of the writes since the last sync. */
    SOUND,
    /** Bytes that are not as they were written when the last sync made them durable. */
    DAMAGED,
    /** Nothing, where more had been made durable. */
    SHORTER
  }

  /**
   * Reads the log that follows a checkpoint.
   *
   * @param batches gets what the sound records hold, in order
   */
  static LogReading of(LogFile log, long firstNumber, Head head, Consumer<StoreBatch> batches) {
    long number = firstNumber;
    int at = 0;
    while (RecordFrame.isSound(log, at) && RecordFrame.number(log, at) == number) {
      batches.accept(RecordFrame.batch(log, at));
      at = RecordFrame.end(log, at);
      number++;
    }
    return new LogReading(number - 1, at, finding(log, at, head));
  }

  private static Finding finding(LogFile log, int end, Head head) {
    if (log.length() < head.end()) {
      return Finding.SHORTER;
    }
    return end < head.end() || isAnySoundFrom(log, end) ? Finding.DAMAGED : Finding.SOUND;
  }

  /** Writes survive in their order, so what is sound behind a torn one was not torn by a crash. */
  private static boolean isAnySoundFrom(LogFile log, int start) {
    for (int at = start; at < log.length(); at++) {
      if (RecordFrame.isSound(log, at)) {
        return true;
      }
    }
    return false;
  }
}
