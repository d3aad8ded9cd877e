package dev.plait.cli.store;

import dev.plait.change.Chunk;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import dev.plait.document.DocumentCommit;
import dev.plait.document.DocumentHost;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoredSnapshot;

/** A document as it is stored, to be read only: nothing is written, not even an identity. */
final class StoredDocument implements DocumentHost {
  private final ChangeStore store;
  private final Codec codec;
  private final String name;

  private StoredDocument(ChangeStore store, Codec codec, String name) {
    this.store = store;
    this.codec = codec;
    this.name = name;
  }

  static Document open(ChangeStore store, Codec codec, String name) {
    ReplicaId identity = store.identity();
    return Document.builder(name, identity == null ? ReplicaId.of(0, 0) : identity)
        .codec(codec)
        .clock(HybridLogicalClock.builder(System::currentTimeMillis).build())
        .host(new StoredDocument(store, codec, name))
        .build();
  }

  @Override
  public void lock() {}

  @Override
  public void unlock() {}

  @Override
  public void load(Loader loader) {
    VersionVector covered = VersionVector.EMPTY;
    StoredSnapshot snapshot = store.snapshot(name);
    if (snapshot != null) {
      loader.snapshot(codec.decodeSnapshot(snapshot.bytes()));
      covered = snapshot.version();
    }
    store.readChunks(name, covered, loader::chunk);
    store.formerIdentities().forEach(loader::former);
    store.suspects(name).forEach(loader::suspect);
    for (Chunk chunk : store.quarantined(name)) {
      loader.quarantined(chunk);
    }
  }

  @Override
  public void persist(DocumentCommit commit) {
    throw new IllegalStateException("a document that is only read was written to");
  }
}
