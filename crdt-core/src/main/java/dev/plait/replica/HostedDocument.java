package dev.plait.replica;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentCommit;
import dev.plait.document.DocumentHost;
import dev.plait.document.Equivocation;
import dev.plait.schedule.Cancellable;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One document of a replica: its lock, its place in the store, and when it was last used.
 *
 * <p>The lock is held while a commit is being made durable, so whoever sees a version of the
 * document sees one that is kept.
 */
final class HostedDocument implements DocumentHost {
  private static final long RETRY_MILLIS = 60_000;

  private final String name;
  private final Surroundings surroundings;
  private final Consumer<String> onCommit;
  private final Set<String> inDoubt;
  private final ReentrantLock lock = new ReentrantLock();
  private final Document document;
  private final Upkeep upkeep;
  private volatile long lastUsedMillis;
  private @Nullable Cancellable nextRelease;
  private long nextReleaseMillis;

  HostedDocument(
      String name,
      Surroundings surroundings,
      Consumer<String> onCommit,
      Consumer<Equivocation> onEquivocation,
      Set<String> inDoubt) {
    this.name = name;
    this.surroundings = surroundings;
    this.onCommit = onCommit;
    this.inDoubt = inDoubt;
    this.document =
        Document.builder(name, surroundings.id())
            .clock(surroundings.clock())
            .codec(surroundings.codec())
            .limits(surroundings.limits())
            .host(this)
            .onListenerFailure(Uncaught::report)
            .onEquivocation(onEquivocation)
            .build();
    this.upkeep = new Upkeep(this, name, surroundings);
  }

  Document document() {
    return document;
  }

  @Override
  public void lock() {
    lock.lock();
    lastUsedMillis = surroundings.time().millis();
  }

  @Override
  public void unlock() {
    lock.unlock();
  }

  @Override
  public void load(Loader loader) {
    VersionVector covered = VersionVector.EMPTY;
    StoredSnapshot snapshot = surroundings.store().snapshot(name);
    if (snapshot != null) {
      loader.snapshot(surroundings.codec().decodeSnapshot(snapshot.bytes()));
      covered = snapshot.version();
    }
    upkeep.restart();
    surroundings
        .store()
        .readChunks(
            name,
            covered,
            chunk -> {
              upkeep.count(chunk);
              loader.chunk(chunk);
            });
    upkeep.look();
    surroundings.store().formerIdentities().forEach(loader::former);
    surroundings.store().suspects(name).forEach(loader::suspect);
    List<Chunk> aside = surroundings.store().quarantined(name);
    aside.forEach(loader::quarantined);
    if (!aside.isEmpty()) {
      releaseAt(surroundings.time().millis());
    }
  }

  @Override
  public void stored(Consumer<Chunk> chunks) {
    surroundings.store().readChunks(name, VersionVector.EMPTY, chunks);
  }

  @Override
  public void persist(DocumentCommit commit) {
    StoreBatch.Builder batch = StoreBatch.builder().clock(commit.clock());
    commit.chunks().forEach(batch::append);
    commit.merged().forEach(batch::merge);
    commit.quarantined().forEach(batch::quarantine);
    for (Dot released : commit.released()) {
      batch.release(name, released);
    }
    Dot forsaken = commit.forsaken();
    if (forsaken != null) {
      batch.forsake(name, forsaken);
    }
    for (Dot suspect : commit.suspects()) {
      batch.suspect(name, suspect);
    }
    var snapshot = commit.snapshot();
    if (snapshot != null) {
      byte[] bytes = surroundings.codec().encodeSnapshot(snapshot);
      batch.snapshot(new StoredSnapshot(name, snapshot.version(), bytes));
    }
    surroundings.store().commit(batch.build());
  }

