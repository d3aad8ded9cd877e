package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.Change;
import dev.plait.change.ContainerOperation;
import dev.plait.change.OperationRows;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one change as what follows the one before it. Confined to one call. */
final class KeystrokeWriter {
  private static final int USUAL_BYTES = 24;

  private final KeystrokePlace place;
  private final RowRules rules;

  /** The replicas with a number: the author, the listener and those who are neither. */
  private final List<ReplicaId> table = new ArrayList<>(2);

  private final ColumnWriter idReplicas = new ColumnWriter();
  private final ColumnWriter ids = new ColumnWriter();
  private final ColumnWriter lengths = new ColumnWriter();

  private KeystrokeWriter(KeystrokePlace place, ReplicaId listener) {
    this.place = place;
    this.rules = new RowRules(ENCODING, place.nextSeq());
    table.add(place.author());
    table.add(listener);
  }

  /** The bytes of a change; null if it can't be said so. */
  static byte @Nullable [] write(Limits limits, Change previous, Change next, ReplicaId listener) {
    KeystrokePlace place = KeystrokePlace.behind(previous);
    List<ContainerOperation> operations = next.operations();
    if (place == null
        || operations.size() != 1
        || !place.isFollowedBy(next)
        || !operations.get(0).container().equals(place.container())
        || !dependsOnlyOn(listener, next)) {
      return null;
    }
    ProtoWriter written =
        new KeystrokeWriter(place, listener).write(next, operations.get(0).operation());
    if (written != null && written.size() > ChunkReader.maxChunkBytes(limits)) {
      throw ENCODING.tooMuch(
          "a keystroke takes "
              + written.size()
              + " bytes; at most "
              + ChunkReader.maxChunkBytes(limits));
    }
    return written == null ? null : written.toBytes();
  }

  private static boolean dependsOnlyOn(ReplicaId listener, Change next) {
    List<Dot> dependencies = next.dependencies();
    return dependencies.isEmpty()
        || (dependencies.size() == 1
            && dependencies.get(0).replica().equals(listener)
            && !next.replica().equals(listener));
  }

  private @Nullable ProtoWriter write(Change next, Operation operation) {
    int shape;
    String text = "";
    if (operation instanceof Operation.TextInsert insert && !insert.text().isEmpty()) {
      ElementId first = insert.first();
      if (first.seq() != place.nextSeq() || !first.replica().equals(place.author())) {
        return null;
      }
      text = insert.text();
      NameRules.checkWellFormed(ENCODING, "an inserted text", text);
      shape = insertion(insert);
    } else if (operation instanceof Operation.TextDelete delete
        && !delete.ranges().isEmpty()
        && delete.ranges().size() <= KeystrokeShape.MAX_RANGES) {
      shape = deletion(delete.ranges());
    } else {
      return null;
    }
    ProtoWriter written = new ProtoWriter(USUAL_BYTES);
    written.number(KeystrokeShape.SHAPE, shape);
    writeTime(written, place.previous().time(), next.time());
    if (!next.dependencies().isEmpty()) {
      written.number(KeystrokeShape.DEPENDENCY, next.dependencies().get(0).counter());
    }
    written.replicas(KeystrokeShape.REPLICAS, table.subList(2, table.size()));
    written.columnIfVaried(KeystrokeShape.ID_REPLICAS, idReplicas);
    written.column(KeystrokeShape.IDS, ids);
    written.columnIfVaried(KeystrokeShape.LENGTHS, lengths);
    written.string(KeystrokeShape.TEXT, text);
    return written;
  }

  private static void writeTime(ProtoWriter written, HybridTimestamp before, HybridTimestamp time) {
    long millis = time.millis() - before.millis();
    written.number(KeystrokeShape.MILLIS, millis);
    int least = millis == 0 ? before.counter() + 1 : 0;
    written.number(KeystrokeShape.TICKS, time.counter() - least);
  }

  private int insertion(Operation.TextInsert insert) {
    ElementId left = insert.left();
    int saidLeft = KeystrokeShape.LEFT_START;
    if (left != null) {
      saidLeft = left(left.replica(), left.seq());
      place.said(left.replica(), left.seq());
    }
    ElementId right = insert.right();
    if (right != null) {
      rules.checkNamed(index(right.replica()), right.seq());
    }
    rules.insert(insert.text().length());
    return KeystrokeShape.insertion(saidLeft, right(left, right));
  }

  private int left(ReplicaId replica, long seq) {
    rules.checkNamed(index(replica), seq);
    if (place.isBefore(replica, seq)) {
      return KeystrokeShape.BEFORE;
    }
    if (seq == place.nextSeq() - 1 && replica.equals(place.author())) {
      return KeystrokeShape.LEFT_LAST;
    }
    name(replica, seq);
    return KeystrokeShape.NAMED;
  }

  private int right(@Nullable ElementId left, @Nullable ElementId right) {
    if (right == null) {
      return place.behindReplica() == null ? KeystrokeShape.RIGHT_BEHIND : KeystrokeShape.RIGHT_END;
    }
    if (place.isBehind(right.replica(), right.seq())) {
      return KeystrokeShape.RIGHT_BEHIND;
    }
    if (left != null && right.seq() - 1 == left.seq() && right.replica().equals(left.replica())) {
      return KeystrokeShape.RIGHT_AFTER_LEFT;
    }
    name(right.replica(), right.seq());
    return KeystrokeShape.NAMED;
  }

  private int deletion(List<ElementRange> ranges) {
    int said = KeystrokeShape.NAMED;
    for (int i = 0; i < ranges.size(); i++) {
      ElementRange range = ranges.get(i);
      ReplicaId replica = range.first().replica();
      long seq = range.first().seq();
      rules.checkSize(OperationRows.DELETE, 1, range.length());
      rules.checkDeleted(OperationRows.DELETE, 1, range.length(), index(replica), seq);
      if (i == 0 && place.isBefore(replica, seq + (range.length() - 1))) {
        said = KeystrokeShape.BEFORE;
      } else if (i == 0 && place.isBehind(replica, seq)) {
        said = KeystrokeShape.TARGET_BEHIND;
      } else {
        name(replica, seq);
      }
      lengths.add(range.length(), 1);
      place.said(replica, seq + (range.length() - 1));
    }
    return KeystrokeShape.deletion(said);
  }

  private void name(ReplicaId replica, long seq) {
    int index = index(replica);
    if (index == table.size()) {
      table.add(replica);
    }
    idReplicas.add(index, 0);
    ids.addSigned(seq - place.base(replica));
  }

  /** The number of a replica, or the next free one. */
  private int index(ReplicaId replica) {
    int known = table.indexOf(replica);
    return known < 0 ? table.size() : known;
  }
}
