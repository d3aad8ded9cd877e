package dev.plait.replica;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.store.StoredSnapshot;
import dev.plait.sync.Outgoing;
import dev.plait.sync.SyncDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A replica's documents as a session sees them. */
final class StoredDocuments implements SyncDocuments {
  private final Surroundings surroundings;
  private final Function<String, Document> documents;

  StoredDocuments(Surroundings surroundings, Function<String, Document> documents) {
    this.surroundings = surroundings;
    this.documents = documents;
  }

  @Override
  public ReplicaId replica() {
    return surroundings.id();
  }

  @Override
  public List<String> documents() {
    return surroundings.store().documents("");
  }

  @Override
  public VersionVector version(String document) {
    return isKnown(document) ? documents.apply(document).versionVector() : VersionVector.EMPTY;
  }

  /** A peer may name any document; only one that exists is worth an object. */
  private boolean isKnown(String document) {
    List<String> stored = surroundings.store().documents(document);
    return !stored.isEmpty() && stored.get(0).equals(document);
  }

  @Override
  public Outgoing changesSince(String document, VersionVector since, int maxBytes) {
    Document source = documents.apply(document);
    if (!since.dominates(source.historyFloor())) {
      return new Outgoing.Compacted();
    }
    List<Chunk> fitting = new ArrayList<>();
    int room = maxBytes;
    List<Chunk> chunks = source.chunksSince(since, maxBytes);
    for (Chunk chunk : chunks) {
      room -= chunk.size() + CHUNK_ALLOWANCE;
      if (room < 0) {
        break;
      }
      fitting.add(chunk);
    }
    return fitting.isEmpty() && !chunks.isEmpty()
        ? new Outgoing.Compacted()
        : new Outgoing.Chunks(fitting);
  }

  @Override
  public StoredSnapshot snapshot(String document) {
    var snapshot = documents.apply(document).snapshot();
    return new StoredSnapshot(
        document, snapshot.version(), surroundings.codec().encodeSnapshot(snapshot));
  }

  @Override
  public void receive(String document, List<Chunk> chunks) {
    documents.apply(document).applyChunks(chunks);
  }

  @Override
  public void receiveSnapshot(StoredSnapshot snapshot) {
    documents.apply(snapshot.document()).join(snapshot.bytes());
  }

  @Override
  public @Nullable HybridTimestamp time(String document, Dot change) {
    return null;
  }

  @Override
  public void onContradiction(String document, Dot change, HybridTimestamp theirs) {
    report("a peer holds another change " + change + " of \"" + document + "\", of " + theirs);
  }

  @Override
  public void onOwnCounterAhead(String document, long counter) {
    report("a peer holds " + counter + " changes of this replica to \"" + document + "\"");
  }

  private static void report(String what) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, new IllegalStateException(what));
  }
}
