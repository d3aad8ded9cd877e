package dev.plait.properties.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What happened: a sum over everything, to tell whether two runs were the same, and the last events
 * in words. Words are made when somebody reads them.
 */
final class Trace {
  private static final int KEPT = 200;

  private final Deque<Entry> last = new ArrayDeque<>(KEPT);
  private final CRC32 crc = new CRC32();
  private long hash = 0xCBF29CE484222325L;

  private record Entry(long millis, String what, Object more) {
    @Override
    public String toString() {
      return "+" + millis + " ms  " + what + (more.toString().isEmpty() ? "" : "  " + more);
    }
  }

  /** Something happened that is worth a line. */
  void tell(long millis, String what, Object more) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(new Entry(millis, what, more));
    mix(millis);
    mix(what.hashCode());
  }

  /** Something happened that only counts. */
  void mix(long number) {
    hash = (hash ^ number) * 0x100000001B3L;
    hash ^= hash >>> 32;
  }

  void mix(byte[] bytes) {
    crc.reset();
    crc.update(bytes);
    mix(crc.getValue());
    mix(bytes.length);
  }

  long hash() {
    return hash;
  }

  List<String> last() {
    return last.stream().map(Entry::toString).toList();
  }
}
