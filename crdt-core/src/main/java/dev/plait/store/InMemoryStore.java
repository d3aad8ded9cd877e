package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap, for tests and for replicas that need not survive the process.
 *
 * <p>It takes no lock: a commit replaces one immutable tree by another in one atomic step and
 * starts over when somebody else was faster, so a reader sees each batch wholly or not at all.
 * Appending costs O(log n) in the document's chunks. Safe for use by many threads.
 *
 * <p>To try a restart, close the store and open another on the same {@link InMemoryDisk}; to try a
 * crash, open one on a {@linkplain InMemoryDisk#copy() copy} of it.
 */
public final class InMemoryStore implements ChangeStore {

  private final InMemoryDisk disk;

  private InMemoryStore(InMemoryDisk disk) {
    this.disk = disk;
  }

  /** A store with nothing in it, on a disk of its own. */
  public static InMemoryStore empty() {
    return open(new InMemoryDisk());
  }

  /**
   * Opens what is on the disk.
   *
   * @throws StoreException STORE_LOCKED if another store that is not closed has the disk
   */
  public static InMemoryStore open(InMemoryDisk disk) {
    InMemoryStore store = new InMemoryStore(disk);
    if (!disk.acquire(store)) {
      throw new StoreException.Locked(
          "another store has this disk open; close that one first, or open a copy of the disk",
          null);
    }
    return store;
  }

  @Override
  public @Nullable ReplicaId identity() {
    return content().identity();
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    return content().former();
  }

  @Override
  public HybridTimestamp clock() {
    return content().clock();
  }

  @Override
  public boolean isCopy() {
    return content().copy();
  }

  /** {@link Durability#NONE}. */
  @Override
  public Durability durability() {
    content();
    return Durability.NONE;
  }

  @Override
  public void commit(StoreBatch batch) {
    DocumentNames.checkAll(batch);
    if (!disk.write(this, batch)) {
      throw closed();
    }
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    for (var entry : document(document).chunks().chunks().entries()) {
      Chunk chunk = entry.value();
      if (!since.contains(chunk.header().last())) {
        consumer.accept(chunk);
      }
    }
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    return document(document).snapshot();
  }

  @Override
  public List<Chunk> quarantined(String document) {
    return document(document).quarantined().inOrder();
  }

  @Override
  public List<Dot> suspects(String document) {
    return document(document).suspectsInOrder();
  }

  @Override
  public List<String> documents(String prefix) {
    DocumentNames.check(prefix);
    List<String> names = new ArrayList<>();
    for (var entry : content().documents().entriesFrom(prefix)) {
      if (!entry.key().startsWith(prefix)) {
        break;
      }
      names.add(entry.key());
    }
    return names;
  }

  @Override
  public DocumentSize size(String document) {
    return document(document).size();
  }

  @Override
  public StoreSize size() {
    InMemoryDisk.Content content = content();
    long documents = 0;
    DocumentSize total = DocumentSize.EMPTY;
    for (var entry : content.documents().entries()) {
      documents++;
      total = total.plus(entry.value().size());
    }
    return new StoreSize(documents, total, content.bytes());
  }

  /** What is in memory is as it was written. */
  @Override
  public StoreCheck verify() {
    long documents = 0;
    long records = 0;
    InMemoryDisk.Content content = content();
    for (var entry : content.documents().entries()) {
      documents++;
      records += entry.value().count();
    }
    return new StoreCheck(documents, records, content.bytes(), List.of());
  }

  /** Nothing to do: what is replaced is left to the collector. */
  @Override
  public void reclaim() {
    content();
  }

  @Override
  public void close() {
    disk.release(this);
  }

  private DocumentRecords document(String name) {
    DocumentNames.check(name);
    return content().document(name);
  }

  private InMemoryDisk.Content content() {
    InMemoryDisk.Content content = disk.read(this);
    if (content == null) {
      throw closed();
    }
    return content;
  }

  private static StoreException closed() {
    return new StoreException.Closed("this store was closed; open another on its disk", null);
  }
}