  @Override
  public void committed(DocumentCommit commit) {
    if (document.isInDoubt()) {
      inDoubt.add(name);
    } else {
      inDoubt.remove(name);
    }
    if (!commit.quarantined().isEmpty()) {
      releaseInTime();
    }
    upkeep.committed(commit);
    // Until the sessions know, none of them may say that it is in sync.
    surroundings.unannounced().incrementAndGet();
    surroundings.scheduler().execute(this::announce);
  }

  private void announce() {
    try {
      onCommit.accept(name);
    } finally {
      surroundings.unannounced().decrementAndGet();
    }
  }

  /** Not on a thread that serves a connection: a listener may wait for what that holds. */
  @Override
  public void deliver(Runnable delivery) {
    surroundings.scheduler().execute(delivery);
  }

  /** Wakes the document when the first of its quarantined changes is due; one timer is enough. */
  private void releaseInTime() {
    document.releaseMillis().ifPresent(this::releaseAt);
  }

  private void releaseAt(long due) {
    if (nextRelease == null || due < nextReleaseMillis) {
      if (nextRelease != null) {
        nextRelease.cancel();
      }
      nextReleaseMillis = due;
      long wait = Math.max(0, due - surroundings.time().millis());
      nextRelease = surroundings.scheduler().after(wait, this::releaseQuarantine);
    }
  }

  private void releaseQuarantine() {
    if (surroundings.isClosed()) {
      return;
    }
    StoreException failure = null;
    lock.lock();
    try {
      nextRelease = null;
      surroundings.tally().add(document.releaseQuarantine());
      releaseInTime();
    } catch (StoreException failed) {
      // A disk may have room again in a minute; what is due must not wait until somebody asks.
      if (nextRelease != null) {
        nextRelease.cancel(); // loading the document has asked for it at once
        nextRelease = null;
      }
      releaseAt(surroundings.time().millis() + RETRY_MILLIS);
      failure = failed;
    } finally {
      lock.unlock();
    }
    if (failure != null && !surroundings.isClosed()) {
      Uncaught.report(failure);
    }
  }

  /** Lets the document go if it has not been used since {@code millis}. */
  void unloadIfIdleSince(long millis) {
    if (lastUsedMillis <= millis && document.isLoaded()) {
      document.unload();
    }
  }

  /** Whether the calling thread is inside the document. */
  boolean isHeldByMe() {
    return lock.isHeldByCurrentThread();
  }

  /**
   * Lets later transactions bear the replica's id, unless they do so already. Which one that is, is
   * looked up under the lock: who was told of an id before may come after who was told of the next.
   */
  void goOnAsCurrent() {
    lock.lock();
    try {
      ReplicaId current = surroundings.id();
      if (!document.replica().equals(current)) {
        document.replaceReplica(current);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A peer has said more of what it holds. */
  void onShared() {
    upkeep.onShared();
  }

  /** Makes what is kept smaller, and tells by how much. */
  CompactionReport compacting(Predicate<Document> step) {
    lock.lock();
    try {
      DocumentSize before = surroundings.store().size(name);
      boolean done = step.test(document);
      return new CompactionReport(name, done, before, surroundings.store().size(name));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops all that is kept of the document. If this replica has written in it, it becomes somebody
   * else in the same step, unless it just has: the numbers of its changes begin anew.
   *
   * @return the new id, under which all documents go on; null if this made none
   */
  @Nullable ReplicaId forget() {
    lock.lock();
    try {
      ReplicaId own = document.replica();
      boolean wrote = document.versionVector().get(own) > 0;
      document.discard();
      surroundings.shared().forget(name);
      StoreBatch.Builder batch =
          StoreBatch.builder().clock(surroundings.clock().peek()).delete(name);
      ReplicaId fresh = wrote ? surroundings.identity().replace(own, batch) : null;
      if (fresh == null) {
        surroundings.store().commit(batch.build());
      }
      goOnAsCurrent();
      inDoubt.remove(name);
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the use of the document. */
  void close() {
    lock.lock();
    try {
      document.close();
      if (nextRelease != null) {
        nextRelease.cancel();
      }
    } finally {
      lock.unlock();
    }
  }
}
