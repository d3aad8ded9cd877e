package dev.plait.cli.repair;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a damaged store still gives, as far as it is asked for: all of that is in memory at once.
 *
 * <p>Who is suspect is not taken over; whoever holds the other change says so again.
 */
final class Salvaged implements Salvage {
  private final Predicate<ChunkHeader> wantedChunks;
  private final Predicate<StoredSnapshot> wantedSnapshots;
  private final Set<ReplicaId> identities = new LinkedHashSet<>();
  private final Map<String, Pieces> documents = new TreeMap<>();
  private final Map<String, VersionVector> compacted = new HashMap<>();

  /** What there is of a document. */
  static final class Pieces {
    final List<Chunk> chunks = new ArrayList<>();
    final List<StoredSnapshot> snapshots = new ArrayList<>();
    private final List<Chunk> quarantined = new ArrayList<>();

    /** The changes of everybody but these. */
    List<Chunk> ofOthersThan(Set<ReplicaId> authors) {
      return chunks.stream().filter(one -> !authors.contains(one.header().replica())).toList();
    }
  }

  private Salvaged(Predicate<ChunkHeader> wantedChunks, Predicate<StoredSnapshot> wantedSnapshots) {
    this.wantedChunks = wantedChunks;
    this.wantedSnapshots = wantedSnapshots;
  }

  /** What was read, and what of it was asked for. */
  record Reading(StoreCheck check, Salvaged salvaged) {}

  /** Reads what is wanted. */
  static Reading of(
      DataDirectory data,
      Predicate<ChunkHeader> wantedChunks,
      Predicate<StoredSnapshot> wantedSnapshots) {
    Salvaged salvaged = new Salvaged(wantedChunks, wantedSnapshots);
    StoreCheck check = data.salvage(salvaged);
    salvaged.settle();
    return new Reading(check, salvaged);
  }

  /**
   * Leaves out chunks in whose place a snapshot was put, of which there may be copies in pages that
   * are free: what they hold may since have been made again under other names. What is kept aside
   * is part of no snapshot.
   */
  private void settle() {
    documents.forEach(
        (name, pieces) -> {
          VersionVector covered = compacted.getOrDefault(name, VersionVector.EMPTY);
          pieces.chunks.removeIf(chunk -> covered.contains(chunk.header().last()));
          pieces.chunks.addAll(pieces.quarantined);
          pieces.quarantined.clear();
        });
    documents.values().removeIf(pieces -> pieces.chunks.isEmpty() && pieces.snapshots.isEmpty());
  }

  /** Who has written there, as far as that could be read. */
  Set<ReplicaId> identities() {
    return identities;
  }

  /** What was asked for, by document. */
  Map<String, Pieces> documents() {
    return documents;
  }

  private Pieces pieces(String document) {
    return documents.computeIfAbsent(document, name -> new Pieces());
  }

  @Override
  public void identity(ReplicaId replica) {
    identities.add(replica);
  }

  @Override
  public void chunk(Chunk chunk) {
    if (wantedChunks.test(chunk.header())) {
      pieces(chunk.header().document()).chunks.add(chunk);
    }
  }

  @Override
  public void quarantined(Chunk chunk) {
    if (wantedChunks.test(chunk.header())) {
      pieces(chunk.header().document()).quarantined.add(chunk);
    }
  }

  @Override
  public void suspect(String document, Dot change) {}

  @Override
  public void snapshot(StoredSnapshot snapshot) {
    compacted.merge(snapshot.document(), snapshot.version(), VersionVector::merge);
    if (wantedSnapshots.test(snapshot)) {
      pieces(snapshot.document()).snapshots.add(snapshot);
    }
  }
}
