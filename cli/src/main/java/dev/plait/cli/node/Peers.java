package dev.plait.cli.node;

import dev.plait.replica.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of a node, to those it dials and from those that call. Any thread. */
final class Peers {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /**
   * One connection.
   *
   * @param address where it was dialled; null for a caller
   */
  record Peer(@Nullable Address address, Connection connection) {}

  void dialled(Address address, Connection connection) {
    peers.add(new Peer(address, connection));
  }

  void called(Connection connection) {
    forgetEnded();
    peers.add(new Peer(null, connection));
  }

  private void forgetEnded() {
    peers.removeIf(peer -> !peer.connection().isOpen());
  }

  /** All that live. */
  List<Peer> open() {
    forgetEnded();
    return List.copyOf(peers);
  }

  /** Whether there is a peer, and all that there are hold the same as this replica. */
  boolean areInSync() {
    List<Peer> open = open();
    return !open.isEmpty() && open.stream().allMatch(peer -> peer.connection().isInSync());
  }

  /**
   * Waits until {@link #areInSync()}.
   *
   * @return false if the time was up before, or {@code stopped} said so
   */
  boolean awaitInSync(long millis, BooleanSupplier stopped) {
    long start = System.nanoTime();
    long limit = TimeUnit.MILLISECONDS.toNanos(millis);
    while (!areInSync()) {
      if (System.nanoTime() - start >= limit || stopped.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }
}
