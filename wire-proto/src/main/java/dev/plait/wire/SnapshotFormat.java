package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.SnapshotProto;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads snapshots. */
final class SnapshotFormat {
  private static final String WHAT = "a snapshot";

  private final Limits limits;

  SnapshotFormat(Limits limits) {
    this.limits = limits;
  }

  byte[] write(Snapshot snapshot) {
    SnapshotRules.check(ENCODING, limits, snapshot);
    IdWriter ids = new IdWriter();
    SnapshotProto.Snapshot.Builder written =
        SnapshotProto.Snapshot.newBuilder()
            .setVersion(FormatVersion.CURRENT)
            .setOrdering(FormatVersion.ORDERING)
            .setDocument(snapshot.document());
    for (Snapshot.Author author : snapshot.authors()) {
      ids.replica(author.replica());
      written
          .addCounters(author.counter())
          .addNextSeqs(author.nextSeq())
          .addLastTimes(author.lastTime().bits());
    }
    for (Dot head : snapshot.frontier().dots()) {
      written.addHeads(ids.replica(head.replica()));
    }
    ContainerTable containers = new ContainerTable(limits, ids);
    StateWriter states = new StateWriter(limits, ids, containers);
    for (Snapshot.ContainerState entry : snapshot.containers()) {
      written.addStates(states.write(entry));
    }
    written.addAllContainers(containers.entries()).setReplicas(ids.tableFrom(0));
    return MessageBytes.write(limits, WHAT, limits.maxSnapshotBytes(), written.build());
  }

  Snapshot read(byte[] bytes) {
    SnapshotProto.Snapshot written =
        MessageBytes.read(
            limits,
            WHAT,
            limits.maxSnapshotBytes(),
            bytes,
            SnapshotProto.Snapshot.getDescriptor(),
            SnapshotProto.Snapshot.parser());
    FormatVersion.check(written.getVersion());
    FormatVersion.checkOrdering(written.getOrdering());
    List<Snapshot.Author> authors = readAuthors(written);
    IdReader ids = new IdReader(authors.stream().map(Snapshot.Author::replica).toList());
    List<ContainerId> containers = ContainerTable.read(limits, ids, written.getContainersList());
    StateReader states = new StateReader(limits, ids);
    List<Snapshot.ContainerState> entries = new ArrayList<>(written.getStatesCount());
    for (SnapshotProto.ContainerState state : written.getStatesList()) {
      entries.add(
          new Snapshot.ContainerState(
              ContainerTable.get(containers, state.getContainer()), states.read(state)));
    }
    Snapshot snapshot =
        new Snapshot(written.getDocument(), readHeads(written, ids), authors, entries);
    SnapshotRules.check(DECODING, limits, snapshot);
    return snapshot;
  }

  private static List<Snapshot.Author> readAuthors(SnapshotProto.Snapshot written) {
    List<ReplicaId> replicas = ReplicaBytes.readAll(written.getReplicas());
    DotColumns.checkColumns(
        "authors",
        replicas.size(),
        written.getCountersCount(),
        written.getNextSeqsCount(),
        written.getLastTimesCount());
    List<Snapshot.Author> authors = new ArrayList<>(replicas.size());
    for (int i = 0; i < replicas.size(); i++) {
      authors.add(
          new Snapshot.Author(
              replicas.get(i),
              DotColumns.checkedCounter(written.getCounters(i)),
              DotColumns.checkedCounter(written.getNextSeqs(i)),
              new HybridTimestamp(written.getLastTimes(i))));
    }
    return authors;
  }

  private static Frontier readHeads(SnapshotProto.Snapshot written, IdReader ids) {
    List<Dot> heads = new ArrayList<>(written.getHeadsCount());
    for (int i = 0; i < written.getHeadsCount(); i++) {
      int index = written.getHeads(i);
      if (i > 0 && index <= written.getHeads(i - 1)) {
        throw DECODING.invalid("the heads of a snapshot are not strictly ascending");
      }
      heads.add(new Dot(ids.replica(index), written.getCounters(index)));
    }
    return Frontier.of(heads);
  }
}
