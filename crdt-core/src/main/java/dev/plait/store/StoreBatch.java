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
 * @param chunks changes to append
 * @param quarantined chunks of one change each, to keep aside until their time has come
 * @param released quarantined changes to take out again
 * @param snapshot replaces the document's snapshot and every chunk it covers entirely, but nothing
 *     in quarantine; or null
 */
public record StoreBatch(
    @Nullable ReplicaId identity,
    HybridTimestamp clock,
    List<Chunk> chunks,
    List<Chunk> quarantined,
    List<Released> released,
    @Nullable StoredSnapshot snapshot) {
  public StoreBatch {
    chunks = List.copyOf(chunks);
    quarantined = List.copyOf(quarantined);
    released = List.copyOf(released);
  }

  /** A quarantined change, named by its document and dot. */
  public record Released(String document, Dot dot) {}

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a batch writes. Not thread-safe. */
  public static final class Builder {
    private @Nullable ReplicaId identity;
    private HybridTimestamp clock = HybridTimestamp.ZERO;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Chunk> quarantined = new ArrayList<>();
    private final List<Released> released = new ArrayList<>();
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

    /** Appends a chunk. */
    public Builder append(Chunk chunk) {
      chunks.add(chunk);
      return this;
    }

    /** Keeps a chunk of one change aside. */
    public Builder quarantine(Chunk chunk) {
      quarantined.add(chunk);
      return this;
    }

    /** Takes a change out of quarantine. */
    public Builder release(String document, Dot dot) {
      released.add(new Released(document, dot));
      return this;
    }

    /** Replaces a document's snapshot and all it covers. */
    public Builder snapshot(StoredSnapshot replacement) {
      this.snapshot = replacement;
      return this;
    }

    /** The batch. */
    public StoreBatch build() {
      return new StoreBatch(identity, clock, chunks, quarantined, released, snapshot);
    }
  }
}
