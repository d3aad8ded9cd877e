package dev.plait.replica;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.TimeSource;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.schedule.Scheduler;
import dev.plait.store.ChangeStore;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all parts of one replica share. */
record Surroundings(
    ReplicaId id,
    ChangeStore store,
    Codec codec,
    Scheduler scheduler,
    TimeSource time,
    Limits limits,
    HybridLogicalClock clock,
    AtomicBoolean closed) {

  boolean isClosed() {
    return closed.get();
  }
}
