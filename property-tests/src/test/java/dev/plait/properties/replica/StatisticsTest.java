package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaStatistics;
import dev.plait.schedule.VirtualTime;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final long HOUR = 3_600_000;
  private static final ReplicaStatistics NOTHING = new ReplicaStatistics(0, 0, new TreeMap<>());

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);

  private Replica replica(int seed, long clockOffset) {
    return Replica.builder()
        .scheduler(time)
        .time(() -> time.millis() + clockOffset)
        .random(new Random(seed))
        .build();
  }

  private void connect(Replica client, Replica server) {
    client.connect(new Lines(time, server::accept));
    time.advance(HOUR / 60);
  }

  private static void write(Replica replica, int times) {
    for (int i = 0; i < times; i++) {
      replica.document("note").transact(tx -> tx.text("body").append("x"));
    }
  }

  @Test
  void onlyWhatComesOverConnectionsCounts() {
    Replica here = replica(1, 0);
    Replica there = replica(2, 0);
    write(here, 3);
    write(there, 5);
    assertEquals(NOTHING, here.statistics());

    connect(here, there);

    assertEquals(5, here.statistics().applied());
    assertEquals(3, there.statistics().applied());
    assertTrue(here.statistics().rejected().isEmpty());
  }

  @Test
  void whatWaitedForItsTimeCountsWhenItIsApplied() {
    Replica here = replica(1, 0);
    Replica ahead = replica(2, HOUR);
    write(ahead, 2);

    connect(here, ahead);
    assertEquals(0, here.statistics().applied());
    time.advance(HOUR);

    assertEquals(2, here.statistics().applied());
    assertEquals(2, here.document("note").text("body").length());
  }
}
