package dev.plait.cli.node;

import dev.plait.cli.json.JsonWriter;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaStatistics;
import dev.plait.sync.DocumentStatus;
import dev.plait.sync.SyncStatus;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Where a node stands, as the fields of an answer. */
final class StatusReport {
  private final Replica replica;
  private final Peers peers;
  private final @Nullable Address listen;

  /**
   * A report.
   *
   * @param listen where callers are taken; null if they are not
   */
  StatusReport(Replica replica, Peers peers, @Nullable Address listen) {
    this.replica = replica;
    this.peers = peers;
    this.listen = listen;
  }

  /** Where one document stands. */
  void of(Document document, JsonWriter out) {
    version(document.versionVector(), out.name("versionVector"));
    out.name("pending").number(document.pendingCount());
    out.name("quarantined").number(document.quarantinedCount());
  }

  /** Where documents stand, each and in sum. */
  void of(List<Document> documents, JsonWriter out) {
    out.name("versionVector").object();
    long pending = 0;
    long quarantined = 0;
    for (Document document : documents) {
      version(document.versionVector(), out.name(document.name()));
      pending += document.pendingCount();
      quarantined += document.quarantinedCount();
    }
    out.endObject();
    out.name("pending").number(pending).name("quarantined").number(quarantined);
  }

  private static void version(VersionVector version, JsonWriter out) {
    out.object();
    for (Dot dot : version.dots()) {
      out.name(dot.replica().toString()).number(dot.counter());
    }
    out.endObject();
  }

  /** What is no matter of single documents. */
  void rest(JsonWriter out) {
    out.name("replica").string(replica.id().toString());
    orNull(listen == null ? null : listen.toString(), out.name("listen"));
    out.name("inSync").truth(peers.areInSync());
    List<Peers.Peer> open = peers.open();
    outbox(open, out);
    out.name("peers").array();
    open.forEach(peer -> peer(peer, out));
    out.endArray();
    ReplicaStatistics statistics = replica.statistics();
    out.name("applied").number(statistics.applied());
    out.name("duplicate").number(statistics.duplicates());
    out.name("rejected").object();
    statistics.rejected().forEach((code, changes) -> out.name(code).number(changes));
    out.endObject();
    out.name("threads").number(ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** How much each peer is not known to hold; the better news counts when two links lead there. */
  private void outbox(List<Peers.Peer> open, JsonWriter out) {
    Map<String, Long> outbox = new TreeMap<>();
    for (Peers.Peer peer : open) {
      String name = name(peer);
      if (name != null) {
        outbox.merge(name, toSend(peer.connection().status()), Math::min);
      }
    }
    out.name("outbox").object();
    outbox.forEach((name, changes) -> out.name(name).number(changes));
    out.endObject();
  }

  /** What was to be sent when the peer was last heard, and all that is held here since. */
  private long toSend(SyncStatus status) {
    Map<String, DocumentStatus> heard = new HashMap<>();
    status.documents().forEach(one -> heard.put(one.document(), one));
    long changes = 0;
    for (String name : replica.documents()) {
      long held = count(replica.document(name).heldVersion());
      DocumentStatus then = heard.get(name);
      changes += then == null ? held : then.toSend() + held - count(then.version());
    }
    return changes;
  }

  private static long count(VersionVector version) {
    return version.dots().stream().mapToLong(Dot::counter).sum();
  }

  /** Who that is: the replica, or the address while nobody has answered there. */
  private static @Nullable String name(Peers.Peer peer) {
    ReplicaId replica = peer.connection().status().peer();
    if (replica != null) {
      return replica.toString();
    }
    return peer.address() == null ? null : peer.address().toString();
  }

  private void peer(Peers.Peer peer, JsonWriter out) {
    SyncStatus status = peer.connection().status();
    ReplicaId replica = status.peer();
    Address address = peer.address();
    out.object();
    orNull(replica == null ? null : replica.toString(), out.name("replica"));
    orNull(address == null ? null : address.toString(), out.name("address"));
    out.name("connected").truth(peer.connection().isConnected());
    out.name("inSync").truth(peer.connection().isInSync());
    out.name("sent").number(sum(peer, DocumentStatus::sent));
    out.name("received").number(sum(peer, DocumentStatus::received));
    out.name("toSend").number(toSend(status));
    out.name("toReceive").number(sum(peer, DocumentStatus::toReceive));
    orNull(peer.connection().failure(), out.name("failure"));
    out.endObject();
  }

  private static long sum(Peers.Peer peer, ToLongFunction<DocumentStatus> part) {
    return peer.connection().status().documents().stream().mapToLong(part).sum();
  }

  private static void orNull(@Nullable String text, JsonWriter out) {
    if (text == null) {
      out.nothing();
    } else {
      out.string(text);
    }
  }
}
