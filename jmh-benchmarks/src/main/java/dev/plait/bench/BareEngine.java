package dev.plait.bench;

import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An engine used as plainly and as fast as it can be: numbered values, no checksums, no counts, no
 * copies kept apart. Safe for use by many threads: one of them writes at a time.
 */
interface BareEngine extends AutoCloseable {

  /** Puts values under the next numbers, in one transaction that is forced to the disk. */
  void append(List<byte[]> values);

  /** Goes through all in order; copies each number and each value to the heap. */
  void scan(Blackhole out);

  @Override
  void close();
}
