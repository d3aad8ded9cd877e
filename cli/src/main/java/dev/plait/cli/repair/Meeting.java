package dev.plait.cli.repair;

import dev.plait.cli.node.Address;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.sync.DocumentStatus;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.grpc.GrpcTransport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A replica with the one peer that it is repaired from. */
final class Meeting implements AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Replica replica;
  private final Address peer;
  private final GrpcTransport transport;
  private final Connection connection;

  /** Begins to call the peer. */
  Meeting(Replica replica, Address peer) {
    this.replica = replica;
    this.peer = peer;
    this.transport = GrpcTransport.client(peer.host(), peer.port());
    this.connection =
        replica.connect(
            transport,
            ConnectOptions.defaults().withBackoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
  }

  /**
   * Waits until both hold the same, or all of it that the peer gives and takes.
   *
   * @param patienceSeconds how long to wait while nothing moves
   * @return the documents that the peer keeps for itself, does not take changes of, or holds other
   *     changes of by the same names
   * @throws RepairException PEER_SILENT
   */
  List<DocumentStatus> untilEqual(long patienceSeconds) {
    long patience = TimeUnit.SECONDS.toNanos(patienceSeconds);
    Object moved = progress();
    long since = System.nanoTime();
    while (!replica.isInSync()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      Object now = progress();
      if (!now.equals(moved)) {
        moved = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since >= patience) {
        List<DocumentStatus> refused = refused();
        if (connection.isConnected() && !refused.isEmpty() && isNothingUnderWay()) {
          return refused;
        }
        throw silent(patienceSeconds);
      }
    }
    return List.of();
  }

  /** What changes as long as anything goes on. */
  private Object progress() {
    return List.of(replica.statistics(), connection.isConnected(), connection.status());
  }

  private boolean isNothingUnderWay() {
    return connection.status().documents().stream()
        .noneMatch(document -> document.phase() == DocumentStatus.Phase.SYNCING);
  }

  private List<DocumentStatus> refused() {
    return connection.status().documents().stream()
        .filter(document -> !document.isInSync())
        .toList();
  }

  private RepairException silent(long patienceSeconds) {
    SyncStatus status = connection.status();
    String why = connection.failure();
    if (why == null) {
      why =
          connection.isConnected()
              ? refused().size() + " documents are not the same there and here"
              : "it does not answer";
    }
    return new RepairException(
        RepairException.PEER_SILENT,
        "the peer at "
            + peer
            + (status.peer() == null ? "" : ", replica " + status.peer() + ",")
            + " brought nothing for "
            + patienceSeconds
            + " s: "
            + Objects.requireNonNull(why)
            + "; the damaged store is as it was",
        null);
  }

  @Override
  public void close() {
    connection.close();
    transport.close();
  }
}
