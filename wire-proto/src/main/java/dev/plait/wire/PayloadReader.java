package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the payload of a chunk into columns. Confined to one call. */
final class PayloadReader {
  private static final ReplicaId[] NONE = {};

  private final Limits limits;
  private final ChunkFrame frame;
  private final ChangeColumns into;

  PayloadReader(Limits limits, ChunkFrame frame, ChangeColumns into) {
    this.limits = limits;
    this.frame = frame;
    this.into = into;
  }

  /** Reads the payload between these offsets. */
  void read(byte[] bytes, int from, int to) {
    OperationRows rows = into.rows();
    @Nullable ContainerId likely = rows.count() > 0 ? rows.container(0) : null;
    ProtoReader in = new ProtoReader(bytes, from, to);
    int tag = in.tag();
    ReplicaId[] replicas = NONE;
    if (tag == ProtoReader.bytesTag(PayloadFields.REPLICAS)) {
      replicas = in.replicas();
      tag = in.tag();
    }
    IdReader ids = new IdReader(table(replicas));
    ContainerReader containers = new ContainerReader(limits, ids, likely);
    while (tag == ProtoReader.bytesTag(PayloadFields.CONTAINERS)) {
      containers.read(in);
      tag = in.tag();
    }
    long firstSeq = 0;
    if (tag == ProtoReader.varintTag(PayloadFields.FIRST_SEQ)) {
      firstSeq = in.number();
      tag = in.tag();
    }
    into.reset(frame.replica(), frame.firstCounter(), DotColumns.checkedCounter(firstSeq));
    long operations = 1;
    if (frame.count() == 1 && tag >= ProtoReader.bytesTag(PayloadFields.ROWS)) {
      into.addChanges(1, 1, frame.firstTime(), 0, frame.dependencies());
    } else {
      ChangeReader changes = new ChangeReader(limits, frame, ids, into);
      tag = changes.readColumns(in, tag);
      operations = changes.read();
    }

    RowReader rowReader = new RowReader(limits, ids, containers, into);
    rowReader.readColumns(in, tag);
    if (rowReader.read() != operations) {
      throw DECODING.malformed("the changes and the rows of a chunk differ in operations");
    }
  }

  private List<ReplicaId> table(ReplicaId[] more) {
    List<Dot> dependencies = frame.dependencies();
    if (more.length == 0 && dependencies.isEmpty()) {
      return List.of(frame.replica());
    }
    if (more.length > limits.maxListLength()) {
      throw DECODING.tooMuch("a table has more than " + limits.maxListLength() + " replicas");
    }
    List<ReplicaId> table = new ArrayList<>(1 + dependencies.size() + more.length);
    table.add(frame.replica());
    for (Dot dependency : dependencies) {
      table.add(dependency.replica());
    }
    for (ReplicaId replica : more) {
      table.add(replica);
    }
    return table;
  }
}
