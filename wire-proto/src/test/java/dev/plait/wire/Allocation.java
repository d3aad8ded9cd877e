package dev.plait.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * Holds a decoder to memory in proportion to what it was given: so many bytes for each byte, and a
 * constant for the objects that are there in any case. What is done for the first time may load
 * classes, so only what takes too much a second time fails.
 */
final class Allocation {
  private static final long CONSTANT = 256 << 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long perByte;

  /**
   * @param perByte how many bytes may be allocated for each byte of input
   */
  Allocation(long perByte) {
    this.perByte = perByte;
  }

  /** Does something, to which so many bytes were given; again if it took too much. */
  <R> R bounded(long given, Supplier<R> step) {
    long most = CONSTANT + perByte * given;
    long before = threads.getCurrentThreadAllocatedBytes();
    R result = step.get();
    if (threads.getCurrentThreadAllocatedBytes() - before <= most) {
      return result;
    }
    before = threads.getCurrentThreadAllocatedBytes();
    R again = step.get();
    long spent = threads.getCurrentThreadAllocatedBytes() - before;
    if (spent > most) {
      throw new AssertionError(given + " bytes took " + spent + " to decode; at most " + most);
    }
    return again;
  }
}
