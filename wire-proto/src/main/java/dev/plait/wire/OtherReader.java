package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a payload that are not on text. Not thread-safe. */
final class OtherReader {
  private static final int NO_KIND = -1;

  private final Limits limits;
  private final OperationReader reader;
  private final Column runs = new Column();
  private @Nullable OperationMoments moments;
  private int runKind;
  private int runLeft;

  OtherReader(Limits limits, IdReader ids) {
    this.limits = limits;
    this.reader = new OperationReader(limits, ids);
  }

  /** Finds the columns of a payload; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    runs.clear();
    moments = null;
    runKind = NO_KIND;
    runLeft = 0;
    reader.restart();
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.OTHER_KINDS)) {
      in.column(runs);
      tag = in.tag();
    }
    return reader.readColumns(in, tag);
  }

  /** Takes the keys and texts, which stand behind what is inserted, out of the text of a chunk. */
  void takeText(StringBuilder text) {
    reader.takeText(text);
  }

  /**
   * Reads the operations of a row.
   *
   * @param nextSeq the sequence number of the first thing they make
   * @param before how many operations stand before them
   * @return how many things they make
   */
  long read(ChangeColumns into, ContainerId container, int count, long nextSeq, long before) {
    OperationMoments times = moments == null ? new OperationMoments(into) : moments;
    moments = times;
    OperationRows rows = into.rows();
    if (count > limits.maxListLength() - rows.others().size()) {
      throw DECODING.tooMuch(
          "a chunk has more than " + limits.maxListLength() + " operations that are not on text");
    }
    int rowsBefore = rows.count();
    long seq = nextSeq;
    for (int i = 0; i < count; i++) {
      seq = reader.read(nextKind(), container, times, before + i, seq, rows);
    }
    if (rows.count() == rowsBefore) {
      throw DECODING.malformed("a row goes on with the container of the row before; they are one");
    }
    return seq - nextSeq;
  }

  private int nextKind() {
    if (runLeft == 0) {
      int run = runs.nextInt();
      int kind = OperationKind.kind(run);
      if (kind == runKind) {
        throw DECODING.malformed("a run of operations goes on with the kind before; they are one");
      }
      runKind = kind;
      runLeft = OperationKind.operations(run);
    }
    runLeft--;
    return runKind;
  }

  void checkUsedUp() {
    if (runLeft > 0) {
      throw DECODING.malformed("there are more operations than the rows ask for");
    }
    runs.checkUsedUp("operations");
    reader.checkUsedUp();
  }
}
