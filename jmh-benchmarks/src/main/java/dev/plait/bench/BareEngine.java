package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An engine used as plainly and as fast as it can be, for the same records as the store's on it: a
 * chunk with its document, its replica, its counters, times, revision and dependencies, under the
 * same key. What the store adds is not there: no checksums, no seal of the document, no record of
 * the store, no head file, and what is read ends in arrays and numbers, not in chunks.
 *
 * <p>Safe for use by many threads: one of them reads or writes at a time.
 */
interface BareEngine extends AutoCloseable {

  /**
   * Puts the chunks of one document in, in one transaction, which is forced to the disk if that is
   * what the durability says.
   */
  void append(List<Chunk> chunks);

  /** Goes through all in order; copies each key and each record to the heap. */
  void scan(Blackhole out);

  /** Goes through those from this one on, which has to be of the only replica; copies likewise. */
  void scanFrom(ChunkHeader first, Blackhole out);

  @Override
  void close();
}
