package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a payload that are not on text. Confined to one call. */
final class OtherReader {
  private final Limits limits;
  private final ChangeColumns into;
  private final OperationReader reader;
  private @Nullable ProtoReader in;
  private @Nullable OperationMoments moments;
  private int left;

  OtherReader(Limits limits, IdReader ids, ChangeColumns into) {
    this.limits = limits;
    this.into = into;
    this.reader = new OperationReader(limits, ids);
  }

  /** Passes over the operations, the first one's tag being read; gives the tag behind them. */
  int find(ProtoReader payload) {
    in = payload.copy();
    int tag;
    do {
      payload.skipTo(payload.contentEndNotEmpty());
      left++;
      tag = payload.tag();
    } while (tag == ProtoReader.bytesTag(PayloadFields.OTHERS));
    return tag;
  }

  /**
   * Reads the operations of a row.
   *
   * @param nextSeq the sequence number of the first thing they make
   * @param before how many operations stand before them
   * @return how many things they make
   */
  long read(ContainerId container, int count, long nextSeq, long before) {
    ProtoReader operations = in;
    if (operations == null || count > left) {
      throw DECODING.malformed("there are fewer operations than the rows ask for");
    }
    OperationMoments times = moments == null ? new OperationMoments(into) : moments;
    moments = times;
    long seq = nextSeq;
    for (int i = 0; i < count; i++) {
      int end = operations.contentEnd();
      PlaitProto.Operation message =
          MessageBytes.read(
              limits,
              "an operation",
              operations.bytes(),
              operations.position(),
              end,
              PlaitProto.Operation.getDescriptor(),
              PlaitProto.Operation.parser());
      operations.skipTo(end);
      operations.tag();
      OperationPlace place = times.place(DECODING, before + i, seq);
      Operation operation = reader.read(container, message, place);
      into.rows().addOther(container, operation);
      place.pass(operation);
      seq = place.nextSeq();
      left--;
    }
    return seq - nextSeq;
  }

  void checkUsedUp() {
    if (left > 0) {
      throw DECODING.malformed("there are more operations than the rows ask for");
    }
  }
}
