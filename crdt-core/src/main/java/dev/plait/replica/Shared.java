package dev.plait.replica;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
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

  /**
   * A peer holds this, which was compared with what is held here. Where it holds more of what was
   * made under an id of this replica, that was not compared: it may be another branch.
   */
  void add(String document, VersionVector theirs, VersionVector ours) {
    VersionVector.Builder common = VersionVector.builder();
    for (Dot dot : made(theirs)) {
      if (ours.contains(dot)) {
        common.advance(dot);
      }
    }
    VersionVector news = common.build();
    if (!news.isEmpty()) {
      held.merge(document, news, VersionVector::merge);
    }
  }

  /** Whether of this, all that was made here is held by peers. */
  boolean covers(String document, VersionVector version) {
    VersionVector known = held.getOrDefault(document, VersionVector.EMPTY);
    return made(version).stream().allMatch(known::contains);
  }

  /** What peers said of a document that is dropped is of no use for one that begins anew. */
  void forget(String document) {
    held.remove(document);
  }

  /** The last changes of this replica, under each of its ids, in a version. */
  private List<Dot> made(VersionVector version) {
    List<Dot> own = new ArrayList<>(1);
    add(identity.current(), version, own);
    identity.former().forEach(former -> add(former, version, own));
    return own;
  }

  private static void add(ReplicaId author, VersionVector version, List<Dot> own) {
    long counter = version.get(author);
    if (counter > 0) {
      own.add(new Dot(author, counter));
    }
  }
}
