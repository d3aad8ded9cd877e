package dev.plait.wire;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import dev.plait.store.StoredSnapshot;
import dev.plait.sync.Outgoing;
import dev.plait.sync.SyncDocuments;
import java.util.ArrayList;
import java.util.List;

/** One document in memory, as a session sees it; what comes of others is dropped. */
final class FuzzDocuments implements SyncDocuments {
  private final Document document;
  private final Codec codec = WireCodec.create();

  FuzzDocuments(Document document) {
    this.document = document;
  }

  private boolean isIt(String name) {
    return name.equals(document.name());
  }

  @Override
  public ReplicaId replica() {
    return document.replica();
  }

  @Override
  public List<String> documents() {
    return List.of(document.name());
  }

  @Override
  public VersionVector version(String name) {
    return isIt(name) ? document.versionVector() : VersionVector.EMPTY;
  }

  @Override
  public Outgoing changesSince(String name, VersionVector since, int maxBytes) {
    if (!since.dominates(document.historyFloor())) {
      return new Outgoing.Compacted();
    }
    List<Chunk> fitting = new ArrayList<>();
    int room = maxBytes;
    for (Chunk chunk : document.chunksSince(since, maxBytes)) {
      room -= chunk.size() + CHUNK_ALLOWANCE;
      if (room < 0) {
        break;
      }
      fitting.add(chunk);
    }
    return new Outgoing.Chunks(fitting);
  }

  @Override
  public StoredSnapshot snapshot(String name) {
    var snapshot = document.snapshot();
    return new StoredSnapshot(name, snapshot.version(), codec.encodeSnapshot(snapshot));
  }

  @Override
  public void receive(String name, List<Chunk> chunks) {
    if (isIt(name)) {
      document.applyChunks(chunks);
    }
  }

  @Override
  public void receiveSnapshot(StoredSnapshot snapshot) {
    if (isIt(snapshot.document())) {
      document.join(snapshot.bytes());
    }
  }
}
