package dev.plait.cli.node;

import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of a node, to those it dials and from those that call. One thread at a time. */
final class Peers {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Replica replica;
  private final Map<Connection, Address> dialled = new LinkedHashMap<>();

  Peers(Replica replica) {
    this.replica = replica;
  }

  /**
   * One connection.
   *
   * @param address where it was dialled; null for a caller
   */
  record Peer(@Nullable Address address, Connection connection) {}

  void add(Address address, Connection connection) {
    dialled.put(connection, address);
  }

  /** All that live: those dialled, in the order of the command line, then those that called. */
  List<Peer> open() {
    List<Peer> open = new ArrayList<>();
    dialled.forEach((connection, address) -> open.add(new Peer(address, connection)));
    for (Connection connection : replica.connections()) {
      if (!dialled.containsKey(connection)) {
        open.add(new Peer(null, connection));
      }
    }
    return open;
  }

  /** Whether there is a peer, and all that there are hold the same as this replica. */
  boolean areInSync() {
    return replica.isInSync();
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
