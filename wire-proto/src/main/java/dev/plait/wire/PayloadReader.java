package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Reads payloads of chunks into columns, one after another. Not thread-safe. */
final class PayloadReader {
  private static final ReplicaId[] NONE = {};

  private final Limits limits;
  private final ProtoReader in = new ProtoReader();
  private final IdReader ids = new IdReader(NONE);
  private final ContainerReader containers;
  private @Nullable RowReader rows;

  PayloadReader(Limits limits) {
    this.limits = limits;
    this.containers = new ContainerReader(limits, ids);
  }

  /** Reads the payload between these offsets. */
  void read(ChunkFrame frame, byte[] bytes, int from, int to, ChangeColumns into) {
    in.start(bytes, from, to);
    int tag = in.tag();
    ReplicaId[] replicas = NONE;
    if (tag == ProtoReader.bytesTag(PayloadFields.REPLICAS)) {
      replicas = in.replicas();
      if (replicas.length > limits.maxListLength()) {
        throw DECODING.tooMuch("a table has more than " + limits.maxListLength() + " replicas");
      }
      tag = in.tag();
    }
    ids.start(frame.replica(), frame.dependencies(), replicas);
    containers.restart();
    while (tag == ProtoReader.bytesTag(PayloadFields.CONTAINERS)) {
      containers.read(in);
      tag = in.tag();
    }
    long firstSeq = 0;
    if (tag == ProtoReader.varintTag(PayloadFields.FIRST_SEQ)) {
      firstSeq = in.number();
      tag = in.tag();
    }
    into.reset(
        frame.replica(),
        frame.firstCounter(),
        DotColumns.checkedCounter(firstSeq),
        frame.previousTime());
    long operations = 1;
    if (frame.count() == 1 && tag >= ProtoReader.bytesTag(PayloadFields.ROWS)) {
      into.addChanges(1, 1, frame.firstTime(), 0, frame.dependencies());
    } else {
      ChangeReader changes = new ChangeReader(limits, frame, ids, into);
      tag = changes.readColumns(in, tag);
      operations = changes.read();
    }

    RowReader reader = rowsOf(into);
    reader.start(into);
    reader.readColumns(in, tag);
    if (reader.read() != operations) {
      throw DECODING.malformed("the changes and the rows of a chunk differ in operations");
    }
  }

  private RowReader rowsOf(ChangeColumns into) {
    RowReader reader = rows;
    if (reader == null) {
      reader = new RowReader(limits, ids, containers, into);
      rows = reader;
    }
    return reader;
  }
}
