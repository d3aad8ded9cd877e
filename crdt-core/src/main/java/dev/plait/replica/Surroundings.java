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

/** What all parts of one replica share. */
record Surroundings(
    ReplicaId id,
    ChangeStore store,
    Codec codec,
    Scheduler scheduler,
    TimeSource time,
    Limits limits,
    HybridLogicalClock clock,
    AtomicBoolean closed,
    AtomicInteger unannounced) {

  /** Whether every session has been told of every commit. */
  boolean allAnnounced() {
    return unannounced.get() == 0;
  }

  boolean isClosed() {
    return closed.get();
  }
}
