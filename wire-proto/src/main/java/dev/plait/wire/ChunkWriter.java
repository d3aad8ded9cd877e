package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import com.google.protobuf.ByteString;
import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.ChunkProto;
import java.util.List;

/** Writes one chunk. */
final class ChunkWriter {
  private final Limits limits;
  private final IdWriter ids = new IdWriter();
  private final ContainerTable containers;
  private final OperationWriter operations;

  ChunkWriter(Limits limits) {
    this.limits = limits;
    this.containers = new ContainerTable(limits, ids);
    this.operations = new OperationWriter(limits, ids, containers);
  }

  Chunk write(String document, List<Change> changes) {
    NameRules.check(ENCODING, limits, "the name of a document", document);
    if (changes.isEmpty()) {
      throw ENCODING.invalid("a chunk of no changes; it takes at least one");
    }
    Change first = changes.get(0);
    Change last = changes.get(changes.size() - 1);
    ReplicaId replica = first.dot().replica();
    ids.replica(replica);
    first.dependencies().forEach(dependency -> ids.replica(dependency.replica()));
    int inHeader = ids.tableSize();

    ChunkProto.ChunkPayload.Builder payload =
        ChunkProto.ChunkPayload.newBuilder().setFirstSeq(first.firstSeq());
    long nextSeq = first.firstSeq();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      ChangeRules.check(ENCODING, limits, change);
      ChunkProto.Change.Builder written = ChunkProto.Change.newBuilder();
      if (i > 0) {
        Change previous = changes.get(i - 1);
        ChangeRules.checkFollows(ENCODING, previous, nextSeq, change);
        written.setTimeStep(change.time().bits() - previous.time().bits());
        for (Dot dependency : change.dependencies()) {
          written
              .addDependencyReplicas(ids.replica(dependency.replica()))
              .addDependencyCounters(dependency.counter());
        }
      }
      nextSeq = writeOperations(change, written);
      payload.addChanges(written);
    }
    payload.setReplicas(ids.tableFrom(inHeader)).addAllContainers(containers.entries());

    ChunkHeader header =
        new ChunkHeader(
            document,
            replica,
            first.dot().counter(),
            last.dot().counter(),
            first.dependencies(),
            first.time(),
            last.time());
    byte[] payloadBytes =
        MessageBytes.write(limits, "a chunk", ChunkReader.maxChunkBytes(limits), payload.build());
    ChunkProto.Chunk chunk =
        ChunkProto.Chunk.newBuilder()
            .setHeader(writeHeader(header))
            .setPayload(ByteString.copyFrom(payloadBytes))
            .build();
    return Chunk.of(
        header, MessageBytes.write(limits, "a chunk", ChunkReader.maxChunkBytes(limits), chunk));
  }

  private long writeOperations(Change change, ChunkProto.Change.Builder written) {
    OperationPlace place =
        new OperationPlace(ENCODING, change.dot().replica(), change.time(), change.firstSeq());
    for (ContainerOperation operation : change.operations()) {
      written.addOperations(operations.write(operation, place));
      place.pass(operation.operation());
    }
    return place.nextSeq();
  }

  private static ChunkProto.ChunkHeader writeHeader(ChunkHeader header) {
    ChunkProto.ChunkHeader.Builder written =
        ChunkProto.ChunkHeader.newBuilder()
            .setVersion(FormatVersion.CURRENT)
            .setOrdering(FormatVersion.ORDERING)
            .setDocument(header.document())
            .setReplica(ReplicaBytes.write(header.replica()))
            .setFirstCounter(header.firstCounter())
            .setFollowing(header.lastCounter() - header.firstCounter())
            .setFirstTime(header.firstTime().bits())
            .setTimeSpan(header.lastTime().bits() - header.firstTime().bits());
    if (!header.dependencies().isEmpty()) {
      written.setDependencies(DotColumns.write(header.dependencies()));
    }
    return written.build();
  }
}
