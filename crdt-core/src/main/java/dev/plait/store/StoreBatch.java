package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one commit writes, all of it or nothing, in the order of the components: what is released
 * may have been quarantined by the same batch, what a snapshot covers may have been appended by it.
 * Immutable; made by a {@link Builder}.
 *
 * @param identity the replica that writes here from now on, or null to leave it
 * @param clock a clock reading to remember; a store keeps the highest
 * @param deleted documents to drop with all that is kept of them
 * @param forsaken changes that are held no longer, each with all that follows it of its replica:
 *     every chunk that reaches it goes, with what of that replica is in quarantine or suspect
 * @param chunks changes to append
 * @param merged chunks that stand for others: each takes the place of every stored chunk of its
 *     document and replica that lies wholly within it
 * @param rewritten chunks in another spelling: each takes the place of the stored chunk of the very
 *     same document, replica, first and last counter, in quarantine or not; where there is none,
 *     nothing happens
 * @param quarantined chunks to keep aside, of one change or more; each is named by the dot of its
 *     first change
 * @param released quarantined chunks to take out again, each by its name
 * @param suspects changes of whose name there is another; for each replica the first one stays
 * @param snapshot replaces the document's snapshot and every chunk it covers entirely, but nothing
 *     in quarantine; or null
 */
public record StoreBatch(
    @Nullable ReplicaId identity,
    HybridTimestamp clock,
    List<String> deleted,
    List<Forsaken> forsaken,
    List<Chunk> chunks,
    List<Chunk> merged,
    List<Chunk> rewritten,
    List<Chunk> quarantined,
    List<Released> released,
    List<Suspect> suspects,
    @Nullable StoredSnapshot snapshot) {
  public StoreBatch {
    deleted = List.copyOf(deleted);
    forsaken = List.copyOf(forsaken);
    chunks = List.copyOf(chunks);
    merged = List.copyOf(merged);
    rewritten = List.copyOf(rewritten);
    quarantined = List.copyOf(quarantined);
    released = List.copyOf(released);
    suspects = List.copyOf(suspects);
  }

  /** The first change of a replica that is held no longer. */
  public record Forsaken(String document, Dot dot) {}

  /** A quarantined chunk, named by its document and the dot of its first change. */
  public record Released(String document, Dot dot) {}

  /** A change of whose name there is another in its document. */
  public record Suspect(String document, Dot dot) {}

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a batch writes. Not thread-safe. */
  public static final class Builder {
    private @Nullable ReplicaId identity;
    private HybridTimestamp clock = HybridTimestamp.ZERO;
    private final List<String> deleted = new ArrayList<>(0);
    private final List<Forsaken> forsaken = new ArrayList<>(0);
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Chunk> merged = new ArrayList<>(0);
    private final List<Chunk> rewritten = new ArrayList<>(0);
    private final List<Chunk> quarantined = new ArrayList<>();
    private final List<Released> released = new ArrayList<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private @Nullable StoredSnapshot snapshot;

    private Builder() {}

    /** Sets who writes here. */
    public Builder identity(ReplicaId replica) {
      this.identity = replica;
      return this;
    }

    /** Remembers a clock reading. */
    public Builder clock(HybridTimestamp reading) {
      this.clock = reading;
      return this;
    }

    /** Drops all that was kept of a document before this batch. */
    public Builder delete(String document) {
      deleted.add(document);
      return this;
    }

    /**
     * Lets go of this change and all that follows it of its replica. Changes before it that share a
     * chunk with it go too: a snapshot of the same batch has to stand for them.
     */
    public Builder forsake(String document, Dot dot) {
      forsaken.add(new Forsaken(document, dot));
      return this;
    }

    /** Appends a chunk. */
    public Builder append(Chunk chunk) {
      chunks.add(chunk);
      return this;
    }

    /** Puts a chunk in the place of all those that lie within it. */
    public Builder merge(Chunk chunk) {
      merged.add(chunk);
      return this;
    }

    /** Puts a chunk in the place of the one with the same range, if there is one. */
    public Builder rewrite(Chunk chunk) {
      rewritten.add(chunk);
      return this;
    }

    /** Keeps a chunk aside. */
    public Builder quarantine(Chunk chunk) {
      quarantined.add(chunk);
      return this;
    }

    /** Takes the chunk out of quarantine whose first change this is. */
    public Builder release(String document, Dot dot) {
      released.add(new Released(document, dot));
      return this;
    }

    /** Remembers that there is another change of this name, unless one of its replica is known. */
    public Builder suspect(String document, Dot dot) {
      suspects.add(new Suspect(document, dot));
      return this;
    }

    /** Replaces a document's snapshot and all it covers. */
    public Builder snapshot(StoredSnapshot replacement) {
      this.snapshot = replacement;
      return this;
    }

    /** The batch. */
    public StoreBatch build() {
      return new StoreBatch(
          identity,
          clock,
          deleted,
          forsaken,
          chunks,
          merged,
          rewritten,
          quarantined,
          released,
          suspects,
          snapshot);
    }
  }
}
