package dev.plait.replica;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoredSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of documents that are not in memory, so that a session can name them all
 * without loading any: found out from the clear headers when first asked for, then remembered until
 * the document changes. Safe for use by many threads.
 */
final class HeldVersions {
  private final Surroundings surroundings;
  private final ConcurrentHashMap<String, Held> known = new ConcurrentHashMap<>();

  /** A version, and the last change of each author in it. */
  private record Held(VersionVector version, Map<ReplicaId, Last> lasts, boolean inDoubt) {
    private static final Held NOTHING = new Held(VersionVector.EMPTY, Map.of(), false);
  }

  private record Last(long counter, HybridTimestamp time) {
    private static final Last NONE = new Last(0, HybridTimestamp.ZERO);
  }

  HeldVersions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What is held of a document, applied or durably kept aside. */
  VersionVector version(String document) {
    return held(document).version();
  }

  /** The time of a change if it is the last one that is held of its author. */
  @Nullable HybridTimestamp time(String document, Dot change) {
    Last last = held(document).lasts().getOrDefault(change.replica(), Last.NONE);
    return last.counter() == change.counter() ? last.time() : null;
  }

  /** Whether only the document itself can tell what of it is certain. */
  boolean isInDoubt(String document) {
    return held(document).inDoubt();
  }

  /** The document has changed. */
  void forget(String document) {
    known.remove(document);
  }

  private Held held(String document) {
    // Within the map's step, so that a change that comes meanwhile is not missed. What is not there
    // is not remembered: peers may ask for any name.
    Held held =
        known.computeIfAbsent(
            document,
            name -> {
              Held found = read(name);
              return found.version().isEmpty() ? null : found;
            });
    return held == null ? Held.NOTHING : held;
  }

  private Held read(String document) {
    Map<ReplicaId, Last> lasts = new HashMap<>();
    StoredSnapshot snapshot = surroundings.store().snapshot(document);
    VersionVector covered = VersionVector.EMPTY;
    if (snapshot != null) {
      covered = snapshot.version();
      Snapshot state = surroundings.codec().decodeSnapshot(snapshot.bytes());
      for (Snapshot.Author author : state.authors()) {
        lasts.put(author.replica(), new Last(author.counter(), author.lastTime()));
      }
    }
    surroundings.store().readChunks(document, covered, chunk -> count(chunk, lasts));
    surroundings.store().quarantined(document).forEach(chunk -> count(chunk, lasts));
    VersionVector.Builder version = VersionVector.builder();
    lasts.forEach((replica, last) -> version.advance(new Dot(replica, last.counter())));
    List<ReplicaId> former = surroundings.store().formerIdentities();
    boolean inDoubt =
        !former.isEmpty()
            && surroundings.store().suspects(document).stream()
                .anyMatch(suspect -> former.contains(suspect.replica()));
    return new Held(version.build(), Map.copyOf(lasts), inDoubt);
  }

  /** Chunks come ordered by author and counter; one after a gap does not count. */
  private static void count(Chunk chunk, Map<ReplicaId, Last> lasts) {
    ChunkHeader header = chunk.header();
    Last last = lasts.getOrDefault(header.replica(), Last.NONE);
    if (header.firstCounter() <= last.counter() + 1 && header.lastCounter() > last.counter()) {
      lasts.put(header.replica(), new Last(header.lastCounter(), header.lastTime()));
    }
  }
}
