package dev.plait.sync;

import dev.plait.change.Chunk;
import java.util.List;

/** What there is to send to a peer that lacks some changes of a document. */
public sealed interface Outgoing {

  /**
   * Chunks that bring the peer on.
   *
   * @param chunks in causal order; empty if there are none
   */
  record Chunks(List<Chunk> chunks) implements Outgoing {
    /** Copies the list. */
    public Chunks {
      chunks = List.copyOf(chunks);
    }
  }

  /** Chunks cannot do it: the whole state has to be sent, as a snapshot. */
  record Compacted() implements Outgoing {}
}
