package dev.plait.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds a decoder to memory in proportion to what it was given: so many bytes for each byte, and a
 * constant for the objects that are there in any case.
 */
final class Allocation {
  private static final long CONSTANT = 256 << 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long perByte;
  private long start;

  /**
   * @param perByte how many bytes may be allocated for each byte of input
   */
  Allocation(long perByte) {
    this.perByte = perByte;
  }

  void begin() {
    start = threads.getCurrentThreadAllocatedBytes();
  }

  /** Ends what began last, to which so many bytes were given. */
  void end(long given) {
    long spent = threads.getCurrentThreadAllocatedBytes() - start;
    if (spent > CONSTANT + perByte * given) {
      throw new AssertionError(
          given + " bytes took " + spent + " to decode, more than " + perByte + " for each");
    }
  }
}
