package dev.plait.cli.replay;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How much heap an object keeps alive.
 *
 * <p>Read from the memory bean: used heap after a full collection, with some equal objects held and
 * then without them, divided by how many they are. So many are made that together they stand out
 * from what else changes in the heap meanwhile, which is some kilobytes. What all of them share
 * counts once for the first, which is made before and not counted.
 */
final class RetainedHeap {
  private static final long ENOUGH_BYTES = 32L << 20;
  private static final int MOST_OBJECTS = 64;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

  /** The bytes that one of the objects keeps alive, on average; at least 0. */
  long ofEach(Supplier<?> factory) {
    Object shared = factory.get();
    try {
      long one = ofEach(factory, 1);
      long count = Math.max(2, Math.min(MOST_OBJECTS, ENOUGH_BYTES / Math.max(1, one)));
      return ofEach(factory, (int) count);
    } finally {
      Reference.reachabilityFence(shared);
    }
  }

  private long ofEach(Supplier<?> factory, int count) {
    List<Object> held = new ArrayList<>(count);
    long before = usedBytes();
    try {
      for (int i = 0; i < count; i++) {
        held.add(factory.get());
      }
      return Math.max(0, usedBytes() - before) / count;
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private long usedBytes() {
    // The second collection takes what the first one only made ready to go.
    System.gc();
    System.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
