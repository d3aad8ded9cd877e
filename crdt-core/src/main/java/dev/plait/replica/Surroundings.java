package dev.plait.replica;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.TimeSource;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.schedule.Scheduler;
import dev.plait.store.ChangeStore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What all parts of one replica share. */
record Surroundings(
    Identity identity,
    ChangeStore store,
    Codec codec,
    Scheduler scheduler,
    TimeSource time,
    Limits limits,
    HybridLogicalClock clock,
    Chance chance,
    long tickMillis,
    CompactionPolicy compaction,
    Consumer<ReplicaEvent> listener,
    AtomicBoolean closed,
    AtomicInteger unannounced,
    Tally tally,
    Shared shared) {

  /** Who this replica is now. */
  ReplicaId id() {
    return identity.current();
  }

  /** Whether every session has been told of every commit. */
  boolean allAnnounced() {
    return unannounced.get() == 0;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Tells whoever built the replica, in the background. */
  void tell(ReplicaEvent event) {
    scheduler.execute(() -> listener.accept(event));
  }
}
