package dev.plait.cli.repair;

import dev.plait.cli.node.Address;
import dev.plait.clock.VersionVector;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.sync.DocumentStatus;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.grpc.GrpcTransport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A replica with the one peer that it is repaired from. */
final class Meeting implements AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Replica replica;
  private final Address peer;
  private final String whatIsLeft;
  private final GrpcTransport transport;
  private final Connection connection;

  /**
   * Begins to call the peer.
   *
   * @param whatIsLeft what to say of the state of things when the peer is silent
   */
  Meeting(Replica replica, Address peer, String whatIsLeft) {
    this.replica = replica;
    this.peer = peer;
    this.whatIsLeft = whatIsLeft;
    this.transport = GrpcTransport.client(peer.host(), peer.port());
    this.connection =
        replica.connect(
            transport,
            ConnectOptions.defaults().withBackoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
  }

  /**
   * Waits until both hold the same, or all of it that the peer gives and takes.
   *
   * @param patienceSeconds how long to wait while no document gets further
   * @return the documents that the peer keeps for itself, does not take changes of, or holds other
   *     changes of by the same names; also those in doubt that the peer can't settle
   * @throws RepairException PEER_SILENT
   */
  List<DocumentStatus> untilEqual(long patienceSeconds) {
    long patience = TimeUnit.SECONDS.toNanos(patienceSeconds);
    // Links that are lost and had again, over and over, go through the same states. Their hashes
    // are enough: two that agree by chance make it wait less long for one step of many.
    Set<Integer> seen = new HashSet<>();
    long since = System.nanoTime();
    while (!replica.isInSync()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      if (seen.add(progress().hashCode())) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since >= patience) {
        Set<String> doubtful = inDoubt(replica);
        List<DocumentStatus> refused = refused();
        boolean explained = !refused.isEmpty() || !doubtful.isEmpty();
        if (explained && connection.isConnected() && isNothingUnderWay(doubtful)) {
          return refused;
        }
        throw silent(patienceSeconds);
      }
    }
    return List.of();
  }

  /** How far a document is; what is only sent again is no progress. */
  private record Step(VersionVector version, DocumentStatus.Phase phase, long out, long in) {}

  /** What changes as long as anything gets further. */
  private Object progress() {
    SyncStatus status = connection.status();
    Map<String, Step> steps = new HashMap<>();
    for (DocumentStatus one : status.documents()) {
      steps.put(
          one.document(), new Step(one.version(), one.phase(), one.toSend(), one.toReceive()));
    }
    return List.of(steps, status.peer() != null, replica.statistics().applied());
  }

  /** The documents with a branch of which nobody has told yet where it begins. */
  static Set<String> inDoubt(Replica replica) {
    return replica.documents().stream()
        .filter(name -> replica.document(name).isInDoubt())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isNothingUnderWay(Set<String> doubtful) {
    return connection.status().documents().stream()
        .filter(document -> !doubtful.contains(document.document()))
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
            + " got nothing further for "
            + patienceSeconds
            + " s: "
            + Objects.requireNonNull(why)
            + "; "
            + whatIsLeft,
        null);
  }

  @Override
  public void close() {
    connection.close();
    transport.close();
  }
}
