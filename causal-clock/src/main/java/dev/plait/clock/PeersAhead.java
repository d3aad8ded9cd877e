package dev.plait.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Collects evidence that the local wall clock is behind: peers whose own wall clocks are ahead of
 * it, with none agreeing in between.
 *
 * <p>Three kinds of stamp are told apart by how far they are from the local time.
 *
 * <ul>
 *   <li>Further ahead than the threshold, with counter 0: its author is ahead. A stamp with another
 *       counter says nothing, since clocks pass milliseconds on: its author may only have counted
 *       up from a stamp of somebody whose clock is fast. A fresh millisecond, counter 0, was read
 *       from the author's own wall clock.
 *   <li>Within the threshold on either side: its author agrees. All evidence is dropped.
 *   <li>Further back: an old change, which says nothing.
 * </ul>
 *
 * <p>Remembers at most {@link #PEERS_NEEDED} peers. Lock-free; safe for use by any thread.
 */
final class PeersAhead {

  /** How many distinct peers have to be ahead. */
  static final int PEERS_NEEDED = 3;

  private record Sighting(ReplicaId peer, long aheadMillis) {}

  private final long thresholdMillis;
  private final Consumer<ClockHealth> health;

  /** One sighting for each peer, the latest; complete, and reported, when all places are taken. */
  private final AtomicReference<List<Sighting>> sightings = new AtomicReference<>(List.of());

  PeersAhead(long thresholdMillis, Consumer<ClockHealth> health) {
    this.thresholdMillis = thresholdMillis;
    this.health = health;
  }

  void saw(ReplicaId peer, HybridTimestamp stamp, long wallMillis) {
    long ahead = stamp.millis() - wallMillis;
    if (ahead > thresholdMillis) {
      if (stamp.counter() == 0) {
        sawAhead(new Sighting(peer, ahead));
      }
    } else if (ahead >= -thresholdMillis && !sightings().isEmpty()) {
      sightings.set(List.of());
    }
  }

  private List<Sighting> sightings() {
    return Objects.requireNonNull(sightings.get());
  }

  private void sawAhead(Sighting sighting) {
    while (true) {
      List<Sighting> before = sightings();
      if (before.size() == PEERS_NEEDED) {
        return;
      }
      List<Sighting> after = with(before, sighting);
      if (sightings.compareAndSet(before, after)) {
        if (after.size() == PEERS_NEEDED) {
          report(after);
        }
        return;
      }
    }
  }

  private static List<Sighting> with(List<Sighting> before, Sighting latest) {
    List<Sighting> after = new ArrayList<>(PEERS_NEEDED);
    for (Sighting sighting : before) {
      if (!sighting.peer.equals(latest.peer)) {
        after.add(sighting);
      }
    }
    after.add(latest);
    return List.copyOf(after);
  }

  private void report(List<Sighting> complete) {
    long least = Long.MAX_VALUE;
    for (Sighting sighting : complete) {
      least = Math.min(least, sighting.aheadMillis);
    }
    health.accept(new ClockHealth.LocalClockSuspect(complete.size(), least));
  }
}
