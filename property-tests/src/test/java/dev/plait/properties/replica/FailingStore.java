package dev.plait.properties.replica;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose commits fail, before or after they are done, while it is told so. */
final class FailingStore implements ChangeStore {
  private final ChangeStore store;
  boolean full;
  boolean failsAfterCommit;
  Runnable onSize = () -> {};

  FailingStore(ChangeStore store) {
    this.store = store;
  }

  @Override
  public @Nullable ReplicaId identity() {
    return store.identity();
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    return store.formerIdentities();
  }

  @Override
  public HybridTimestamp clock() {
    return store.clock();
  }

  @Override
  public boolean isCopy() {
    return store.isCopy();
  }

  @Override
  public Durability durability() {
    return store.durability();
  }

  @Override
  public void commit(StoreBatch batch) {
    if (full) {
      throw new StoreException.Full("no room left", null);
    }
    store.commit(batch);
    if (failsAfterCommit) {
      throw new StoreException.InputOutput("the answer got lost", null);
    }
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    store.readChunks(document, since, consumer);
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    return store.snapshot(document);
  }

  @Override
  public List<Chunk> quarantined(String document) {
    return store.quarantined(document);
  }

  @Override
  public List<Dot> suspects(String document) {
    return store.suspects(document);
  }

  @Override
  public List<String> documents(String prefix) {
    return store.documents(prefix);
  }

  @Override
  public DocumentSize size(String document) {
    onSize.run();
    return store.size(document);
  }

  @Override
  public StoreSize size() {
    return store.size();
  }

  @Override
  public StoreCheck verify() {
    return store.verify();
  }

  @Override
  public void reclaim() {
    store.reclaim();
  }

  @Override
  public void close() {
    store.close();
  }
}
