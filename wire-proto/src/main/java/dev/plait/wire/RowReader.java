package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a payload from their columns. Not thread-safe. */
final class RowReader {
  private final Limits limits;
  private final IdReader ids;
  private final ContainerReader containers;
  private final RowRules rules = new RowRules(DECODING, 1);
  private final RowMemory memory = new RowMemory(1);
  private ChangeColumns into;
  private OperationRows rows;
  private StringBuilder text;
  private final Column shapes = new Column();
  private final Column rowContainers = new Column();
  private final Column operations = new Column();
  private final Column widths = new Column();
  private final Column idReplicas = new Column();
  private final Column lefts = new Column();
  private final Column rights = new Column();
  private final Column targets = new Column();
  private boolean manyOperations;
  private boolean manyUnits;
  private boolean manyReplicas;
  private boolean ascii = true;
  private @Nullable OtherReader others;
  private boolean hasOthers;
  private int container;
  private int textOffset;
  private int namedReplica;
  private boolean usedUp = true;

  /** A reader of rows into columns, which {@link #start} names. */
  RowReader(Limits limits, IdReader ids, ContainerReader containers, ChangeColumns into) {
    this.limits = limits;
    this.ids = ids;
    this.containers = containers;
    this.into = into;
    this.rows = into.rows();
    this.text = rows.text();
  }

  /** Starts over with columns whose changes are all there. */
  void start(ChangeColumns newInto) {
    if (into != newInto) {
      into = newInto;
      rows = newInto.rows();
      text = rows.text();
    }
    rules.restart(newInto.firstSeq());
    memory.restart(ids.size());
    if (!usedUp) {
      clear();
    }
    usedUp = false;
    manyOperations = false;
    manyUnits = false;
    manyReplicas = false;
    ascii = true;
    container = 0;
    textOffset = 0;
  }

  /** Columns that were not read to their end, as something was wrong, are not empty now. */
  private void clear() {
    shapes.clear();
    rowContainers.clear();
    operations.clear();
    widths.clear();
    idReplicas.clear();
    lefts.clear();
    rights.clear();
    targets.clear();
  }

