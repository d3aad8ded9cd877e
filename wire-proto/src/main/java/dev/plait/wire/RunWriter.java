package dev.plait.wire;

import dev.plait.crdt.RunColumns;

/** Writes the runs of one text or list. Confined to one call. */
final class RunWriter {
  private final RunColumns runs;
  private final int[] indexes;
  private final OpenRuns open = new OpenRuns();
  private final ColumnWriter shapes = new ColumnWriter();
  private final ColumnWriter lengths = new ColumnWriter();
  private final ColumnWriter firstDepths = new ColumnWriter();
  private final ColumnWriter rightDepths = new ColumnWriter();
  private final ColumnWriter idReplicas = new ColumnWriter();
  private final ColumnWriter firsts = new ColumnWriter();
  private final ColumnWriter lefts = new ColumnWriter();
  private final ColumnWriter rights = new ColumnWriter();
  private final long[] lasts;

  private RunWriter(IdWriter ids, RunColumns runs) {
    this.runs = runs;
    this.indexes = new int[runs.replicas().size()];
    this.lasts = new long[runs.replicas().size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = ids.replica(runs.replicas().get(i));
    }
  }

  /** The message that says these runs. */
  static ProtoWriter write(IdWriter ids, RunColumns runs) {
    RunWriter writer = new RunWriter(ids, runs);
    for (int run = 0; run < runs.size(); run++) {
      writer.writeRun(run);
    }
    return writer.message();
  }

  private void writeRun(int run) {
    int owner = runs.owner(run);
    long seq = runs.seq(run);
    int first = first(owner, seq);
    int left = left(run, owner, seq);
    long last = seq + runs.length(run) - 1;
    lasts[owner] = last;
    int right = right(run);
    shapes.addByte(RunShape.of(runs.isDeleted(run), first, left, right));
    lengths.add(runs.length(run));
    open.open(owner, last);
  }

  private int first(int owner, long seq) {
    int depth = open.find(owner, seq);
    if (depth < 0) {
      name(firsts, owner, seq - 1);
      return RunShape.FIRST_NAMED;
    }
    open.close(depth);
    if (depth == 0) {
      return RunShape.FIRST_TOP;
    }
    firstDepths.add(depth);
    return RunShape.FIRST_OPEN;
  }

  private int left(int run, int owner, long seq) {
    int replica = runs.leftOwner(run);
    long leftSeq = runs.leftSeq(run);
    if (replica == RunColumns.NONE) {
      return RunShape.LEFT_START;
    }
    if (replica == owner && leftSeq == seq - 1) {
      return RunShape.LEFT_OWN;
    }
    if (run > 0
        && replica == runs.owner(run - 1)
        && leftSeq == runs.seq(run - 1) + runs.length(run - 1) - 1) {
      return RunShape.LEFT_PREVIOUS;
    }
    name(lefts, replica, leftSeq);
    return RunShape.LEFT_NAMED;
  }

  private int right(int run) {
    int replica = runs.rightOwner(run);
    long seq = runs.rightSeq(run);
    if (run + 1 < runs.size() && replica == runs.owner(run + 1) && seq == runs.seq(run + 1)) {
      return RunShape.RIGHT_NEXT;
    }
    if (run > 0 && replica == runs.rightOwner(run - 1) && seq == runs.rightSeq(run - 1)) {
      return RunShape.RIGHT_SAME;
    }
    if (replica == RunColumns.NONE) {
      return RunShape.RIGHT_END;
    }
    if (replica == runs.leftOwner(run) && seq - 1 == runs.leftSeq(run)) {
      return RunShape.RIGHT_AFTER_LEFT;
    }
    int depth = open.find(replica, seq);
    if (depth >= 0) {
      rightDepths.add(depth);
      return RunShape.RIGHT_OPEN;
    }
    name(rights, replica, seq);
    return RunShape.RIGHT_NAMED;
  }

  private void name(ColumnWriter column, int replica, long seq) {
    idReplicas.add(indexes[replica], 0);
    column.addSigned(seq - lasts[replica]);
  }

  private ProtoWriter message() {
    ProtoWriter message = new ProtoWriter(64 + 4 * runs.size());
    message.column(RunFields.SHAPES, shapes);
    message.column(RunFields.LENGTHS, lengths);
    message.column(RunFields.FIRST_DEPTHS, firstDepths);
    message.column(RunFields.RIGHT_DEPTHS, rightDepths);
    message.columnIfVaried(RunFields.ID_REPLICAS, idReplicas);
    message.column(RunFields.FIRSTS, firsts);
    message.column(RunFields.LEFTS, lefts);
    message.column(RunFields.RIGHTS, rights);
    return message;
  }
}
