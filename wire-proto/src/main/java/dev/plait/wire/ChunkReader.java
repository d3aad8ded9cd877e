package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.ChunkProto;
import dev.plait.wire.v1.OperationProto;
import java.util.ArrayList;
import java.util.List;

/** Reads chunks. */
final class ChunkReader {
  /** What a message adds to the one chunk and the document name in it, rounded up. */
  private static final int MESSAGE_BYTES = 64;

  private final Limits limits;

  ChunkReader(Limits limits) {
    this.limits = limits;
  }

  /** How large a chunk may be, so that what was made can also be sent. */
  static int maxChunkBytes(Limits limits) {
    return limits.maxFrameBytes() - limits.maxNameBytes() - MESSAGE_BYTES;
  }

  /** Reads the header; the payload may be anything. */
  Chunk readHeader(byte[] bytes) {
    return Chunk.of(readHeader(parse(bytes)), bytes);
  }

  private ChunkProto.Chunk parse(byte[] bytes) {
    return MessageBytes.read(
        limits,
        "a chunk",
        maxChunkBytes(limits),
        bytes,
        ChunkProto.Chunk.getDescriptor(),
        ChunkProto.Chunk.parser());
  }

  private ChunkHeader readHeader(ChunkProto.Chunk chunk) {
    if (!chunk.hasHeader()) {
      throw DECODING.malformed("a chunk has no header");
    }
    ChunkProto.ChunkHeader written = chunk.getHeader();
    FormatVersion.check(written.getVersion());
    FormatVersion.checkOrdering(written.getOrdering());
    NameRules.check(DECODING, limits, "the name of a document", written.getDocument());
    ReplicaId replica = ReplicaBytes.readOne(written.getReplica());
    long first = DotColumns.checkedCounter(written.getFirstCounter());
    long following = written.getFollowing();
    if (following < 0 || following > Long.MAX_VALUE - first) {
      throw DECODING.invalid("the counters of a chunk end at 2^63-1");
    }
    if (following >= limits.maxChunkChanges()) {
      throw DECODING.tooMuch(
          "a chunk has more than " + limits.maxChunkChanges() + " changes, the most allowed");
    }
    List<Dot> dependencies = DotColumns.read(written.getDependencies());
    ChangeRules.checkDependencies(DECODING, replica, dependencies);
    HybridTimestamp firstTime = new HybridTimestamp(written.getFirstTime());
    ChangeRules.checkTime(DECODING, firstTime);
    long span = written.getTimeSpan();
    boolean ascends = following == 0 ? span == 0 : span >= following;
    if (!ascends) {
      throw DECODING.invalid("the times of the changes in a chunk ascend, one for each");
    }
    return new ChunkHeader(
        written.getDocument(),
        replica,
        first,
        first + following,
        dependencies,
        firstTime,
        laterTime(firstTime, span));
  }

  private static HybridTimestamp laterTime(HybridTimestamp time, long step) {
    if (step < 0 || step > HybridTimestamp.MAX_VALID.bits() - time.bits()) {
      throw DECODING.invalid("a change is stamped after " + HybridTimestamp.MAX_VALID);
    }
    return new HybridTimestamp(time.bits() + step);
  }

  /** Reads all changes of a chunk. */
  List<Change> readChanges(Chunk chunk) {
    ChunkProto.Chunk parsed = parse(chunk.bytes());
    ChunkHeader header = readHeader(parsed);
    ChunkProto.ChunkPayload payload =
        MessageBytes.read(
            limits,
            "the payload of a chunk",
            maxChunkBytes(limits),
            parsed.getPayload().toByteArray(),
            ChunkProto.ChunkPayload.getDescriptor(),
            ChunkProto.ChunkPayload.parser());
    if (payload.getChangesCount() != header.changeCount()) {
      throw DECODING.malformed(
          "a chunk holds "
              + payload.getChangesCount()
              + " changes, but its header says "
              + header.changeCount());
    }
    IdReader ids = new IdReader(replicas(header, payload));
    List<ContainerId> containers = ContainerTable.read(limits, ids, payload.getContainersList());
    OperationReader operations = new OperationReader(limits, ids, containers);

    List<Change> changes = new ArrayList<>(payload.getChangesCount());
    long nextSeq = DotColumns.checkedCounter(payload.getFirstSeq());
    HybridTimestamp time = header.firstTime();
    for (int i = 0; i < payload.getChangesCount(); i++) {
      ChunkProto.Change written = payload.getChanges(i);
      time = timeOf(written, i, time);
      OperationPlace place = new OperationPlace(DECODING, header.replica(), time, nextSeq);
      Change change =
          new Change(
              new Dot(header.replica(), header.firstCounter() + i),
              i == 0 ? header.dependencies() : dependencies(ids, written),
              time,
              nextSeq,
              operations(operations, written, place));
      ChangeRules.check(DECODING, limits, change);
      changes.add(change);
      nextSeq = place.nextSeq();
    }
    if (!time.equals(header.lastTime())) {
      throw DECODING.malformed("the header of a chunk names another last time than its changes");
    }
    return List.copyOf(changes);
  }

  private static List<ReplicaId> replicas(ChunkHeader header, ChunkProto.ChunkPayload payload) {
    List<ReplicaId> replicas = new ArrayList<>();
    replicas.add(header.replica());
    header.dependencies().forEach(dependency -> replicas.add(dependency.replica()));
    replicas.addAll(ReplicaBytes.readAll(payload.getReplicas()));
    return replicas;
  }

  private static HybridTimestamp timeOf(
      ChunkProto.Change written, int index, HybridTimestamp previous) {
    boolean isFirst = index == 0;
    if (isFirst != (written.getTimeStep() == 0)) {
      throw DECODING.invalid("the times of the changes in a chunk ascend, one for each");
    }
    if (isFirst
        && written.getDependencyReplicasCount() + written.getDependencyCountersCount() > 0) {
      throw DECODING.malformed("the first change of a chunk has its dependencies in the header");
    }
    return laterTime(previous, written.getTimeStep());
  }

  private static List<Dot> dependencies(IdReader ids, ChunkProto.Change written) {
    DotColumns.checkColumns(
        "dependencies", written.getDependencyCountersCount(), written.getDependencyReplicasCount());
    List<Dot> dependencies = new ArrayList<>(written.getDependencyCountersCount());
    for (int i = 0; i < written.getDependencyCountersCount(); i++) {
      dependencies.add(
          new Dot(
              ids.replica(written.getDependencyReplicas(i)),
              DotColumns.checkedCounter(written.getDependencyCounters(i))));
    }
    return dependencies;
  }

  private static List<ContainerOperation> operations(
      OperationReader reader, ChunkProto.Change written, OperationPlace place) {
    List<ContainerOperation> operations = new ArrayList<>(written.getOperationsCount());
    for (OperationProto.Operation operation : written.getOperationsList()) {
      ContainerOperation read = reader.read(operation, place);
      operations.add(read);
      place.pass(read.operation());
    }
    return operations;
  }
}
