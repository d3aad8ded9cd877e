package dev.plait.replica;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.store.StoredSnapshot;
import dev.plait.sync.Outgoing;
import dev.plait.sync.SyncDocuments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica's documents as one session sees them. It speaks for the replica under the id that it
 * had when the session began; when that id turns out to be spoiled, the replica takes another one
 * and begins other sessions.
 */
final class StoredDocuments implements SyncDocuments {
  private final Surroundings surroundings;
  private final HostedDocuments hosted;
  private final HeldVersions unloaded;
  private final Impostors impostors;
  private final ReplicaId speaker;

  /** What is to be done when an id turns out to be used by somebody else. */
  interface Impostors {
    /**
     * Goes on under another id.
     *
     * @param document where it was noticed; null if the peer has the very same id
     */
    void replace(ReplicaId spoiled, @Nullable String document, String reason);
  }

  StoredDocuments(
      Surroundings surroundings,
      HostedDocuments hosted,
      HeldVersions unloaded,
      Impostors impostors) {
    this.surroundings = surroundings;
    this.hosted = hosted;
    this.unloaded = unloaded;
    this.impostors = impostors;
    this.speaker = surroundings.id();
  }

  @Override
  public ReplicaId replica() {
    return speaker;
  }

  @Override
  public List<String> documents() {
    return surroundings.store().documents("");
  }

  @Override
  public VersionVector version(String document) {
    Document loaded = hosted.loaded(document);
    if (loaded == null && unloaded.isInDoubt(document)) {
      loaded = hosted.get(document);
    }
    return loaded == null ? unloaded.version(document) : loaded.heldVersion();
  }

  @Override
  public Outgoing changesSince(String document, VersionVector since, int maxBytes) {
    Document source = hosted.get(document);
    // The state cannot be taken apart into what is certain and what is in doubt.
    Outgoing whole =
        source.mayGiveState(since) ? new Outgoing.Compacted() : new Outgoing.Chunks(List.of());
    List<Chunk> chunks = source.tryChunksSince(since, maxBytes).orElse(null);
    if (chunks == null) {
      return whole;
    }
    List<Chunk> fitting = new ArrayList<>();
    int room = maxBytes;
    for (Chunk chunk : chunks) {
      room -= chunk.size() + CHUNK_ALLOWANCE;
      if (room < 0) {
        break;
      }
      fitting.add(chunk);
    }
    return fitting.isEmpty() && !chunks.isEmpty() ? whole : new Outgoing.Chunks(fitting);
  }

  @Override
  public boolean withholds() {
    return !hosted.inDoubt().isEmpty();
  }

  @Override
  public StoredSnapshot snapshot(String document) {
    var snapshot = hosted.get(document).snapshot();
    return new StoredSnapshot(
        document, snapshot.version(), surroundings.codec().encodeSnapshot(snapshot));
  }

  @Override
  public void receive(String document, List<Chunk> chunks) {
    surroundings.tally().add(hosted.get(document).applyChunks(chunks));
  }

  /**
   * A state can't be kept aside as changes can: one with a stamp too far ahead is left, and the
   * peer sends it again and again until its time has come. All other documents go on meanwhile.
   */
  @Override
  public void receiveSnapshot(StoredSnapshot snapshot) {
    try {
      surroundings.tally().add(hosted.get(snapshot.document()).join(snapshot.bytes()));
    } catch (DocumentException refused) {
      if (!refused.code().equals(DocumentException.STAMP_AHEAD)) {
        throw refused;
      }
      surroundings.tally().addRejected(refused.code(), 1);
    }
  }

  // ---- ids that are not what they should be

  @Override
  public @Nullable HybridTimestamp time(String document, Dot change) {
    Document loaded = hosted.loaded(document);
    if (loaded == null && unloaded.isInDoubt(document)) {
      loaded = hosted.get(document);
    }
    if (loaded != null) {
      return loaded.time(change);
    }
    if (!unloaded.version(document).contains(change)) {
      return null;
    }
    // One that is not its author's last is asked for only where the two ends differ; then the
    // document is needed anyway.
    HybridTimestamp last = unloaded.time(document, change);
    return last != null ? last : hosted.get(document).time(change);
  }

  @Override
  public void onContradiction(String document, Dot change, HybridTimestamp theirs) {
    if (change.replica().equals(speaker)) {
      impostors.replace(
          speaker, document, "the peer holds another change " + change + " than this replica");
    }
    hosted.get(document).compare(change, theirs);
  }

  @Override
  public void onSame(String document, Dot change, HybridTimestamp time) {
    if (surroundings.store().formerIdentities().contains(change.replica())) {
      hosted.get(document).compare(change, time);
    }
  }

  @Override
  public void onPeerHolds(String document, VersionVector theirs, VersionVector ours) {
    surroundings.shared().add(document, theirs, ours);
    hosted.onShared(document);
  }

  @Override
  public void onOwnCounterAhead(String document, long counter) {
    if (hosted.get(document).versionVector().get(speaker) >= counter) {
      return; // it is here, and not told of because the document is in doubt
    }
    impostors.replace(
        speaker,
        document,
        "the peer holds changes of this replica up to "
            + counter
            + ", which are not here: the store was restored or copied");
  }

  /**
   * The peer calls itself what we do. If our id came with the store, one of the two stores is a
   * copy; if it was made in this run, no copy can have it, and we have called ourselves.
   */
  void onSameReplica() {
    if (surroundings.identity().isInherited()) {
      impostors.replace(
          speaker, null, "the peer has the same id: one store is a copy of the other");
    }
  }
}
