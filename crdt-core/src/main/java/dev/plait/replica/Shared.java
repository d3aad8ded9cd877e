package dev.plait.replica;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of what was made here, under the present id or a former one, peers have said they hold,
 * since the replica was built. Safe for use by many threads.
 *
 * <p>It is not kept longer on purpose: a store that comes back from a backup would bring along what
 * peers said to another one.
 */
final class Shared {
  private final Identity identity;
  private final ConcurrentHashMap<String, VersionVector> held = new ConcurrentHashMap<>();

  Shared(Identity identity) {
    this.identity = identity;
  }

  /** A peer holds this. */
  void add(String document, VersionVector theirs) {
    VersionVector own = made(theirs);
    if (!own.isEmpty()) {
      held.merge(document, own, VersionVector::merge);
    }
  }

  /** Whether of this, all that was made here is held by peers. */
  boolean covers(String document, VersionVector version) {
    VersionVector own = made(version);
    return own.isEmpty() || held.getOrDefault(document, VersionVector.EMPTY).dominates(own);
  }

  /** What peers said of a document that is dropped is of no use for one that begins anew. */
  void forget(String document) {
    held.remove(document);
  }

  private VersionVector made(VersionVector version) {
    VersionVector.Builder own = VersionVector.builder();
    count(identity.current(), version, own);
    List<ReplicaId> former = identity.former();
    for (ReplicaId one : former) {
      count(one, version, own);
    }
    return own.build();
  }

  private static void count(ReplicaId own, VersionVector version, VersionVector.Builder into) {
    long counter = version.get(own);
    if (counter > 0) {
      into.advance(new Dot(own, counter));
    }
  }
}
