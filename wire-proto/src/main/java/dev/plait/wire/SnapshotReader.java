package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a snapshot. Confined to one call. */
final class SnapshotReader {
  private final Limits limits;
  private final ProtoReader in;
  private ReplicaId[] replicas = {};
  private Column heads = Column.EMPTY;

  /** A reader of the body between these offsets. */
  SnapshotReader(Limits limits, byte[] bytes, int from, int to) {
    this.limits = limits;
    this.in = new ProtoReader(bytes, from, to);
  }

  Snapshot read(String document) {
    int tag = in.tag();
    if (tag == ProtoReader.bytesTag(SnapshotFields.REPLICAS)) {
      replicas = in.replicas();
      tag = in.tag();
    }
    if (replicas.length > limits.maxListLength()) {
      throw DECODING.tooMuch("a snapshot has more than " + limits.maxListLength() + " authors");
    }
    Column counters = Column.EMPTY;
    if (tag == ProtoReader.bytesTag(SnapshotFields.COUNTERS)) {
      counters = in.column();
      tag = in.tag();
    }
    Column nextSeqs = Column.EMPTY;
    if (tag == ProtoReader.bytesTag(SnapshotFields.NEXT_SEQS)) {
      nextSeqs = in.column();
      tag = in.tag();
    }
    long[] lastTimes = {};
    if (tag == ProtoReader.bytesTag(SnapshotFields.LAST_TIMES)) {
      lastTimes = in.fixed64s();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(SnapshotFields.HEADS)) {
      heads = in.column();
      tag = in.tag();
    }
    DotColumns.checkColumns("authors", replicas.length, lastTimes.length);
    List<ReplicaId> table = List.of(replicas);
    List<Snapshot.Author> authors = new ArrayList<>(replicas.length);
    for (int i = 0; i < replicas.length; i++) {
      authors.add(
          new Snapshot.Author(
              replicas[i],
              DotColumns.checkedCounter(counters.next()),
              DotColumns.checkedCounter(nextSeqs.next()),
              new HybridTimestamp(lastTimes[i])));
    }
    counters.checkUsedUp("counters");
    nextSeqs.checkUsedUp("sequence numbers");

    IdReader ids = new IdReader(replicas);
    Frontier frontier = readHeads(ids, authors);
    ContainerReader containers = new ContainerReader(limits, ids);
    while (tag == ProtoReader.bytesTag(SnapshotFields.CONTAINERS)) {
      containers.read(in);
      tag = in.tag();
    }
    List<Snapshot.ContainerState> states = new ArrayList<>();
    StateReader other = new StateReader(limits, ids);
    SequenceReader sequences = new SequenceReader(limits, table, ids);
    while (tag == ProtoReader.bytesTag(SnapshotFields.STATES)) {
      if (states.size() == limits.maxListLength()) {
        throw DECODING.tooMuch("a snapshot has more than " + limits.maxListLength() + " states");
      }
      states.add(readState(containers, other, sequences));
      tag = in.tag();
    }
    in.end(tag, "SnapshotBody", SnapshotFields.STATES);
    return new Snapshot(document, frontier, authors, states);
  }

  private Frontier readHeads(IdReader ids, List<Snapshot.Author> authors) {
    List<Dot> dots = new ArrayList<>();
    int previous = -1;
    while (heads.hasNext()) {
      int index = heads.nextInt();
      if (index <= previous) {
        throw DECODING.invalid("the heads of a snapshot are not strictly ascending");
      }
      previous = index;
      dots.add(new Dot(ids.replica(index), authors.get(index).counter()));
    }
    return Frontier.of(dots);
  }

  private Snapshot.ContainerState readState(
      ContainerReader containers, StateReader other, SequenceReader sequences) {
    int from = in.position();
    int outer = in.enter();
    int start = in.position();
    int tag = in.tag();
    int index = 0;
    if (tag == ProtoReader.varintTag(SnapshotFields.CONTAINER)) {
      index = in.smallNumber();
      tag = in.tag();
    }
    ContainerId container = containers.get(index);
    State state;
    if (tag == ProtoReader.bytesTag(SnapshotFields.TEXT)) {
      state = sequences.text(in);
      in.end(in.tag(), "ContainerState", SnapshotFields.TEXT);
    } else if (tag == ProtoReader.bytesTag(SnapshotFields.LIST)) {
      state = sequences.list(in);
      in.end(in.tag(), "ContainerState", SnapshotFields.TEXT);
    } else {
      in.skipTo(from);
      int end = in.contentEnd();
      state =
          other.read(
              MessageBytes.read(
                  limits,
                  "the state of a container",
                  in.bytes(),
                  start,
                  end,
                  PlaitProto.ContainerState.getDescriptor(),
                  PlaitProto.ContainerState.parser()));
      in.skipTo(end);
    }
    in.leave(outer);
    return new Snapshot.ContainerState(container, state);
  }
}
