package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.codec.Limits;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryStore;
import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import dev.plait.value.Value;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas with hardly any room for changes that come before what they depend on. */
final class CrampedPendingTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private final VirtualTime time = VirtualTime.startingAt(START);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatFoundNoRoomComesAgainWhenThereIsSome(long seed) {
    InMemoryNetwork network = new InMemoryNetwork(time, new Random(seed));
    network.become(
        Conditions.PERFECT.withDelay(1, 500).withLoss(0.2).withDuplication(0.2).withLateness(0.6));
    Replica writer = replica(seed);
    Replica reader = replica(seed + 100);
    Connection out = writer.accept(network.transport("writer", "reader"));
    Connection in = reader.accept(network.transport("reader", "writer"));
    for (int i = 0; i < 60; i++) {
      Value value = Value.of(i);
      writer.document("a").transact(tx -> tx.set("numbers").add(value));
      time.advance(100);
    }
    network.become(Conditions.PERFECT);
    time.advance(60 * MINUTE);

    assertEquals(60, reader.document("a").set("numbers").size(), "what has arrived");
    assertEquals(0, reader.document("a").pendingCount());
    assertTrue(out.isInSync());
    assertTrue(in.isInSync());
  }

  private Replica replica(long seed) {
    return Replica.builder()
        .store(InMemoryStore.empty())
        .scheduler(time)
        .time(time)
        .random(new Random(seed))
        .limits(Limits.builder().maxPendingChanges(1).build())
        .build();
  }
}
