package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;

/**
 * Takes what can still be read of a damaged store: records whose checksums are right, in no order.
 * Others may be missing, so only a document that checks what depends on what can use them.
 */
public interface Salvage {

  /**
   * Who wrote there: of what one record tells, those who had written before come first. The same
   * may be told twice.
   */
  void identity(ReplicaId replica);

  /** A chunk. */
  void chunk(Chunk chunk);

  /** A chunk that was kept aside. */
  void quarantined(Chunk chunk);

  /** A change of whose name there is another. */
  void suspect(String document, Dot change);

  /** A snapshot. */
  void snapshot(StoredSnapshot snapshot);
}
