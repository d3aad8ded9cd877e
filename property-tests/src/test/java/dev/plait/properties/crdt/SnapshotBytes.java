package dev.plait.properties.crdt;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.crdt.State;
import dev.plait.properties.law.Author;
import dev.plait.value.ContainerType;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.List;

/** States of one container as the bytes of a document's snapshot. */
final class SnapshotBytes {
  private static final Codec CODEC = new WireCodec();

  /** More of everything than a history comes to. */
  private static final long ENOUGH = 1 << 20;

  private SnapshotBytes() {}

  static byte[] of(ContainerType type, State state) {
    List<Snapshot.Author> authors = new ArrayList<>();
    List<Dot> heads = new ArrayList<>();
    HybridTimestamp last = new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + ENOUGH);
    for (ReplicaId replica : Author.replicas().stream().sorted().toList()) {
      authors.add(new Snapshot.Author(replica, ENOUGH, ENOUGH, last));
      heads.add(new Dot(replica, ENOUGH));
    }
    ContainerId root = ContainerId.root("root", type);
    List<Snapshot.ContainerState> states = List.of(new Snapshot.ContainerState(root, state));
    return CODEC.encodeSnapshot(new Snapshot("document", Frontier.of(heads), authors, states));
  }

  static State stateIn(byte[] bytes) {
    return CODEC.decodeSnapshot(bytes).containers().get(0).state();
  }
}
