package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;

/** Writes the operations of a payload that are not on text. Confined to one call. */
final class OtherWriter {
  private final Limits limits;
  private final ChangeColumns changes;
  private final OperationWriter writer;
  private final OperationMoments moments;
  private final ColumnWriter runs = new ColumnWriter();
  private int written;
  private int runKind;
  private int runLength;

  OtherWriter(Limits limits, IdWriter ids, ChangeColumns changes) {
    this.limits = limits;
    this.changes = changes;
    this.writer = new OperationWriter(limits, ids);
    this.moments = new OperationMoments(changes);
  }

  /**
   * Takes in the operations of a row.
   *
   * @param nextSeq the sequence number of the first thing they make
   * @param before how many operations stand before them
   * @return how many things they make
   */
  long write(ContainerId container, int count, long nextSeq, long before) {
    Counts.checked(ENCODING, limits, "operations", written + count);
    long seq = nextSeq;
    for (int i = 0; i < count; i++) {
      OperationPlace place = moments.place(ENCODING, before + i, seq);
      Operation operation = place.operation(changes.rows().others(), written++);
      addKind(writer.write(container, operation, place));
      place.pass(operation);
      seq = place.nextSeq();
    }
    return seq - nextSeq;
  }

  private void addKind(int kind) {
    if (kind != runKind) {
      endRun();
      runKind = kind;
    }
    runLength++;
  }

  private void endRun() {
    if (runLength > 0) {
      runs.add(OperationKind.run(runKind, runLength));
    }
    runLength = 0;
  }

  /** The units of all keys and then of all texts among values, once all rows were taken in. */
  String text() {
    return writer.text();
  }

  /** Adds the columns to a payload. */
  void addTo(ProtoWriter payload) {
    endRun();
    payload.column(PayloadFields.OTHER_KINDS, runs);
    writer.addTo(payload);
  }
}