  /** Finds the columns, up to the end of the payload; takes the tag of the next field. */
  void readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.ROWS)) {
      in.column(shapes);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.ROW_CONTAINERS)) {
      in.column(rowContainers);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.ROW_OPERATIONS)) {
      in.column(operations);
      manyOperations = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.ROW_WIDTHS)) {
      in.column(widths);
      manyUnits = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.ID_REPLICAS)) {
      in.column(idReplicas);
      manyReplicas = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.LEFTS)) {
      in.column(lefts);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.RIGHTS)) {
      in.column(rights);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.TARGETS)) {
      in.column(targets);
      tag = in.tag();
    }
    hasOthers = tag != 0 && tag < ProtoReader.bytesTag(PayloadFields.TEXT);
    if (hasOthers) {
      tag = others().readColumns(in, tag);
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.TEXT)) {
      ascii = in.appendString(text);
      tag = in.tag();
    }
    in.end(tag, "ChunkPayload", PayloadFields.TEXT);
    if (hasOthers) {
      others().takeText(text);
    }
  }

  private OtherReader others() {
    OtherReader reader = others;
    if (reader == null) {
      reader = new OtherReader(limits, ids);
      others = reader;
    }
    return reader;
  }

  /** Reads all rows; returns how many operations there are. */
  long read() {
    if (shapes.bytesLeft() > limits.maxListLength()) {
      throw DECODING.tooMuch("a chunk has more than " + limits.maxListLength() + " rows");
    }
    while (shapes.hasNext()) {
      readRow(shapes.nextByte());
    }
    if (textOffset != text.length()) {
      throw DECODING.malformed("there is more text than the insertions ask for");
    }
    checkUsedUp();
    return rules.operations();
  }

  private void readRow(int shape) {
    int kind = RowShape.kind(shape);
    int count = manyOperations && kind != OperationRows.JOINED ? operations.nextInt() : 1;
    int width = manyUnits && kind != OperationRows.OTHER ? widths.nextInt() : 1;
    rules.checkSize(kind, count, width);
    ContainerId meant = readContainer(shape);
    if (kind != OperationRows.OTHER) {
      rules.checkContainer(meant);
    }
    switch (kind) {
      case OperationRows.INSERT -> insertion(shape, meant, count, width);
      case OperationRows.DELETE, OperationRows.DELETE_BACK ->
          deletion(shape, kind, meant, count, width);
      case OperationRows.JOINED -> joined(shape, width);
      case OperationRows.OTHER -> other(shape, meant, count);
      default -> throw DECODING.unsupported("rows of kind " + kind + " are unknown");
    }
  }

  private ContainerId readContainer(int shape) {
    if ((shape & RowShape.CONTAINER_NAMED) != 0) {
      container = rowContainers.nextInt();
    }
    return containers.get(container);
  }

  private void insertion(int shape, ContainerId meant, int count, int width) {
    long units = (long) count * width;
    if (units > text.length() - textOffset) {
      throw DECODING.malformed("there is less text than the insertions ask for");
    }
    if (!ascii) {
      rules.checkCuts(text, textOffset, count, width);
    }
    textOffset += (int) units;

    int leftReplica = RowMemory.NONE;
    long leftSeq = 0;
    switch (RowShape.left(shape)) {
      case RowShape.LEFT_LAST -> {
        leftReplica = RowMemory.AUTHOR;
        leftSeq = rules.nextSeq() - 1;
      }
      case RowShape.LEFT_CURSOR -> {
        leftReplica = cursorReplica();
        leftSeq = memory.cursorSeq();
      }
      case RowShape.NAMED -> {
        leftSeq = readId(lefts);
        leftReplica = namedReplica;
      }
      default -> {}
    }
    if (leftReplica != RowMemory.NONE) {
      rules.checkNamed(leftReplica, leftSeq);
      memory.name(leftReplica, leftSeq);
    }

    int rightReplica = RowMemory.NONE;
    long rightSeq = 0;
    switch (RowShape.right(shape)) {
      case RowShape.RIGHT_AFTER_LEFT -> {
        rightReplica = leftReplica;
        rightSeq = leftSeq + 1;
        if (rightReplica == RowMemory.NONE) {
          throw DECODING.malformed("no unit comes after the start");
        }
      }
      case RowShape.RIGHT_SAME -> {
        rightReplica = memory.rightReplica();
        rightSeq = memory.rightSeq();
      }
      case RowShape.NAMED -> {
        rightSeq = readId(rights);
        rightReplica = namedReplica;
      }
      default -> {}
    }
    if (rightReplica != RowMemory.NONE) {
      rules.checkNamed(rightReplica, rightSeq);
    }

    rules.insert(units);
    memory.insert(rightReplica, rightSeq, rules.nextSeq() - 1);
    rows.addInserts(
        into.replica(),
        meant,
        replicaOrNull(leftReplica),
        leftSeq,
        replicaOrNull(rightReplica),
        rightSeq,
        count,
        width);
  }

  private @Nullable ReplicaId replicaOrNull(int index) {
    return index == RowMemory.NONE ? null : ids.replica(index);
  }

  private int cursorReplica() {
    int replica = memory.cursorReplica();
    if (replica == RowMemory.NONE) {
      throw DECODING.malformed("there is no cursor before the first row");
    }
    return replica;
  }

  /** Reads a named id; its replica is put aside. */
  private long readId(Column seqs) {
    int replica = manyReplicas ? idReplicas.nextInt() : 0;
    if (replica >= ids.size()) {
      throw DECODING.malformed("there is no replica " + replica + " in a table of " + ids.size());
    }
    namedReplica = replica;
    return memory.last(replica) + seqs.nextSigned();
  }

  private void deletion(int shape, int kind, ContainerId meant, int count, int width) {
    checkNoRight(shape);
    int replica;
    long seq;
    switch (RowShape.left(shape)) {
      case RowShape.TARGET_BACK -> {
        replica = cursorReplica();
        seq = memory.cursorSeq() - (width - 1);
      }
      case RowShape.TARGET_AHEAD -> {
        replica = cursorReplica();
        seq = memory.cursorSeq() + 1;
      }
      case RowShape.NAMED -> {
        seq = readId(targets);
        replica = namedReplica;
      }
      default -> throw DECODING.malformed("a deletion starts nowhere");
    }
    checkTarget(seq);
    long lowest = rules.checkDeleted(kind, count, width, replica, seq);
    memory.delete(replica, lowest);
    rows.addDeletes(meant, ids.replica(replica), seq, kind, count, width);
  }

  private static void checkTarget(long seq) {
    if (seq < 1) {
      throw DECODING.invalid("a deletion names unit " + seq + "; they are from 1 to 2^63-1");
    }
  }

  private static void checkNoRight(int shape) {
    if (RowShape.right(shape) != 0) {
      throw DECODING.malformed("a right origin of what is not an insertion");
    }
  }

  private void joined(int shape, int width) {
    checkNoRight(shape);
    boolean named = RowShape.left(shape) == RowShape.NAMED;
    if (!named || (shape & RowShape.CONTAINER_NAMED) != 0) {
      throw DECODING.malformed("a further range of a deletion is named, its container is not");
    }
    long seq = readId(targets);
    checkTarget(seq);
    rules.checkDeleted(OperationRows.JOINED, 1, width, namedReplica, seq);
    memory.name(namedReplica, seq + width - 1);
    rows.joinDelete(ids.replica(namedReplica), seq, width);
  }

  private void other(int shape, ContainerId meant, int count) {
    checkNoRight(shape);
    if (RowShape.left(shape) != 0 || !hasOthers) {
      throw DECODING.malformed("operations that are not on text have no origins, and are there");
    }
    rules.insert(others().read(into, meant, count, rules.nextSeq(), rules.operations() - count));
  }

  private void checkUsedUp() {
    rowContainers.checkUsedUp("containers");
    operations.checkUsedUp("numbers of operations");
    widths.checkUsedUp("widths");
    idReplicas.checkUsedUp("replicas");
    lefts.checkUsedUp("left origins");
    rights.checkUsedUp("right origins");
    targets.checkUsedUp("deletions");
    if (hasOthers) {
      others().checkUsedUp();
    }
    usedUp = true;
  }
}
