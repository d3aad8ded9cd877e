package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.properties.history.Choice;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Changes from a clock that is fast: they wait for their time, and are never lost. */
class QuarantineProperties {
  private static final long START = 1_800_000_000_000L;
  private static final long MAX_DRIFT = 1000;

  @Provide
  Arbitrary<Choice> edits() {
    return Choice.choices();
  }

  @Property
  void changesFromAFastClockWaitForTheirTimeAndThenBothAreEqual(
      @ForAll @Size(min = 1, max = 8) List<@From("edits") Choice> edits,
      @ForAll @IntRange(max = 5000) int fastMillis,
      @ForAll @IntRange(max = 2000) int stepMillis,
      @ForAll boolean reversed) {
    AtomicLong fastWall = new AtomicLong(START + fastMillis);
    AtomicLong wall = new AtomicLong(START);
    Document fast = document(1, clock(fastWall));
    HybridLogicalClock clock = clock(wall);
    Document slow = document(2, clock);
    for (Choice edit : edits) {
      fast.transact(tx -> Edits.make(tx, List.of(edit)));
      fastWall.addAndGet(stepMillis);
    }
    List<Change> changes = new ArrayList<>(fast.changes(VersionVector.empty()));
    if (reversed) {
      Collections.reverse(changes);
    }
    ApplyReport report = slow.apply(changes);
    assertEquals(0, report.rejected());
    assertEquals(changes.size(), report.applied() + report.pending() + report.quarantined());
    HybridTimestamp limit = HybridTimestamp.of(wall.get() + MAX_DRIFT + 1, 0);
    long early = changes.stream().filter(change -> limit.isAfter(change.time())).count();
    assertEquals(early, slow.versionVector().get(fast.replica()));
    assertEquals(changes.size() - early, slow.quarantinedCount() + slow.pendingCount());
    assertTrue(limit.isAfter(clock.peek()));
    wall.set(fastWall.get());
    slow.releaseQuarantine();
    assertEquals(Face.of(fast), Face.of(slow));
    assertEquals(0, slow.quarantinedCount() + slow.pendingCount());
  }

  private static HybridLogicalClock clock(AtomicLong wall) {
    return HybridLogicalClock.builder(wall::get).maxDriftMillis(MAX_DRIFT).build();
  }

  private static Document document(int replica, HybridLogicalClock clock) {
    return Document.builder("doc", ReplicaId.of(0, replica))
        .clock(clock)
        .codec(WireCodec.create())
        .build();
  }
}
