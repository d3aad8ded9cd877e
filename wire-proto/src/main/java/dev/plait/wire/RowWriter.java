package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.value.Unicode;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a payload into their columns. */
final class RowWriter {
  private final Limits limits;
  private final IdWriter ids;
  private final ContainerTable containers;
  private final ChangeColumns changes;
  private final OperationRows rows;
  private final RowRules rules;
  private final RowMemory memory = new RowMemory(1);
  private final ColumnWriter shapes = new ColumnWriter();
  private final ColumnWriter rowContainers = new ColumnWriter();
  private final ColumnWriter operations = new ColumnWriter();
  private final ColumnWriter widths = new ColumnWriter();
  private final ColumnWriter idReplicas = new ColumnWriter();
  private final ColumnWriter lefts = new ColumnWriter();
  private final ColumnWriter rights = new ColumnWriter();
  private final ColumnWriter targets = new ColumnWriter();
  private final String text;
  private final boolean ascii;
  private @Nullable OtherWriter others;
  private int textOffset;
  private int container;

  RowWriter(Limits limits, IdWriter ids, ContainerTable containers, ChangeColumns changes) {
    this.limits = limits;
    this.ids = ids;
    this.containers = containers;
    this.rows = changes.rows();
    this.changes = changes;
    this.rules = new RowRules(ENCODING, changes.firstSeq());
    this.text = rows.text().toString();
    this.ascii = Unicode.utf8Length(text) == text.length();
  }

  /** Takes in all rows; returns how many operations there are. */
  long writeRows() {
    NameRules.checkWellFormed(ENCODING, "an inserted text", text);
    if (rows.count() > limits.maxListLength()) {
      throw ENCODING.tooMuch("a chunk has more than " + limits.maxListLength() + " rows");
    }
    for (int row = 0; row < rows.count(); row++) {
      writeRow(row);
    }
    if (textOffset != text.length()) {
      throw ENCODING.invalid("there is more text than the insertions ask for");
    }
    return rules.operations();
  }

  private void writeRow(int row) {
    int kind = rows.kind(row);
    int count = rows.operations(row);
    int width = rows.width(row);
    rules.checkSize(kind, count, width);
    if (kind != OperationRows.JOINED) {
      operations.add(count, 1);
    }
    if (kind != OperationRows.OTHER) {
      widths.add(width, 1);
      rules.checkContainer(rows.container(row));
    }
    int shape =
        switch (kind) {
          case OperationRows.INSERT -> insertion(row, count, width);
          case OperationRows.OTHER -> other(row, count);
          default -> deletion(row, kind, count, width);
        };
    shapes.addByte(shape | container(rows.container(row)));
  }

  private int container(ContainerId named) {
    int index = containers.indexOf(named);
    if (index == container) {
      return 0;
    }
    rowContainers.add(index);
    container = index;
    return RowShape.CONTAINER_NAMED;
  }

  private int insertion(int row, int count, int width) {
    long units = (long) count * width;
    if (units > text.length() - textOffset) {
      throw ENCODING.invalid("there is less text than the insertions ask for");
    }
    if (!ascii) {
      rules.checkCuts(text, textOffset, count, width);
    }
    textOffset += (int) units;
    int leftReplica = index(rows.replica(row));
    long leftSeq = rows.seq(row);
    int left = left(leftReplica, leftSeq);
    int rightReplica = index(rows.rightReplica(row));
    long rightSeq = rows.rightSeq(row);
    int right = right(leftReplica, leftSeq, rightReplica, rightSeq);
    rules.insert(units);
    memory.insert(rightReplica, rightSeq, rules.nextSeq() - 1);
    return RowShape.of(OperationRows.INSERT, left, right);
  }

  private int index(@Nullable ReplicaId replica) {
    return replica == null ? RowMemory.NONE : ids.replica(replica);
  }

  private int left(int replica, long seq) {
    if (replica == RowMemory.NONE) {
      return RowShape.LEFT_START;
    }
    rules.checkNamed(replica, seq);
    int said = RowShape.NAMED;
    if (replica == RowMemory.AUTHOR && seq == rules.nextSeq() - 1) {
      said = RowShape.LEFT_LAST;
    } else if (replica == memory.cursorReplica() && seq == memory.cursorSeq()) {
      said = RowShape.LEFT_CURSOR;
    } else {
      name(lefts, replica, seq);
    }
    memory.name(replica, seq);
    return said;
  }

  private int right(int leftReplica, long leftSeq, int replica, long seq) {
    if (replica != RowMemory.NONE) {
      rules.checkNamed(replica, seq);
      if (replica == leftReplica && seq - 1 == leftSeq) {
        return RowShape.RIGHT_AFTER_LEFT;
      }
    }
    if (replica == memory.rightReplica()
        && (replica == RowMemory.NONE || seq == memory.rightSeq())) {
      return RowShape.RIGHT_SAME;
    }
    if (replica == RowMemory.NONE) {
      return RowShape.RIGHT_END;
    }
    name(rights, replica, seq);
    return RowShape.NAMED;
  }

  private int deletion(int row, int kind, int count, int width) {
    int replica = index(rows.replica(row));
    if (replica == RowMemory.NONE) {
      throw ENCODING.invalid("a deletion names no unit");
    }
    long seq = rows.seq(row);
    if (seq < 1) {
      throw ENCODING.invalid("a deletion names unit " + seq + "; they are from 1 to 2^63-1");
    }
    long lowest = rules.checkDeleted(kind, count, width, replica, seq);
    if (kind == OperationRows.JOINED) {
      name(targets, replica, seq);
      memory.name(replica, seq + width - 1);
      return RowShape.of(kind, RowShape.NAMED, 0);
    }
    int said = RowShape.NAMED;
    if (replica == memory.cursorReplica() && seq + (width - 1) == memory.cursorSeq()) {
      said = RowShape.TARGET_BACK;
    } else if (replica == memory.cursorReplica() && seq - 1 == memory.cursorSeq()) {
      said = RowShape.TARGET_AHEAD;
    } else {
      name(targets, replica, seq);
    }
    memory.delete(replica, lowest);
    return RowShape.of(kind, said, 0);
  }

  private void name(ColumnWriter column, int replica, long seq) {
    idReplicas.add(replica, 0);
    column.addSigned(seq - memory.last(replica));
  }

  private int other(int row, int count) {
    OtherWriter writer = others == null ? new OtherWriter(limits, ids, changes) : others;
    others = writer;
    rules.insert(
        writer.write(rows.container(row), count, rules.nextSeq(), rules.operations() - count));
    return RowShape.of(OperationRows.OTHER, 0, 0);
  }

  /** Adds all columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.ROWS, shapes);
    payload.column(PayloadFields.ROW_CONTAINERS, rowContainers);
    payload.columnIfVaried(PayloadFields.ROW_OPERATIONS, operations);
    payload.columnIfVaried(PayloadFields.ROW_WIDTHS, widths);
    payload.columnIfVaried(PayloadFields.ID_REPLICAS, idReplicas);
    payload.column(PayloadFields.LEFTS, lefts);
    payload.column(PayloadFields.RIGHTS, rights);
    payload.column(PayloadFields.TARGETS, targets);
    if (others == null) {
      payload.string(PayloadFields.TEXT, text);
    } else {
      others.addTo(payload);
      payload.string(PayloadFields.TEXT, text + others.text());
    }
  }
}
