package dev.plait.cli.repair;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
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

  /** What there is of a document. */
  static final class Pieces {
    final List<Chunk> chunks = new ArrayList<>();
    final List<StoredSnapshot> snapshots = new ArrayList<>();
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
    return new Reading(data.salvage(salvaged), salvaged);
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
    chunk(chunk);
  }

  @Override
  public void suspect(String document, Dot change) {}

  @Override
  public void snapshot(StoredSnapshot snapshot) {
    if (wantedSnapshots.test(snapshot)) {
      pieces(snapshot.document()).snapshots.add(snapshot);
    }
  }
}
