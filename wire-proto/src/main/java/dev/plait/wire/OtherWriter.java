package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the operations of a payload that are not on text. */
final class OtherWriter {
  private final Limits limits;
  private final ChangeColumns changes;
  private final OperationWriter writer;
  private final List<byte[]> written = new ArrayList<>();
  private @Nullable OperationMoments moments;

  OtherWriter(Limits limits, IdWriter ids, ChangeColumns changes) {
    this.limits = limits;
    this.changes = changes;
    this.writer = new OperationWriter(limits, ids);
  }

  /**
   * Takes in the operations of a row.
   *
   * @param nextSeq the sequence number of the first thing they make
   * @param before how many operations stand before them
   * @return how many things they make
   */
  long write(ContainerId container, int count, long nextSeq, long before) {
    OperationMoments times = moments == null ? new OperationMoments(changes) : moments;
    moments = times;
    long seq = nextSeq;
    for (int i = 0; i < count; i++) {
      Operation operation = changes.rows().others().get(written.size());
      OperationPlace place = times.place(ENCODING, before + i, seq);
      PlaitProto.Operation message =
          writer.write(new ContainerOperation(container, operation), place);
      written.add(MessageBytes.write(limits, "an operation", limits.maxFrameBytes(), message));
      place.pass(operation);
      seq = place.nextSeq();
    }
    return seq - nextSeq;
  }

  void addTo(ProtoWriter payload) {
    for (byte[] operation : written) {
      payload.bytes(PayloadFields.OTHERS, operation, operation.length);
    }
  }
}
