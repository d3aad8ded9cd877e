package dev.plait.peers.engine;

import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import org.jspecify.annotations.Nullable;

/** A CRDT library, used through what it offers to everybody. */
public interface Engine {
  /** Its name in the results. */
  String name();

  /** Why it can't do what a script asks for; null if it can. */
  @Nullable String reasonAgainst(Script script);

  /** Whether all memory of a replica is on the heap of the JVM, where it can be measured. */
  boolean isOnHeap();

  /** An empty replica. */
  Copy create(int user, Root root);

  /** A replica that was {@linkplain Copy#save saved}. */
  Copy open(byte[] saved, int user, Root root);
}
