package dev.plait.store;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Unicode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What outlives an {@link InMemoryStore}: open a new store on the same disk and it finds what the
 * one before had committed. Safe for use by many threads.
 */
public final class InMemoryDisk {

  /*
   * Who has the disk open and what is on it change in one step, so a commit and a close that race
   * have an order. The content is immutable and its maps share structure: a reader keeps the moment
   * it began with, and nobody waits for anybody.
   */
  private final AtomicReference<State> state;

  private final long capacity;

  private record State(Content content, @Nullable InMemoryStore holder) {}

  /** A disk with nothing on it and room for anything. */
  public InMemoryDisk() {
    this(Content.EMPTY, Long.MAX_VALUE);
  }

  private InMemoryDisk(Content content, long capacity) {
    this.state = new AtomicReference<>(new State(content, null));
    this.capacity = capacity;
  }

  /**
   * A disk with nothing on it that takes chunks and snapshots up to a sum of their lengths; a batch
   * that needs more is refused as STORE_FULL.
   */
  public static InMemoryDisk limited(long bytes) {
    return new InMemoryDisk(Content.EMPTY, bytes);
  }

  /**
   * Another disk, open to nobody, with what is on this one now: what a crash at this moment would
   * leave. Constant time.
   */
  public InMemoryDisk copy() {
    return new InMemoryDisk(current().content, capacity);
  }

  /**
   * Another disk with what is on this one now, as restored from a backup: a store on it {@linkplain
   * ChangeStore#isCopy says that it is a copy} until it is given an identity.
   */
  public InMemoryDisk restored() {
    return new InMemoryDisk(current().content.asCopy(), capacity);
  }

  private State current() {
    return Objects.requireNonNull(state.get());
  }

  /** Gives the disk to a store, if nobody has it. */
  boolean acquire(InMemoryStore store) {
    while (true) {
      State seen = current();
      if (seen.holder != null) {
        return false;
      }
      if (state.compareAndSet(seen, new State(seen.content, store))) {
        return true;
      }
    }
  }

  /** Takes the disk back from a store, if that has it. */
  void release(InMemoryStore store) {
    while (true) {
      State seen = current();
      if (seen.holder != store || state.compareAndSet(seen, new State(seen.content, null))) {
        return;
      }
    }
  }

  /** What is on the disk, or null if the store does not have it. */
  @Nullable Content read(InMemoryStore store) {
    State seen = current();
    return seen.holder == store ? seen.content : null;
  }

  /**
   * Writes the batch, unless the store does not have the disk.
   *
   * @throws StoreException STORE_FULL if there is no room
   */
  boolean write(InMemoryStore store, StoreBatch batch) {
    while (true) {
      State seen = current();
      if (seen.holder != store) {
        return false;
      }
      Content after = seen.content.after(batch);
      if (after.bytes > capacity && after.bytes > seen.content.bytes) {
        throw new StoreException.Full(
            "no room is left: the batch needs " + after.bytes + " bytes of " + capacity, null);
      }
      if (state.compareAndSet(seen, new State(after, store))) {
        return true;
      }
    }
  }

  /**
   * All that is on a disk at one moment. Immutable.
   *
   * @param identity who writes here
   * @param former who has written here before
   * @param clock the highest reading
   * @param copy whether it was restored and nobody has become somebody else since
   * @param documents what is kept of each document, sorted by name
   * @param bytes the length of all chunks and snapshots
   */
  record Content(
      @Nullable ReplicaId identity,
      List<ReplicaId> former,
      HybridTimestamp clock,
      boolean copy,
      PersistentMap<String, DocumentRecords> documents,
      long bytes) {

    private static final Content EMPTY =
        new Content(
            null,
            List.of(),
            HybridTimestamp.ZERO,
            false,
            PersistentMap.empty(Unicode.CODE_POINT_ORDER),
            0);

    private Content asCopy() {
      return new Content(identity, former, clock, true, documents, bytes);
    }

    DocumentRecords document(String name) {
      DocumentRecords records = documents.get(name);
      return records == null ? DocumentRecords.empty() : records;
    }

    private Content after(StoreBatch batch) {
      ReplicaId next = batch.identity();
      Content content =
          new Content(
              next == null ? identity : next,
              identity == null || next == null || next.equals(identity)
                  ? former
                  : Stream.concat(former.stream(), Stream.of(identity)).toList(),
              batch.clock().isAfter(clock) ? batch.clock() : clock,
              copy && next == null,
              documents,
              bytes);
      for (String deleted : batch.deleted()) {
        content = content.with(deleted, DocumentRecords.empty());
      }
      for (var forsaken : batch.forsaken()) {
        String name = forsaken.document();
        content = content.with(name, content.document(name).forsake(forsaken.dot()));
      }
      for (var chunk : batch.chunks()) {
        String name = chunk.header().document();
        content = content.with(name, content.document(name).append(chunk));
      }
      for (var chunk : batch.merged()) {
        String name = chunk.header().document();
        content = content.with(name, content.document(name).merge(chunk));
      }
      for (var chunk : batch.rewritten()) {
        String name = chunk.header().document();
        content = content.with(name, content.document(name).rewrite(chunk));
      }
      for (var chunk : batch.quarantined()) {
        String name = chunk.header().document();
        content = content.with(name, content.document(name).quarantine(chunk));
      }
      for (var released : batch.released()) {
        String name = released.document();
        content = content.with(name, content.document(name).release(released.dot()));
      }
      for (var suspect : batch.suspects()) {
        String name = suspect.document();
        content = content.with(name, content.document(name).suspect(suspect.dot()));
      }
      StoredSnapshot snapshot = batch.snapshot();
      if (snapshot == null) {
        return content;
      }
      String name = snapshot.document();
      return content.with(name, content.document(name).replace(snapshot));
    }

    private Content with(String name, DocumentRecords records) {
      return new Content(
          identity,
          former,
          clock,
          copy,
          records.isEmpty() ? documents.without(name) : documents.with(name, records),
          bytes - document(name).bytes() + records.bytes());
    }
  }
}
