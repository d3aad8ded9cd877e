package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.List;

/** Writes one chunk. */
final class ChunkWriter {
  private static final int HEADER_BYTES = 96;

  private final Limits limits;
  private final ChangeColumns changes;
  private final List<Dot> dependencies;
  private final IdWriter ids = new IdWriter();

  /** A writer of all changes of these columns. */
  ChunkWriter(Limits limits, ChangeColumns changes) {
    this.limits = limits;
    this.changes = changes;
    boolean first = changes.dependentCount() > 0 && changes.dependent(0) == 0;
    this.dependencies = first ? changes.dependencies(0) : List.of();
  }

  Chunk write(String document) {
    NameRules.check(ENCODING, limits, "the name of a document", document);
    if (changes.size() == 0) {
      throw ENCODING.invalid("a chunk of no changes; it takes at least one");
    }
    if (changes.openOperations() != 0) {
      throw ENCODING.invalid("the last change is not ended; only whole ones are written");
    }
    ChangeRules.checkPreviousTime(
        changes.firstCounter(), changes.previousTime(), changes.firstTime());
    ProtoWriter payload = payload();
    byte[] deflated = {};
    if (Deflation.isWorthTrying(payload.size())) {
      deflated = payload.deflated(limits);
    }
    ProtoWriter chunk = new ProtoWriter(HEADER_BYTES + payload.size());
    chunk.message(ChunkFrame.HEADER, header(document));
    if (deflated.length > 0
        && Deflation.isBetter(limits, payload.size(), deflated.length)
        && payload.size() <= limits.maxPayloadBytes()) {
      chunk.bytes(ChunkFrame.PAYLOAD, deflated, deflated.length);
      chunk.number(ChunkFrame.INFLATED, payload.size());
    } else {
      chunk.message(ChunkFrame.PAYLOAD, payload);
    }
    if (chunk.size() > ChunkReader.maxChunkBytes(limits)) {
      throw ENCODING.tooMuch(
          "a chunk takes " + chunk.size() + " bytes; at most " + ChunkReader.maxChunkBytes(limits));
    }
    ChunkHeader header =
        new ChunkHeader(
            document,
            changes.replica(),
            changes.firstCounter(),
            changes.lastCounter(),
            dependencies,
            new HybridTimestamp(changes.previousTime()),
            new HybridTimestamp(changes.firstTime()),
            new HybridTimestamp(changes.lastTime()),
            FormatVersion.REVISION);
    return Chunk.of(header, chunk.toBytes());
  }

  private ProtoWriter payload() {
    ids.replica(changes.replica());
    dependencies.forEach(dependency -> ids.replica(dependency.replica()));
    int inHeader = ids.tableSize();
    ChangeWriter times = new ChangeWriter(limits, ids, changes);
    long operations = times.write();
    ContainerTable containers = new ContainerTable(limits, ids);
    RowWriter rows = new RowWriter(limits, ids, containers, changes);
    if (rows.writeRows() != operations) {
      throw ENCODING.invalid("the changes and their rows differ in operations");
    }
    ProtoWriter payload = new ProtoWriter(64 + changes.rows().text().length());
    payload.replicas(PayloadFields.REPLICAS, ids.tableFrom(inHeader));
    containers.addTo(payload, PayloadFields.CONTAINERS);
    payload.number(PayloadFields.FIRST_SEQ, changes.firstSeq());
    times.addTo(payload);
    rows.addTo(payload);
    return payload;
  }

  private ProtoWriter header(String document) {
    ProtoWriter header = new ProtoWriter(HEADER_BYTES);
    FormatVersion.write(header);
    header.string(ChunkFrame.DOCUMENT, document);
    header.replicas(ChunkFrame.REPLICA, List.of(changes.replica()));
    header.number(ChunkFrame.FIRST_COUNTER, changes.firstCounter());
    header.number(ChunkFrame.FOLLOWING, changes.size() - 1L);
    if (!dependencies.isEmpty()) {
      header.message(ChunkFrame.DEPENDENCIES, dots());
    }
    header.fixed64(ChunkFrame.FIRST_TIME, changes.firstTime());
    header.number(ChunkFrame.TIME_SPAN, changes.lastTime() - changes.firstTime());
    if (changes.previousTime() != 0) {
      header.number(
          ChunkFrame.SINCE_PREVIOUS, Steps.written(changes.firstTime() - changes.previousTime()));
    }
    header.number(ChunkFrame.REVISION, FormatVersion.REVISION);
    return header;
  }

  private ProtoWriter dots() {
    List<ReplicaId> replicas = new ArrayList<>(dependencies.size());
    ColumnWriter counters = new ColumnWriter();
    for (Dot dependency : dependencies) {
      replicas.add(dependency.replica());
      counters.add(dependency.counter());
    }
    ProtoWriter dots = new ProtoWriter(HEADER_BYTES);
    dots.replicas(ChunkFrame.DOT_REPLICAS, replicas);
    dots.column(ChunkFrame.DOT_COUNTERS, counters);
    return dots;
  }
}
