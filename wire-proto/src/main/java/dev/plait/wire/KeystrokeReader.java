package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.Change;
import dev.plait.change.OperationRows;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one change that was written as what follows the one before it. Confined to one call. */
final class KeystrokeReader {
  private static final ReplicaId[] NONE = {};

  private final KeystrokePlace place;
  private final ReplicaId listener;
  private final RowRules rules;
  private int shape;
  private long millis;
  private int ticks;
  private long dependency;
  private ReplicaId[] replicas = NONE;
  private Column idReplicas = Column.EMPTY;
  private Column ids = Column.EMPTY;
  private Column lengths = Column.EMPTY;
  private boolean manyReplicas;
  private boolean manyUnits;
  private String text = "";
  private @Nullable ReplicaId named;

  private KeystrokeReader(KeystrokePlace place, ReplicaId listener) {
    this.place = place;
    this.listener = listener;
    this.rules = new RowRules(DECODING, place.nextSeq());
  }

  /** The change that these bytes say. */
  static Change read(Limits limits, Change previous, byte[] bytes, ReplicaId listener) {
    if (bytes.length > ChunkReader.maxChunkBytes(limits)) {
      throw DECODING.tooMuch(
          "a keystroke takes "
              + bytes.length
              + " bytes; at most "
              + ChunkReader.maxChunkBytes(limits));
    }
    KeystrokePlace place = KeystrokePlace.behind(previous);
    if (place == null || previous.counter() == Long.MAX_VALUE) {
      throw DECODING.invalid("a keystroke follows a change that did not end on a text");
    }
    KeystrokeReader reader = new KeystrokeReader(place, listener);
    reader.readFields(new ProtoReader(bytes, 0, bytes.length));
    Change next = reader.change(previous);
    // What has many spellings is accepted in one of them only: the one that is written.
    if (!Arrays.equals(bytes, KeystrokeWriter.write(limits, previous, next, listener))) {
      throw DECODING.malformed("a keystroke is said in another way than the one it is written in");
    }
    return next;
  }

  private void readFields(ProtoReader in) {
    int tag = in.tag();
    if (tag == ProtoReader.varintTag(KeystrokeShape.SHAPE)) {
      shape = in.smallNumber();
      tag = in.tag();
    }
    if (tag == ProtoReader.varintTag(KeystrokeShape.MILLIS)) {
      millis = in.number();
      tag = in.tag();
    }
    if (tag == ProtoReader.varintTag(KeystrokeShape.TICKS)) {
      ticks = in.smallNumber();
      tag = in.tag();
    }
    if (tag == ProtoReader.varintTag(KeystrokeShape.DEPENDENCY)) {
      dependency = DotColumns.checkedCounter(in.number());
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(KeystrokeShape.REPLICAS)) {
      replicas = in.replicas();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(KeystrokeShape.ID_REPLICAS)) {
      idReplicas = in.column();
      manyReplicas = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(KeystrokeShape.IDS)) {
      ids = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(KeystrokeShape.LENGTHS)) {
      lengths = in.column();
      manyUnits = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(KeystrokeShape.TEXT)) {
      text = in.string();
      tag = in.tag();
    }
    in.end(tag, "Keystroke", KeystrokeShape.TEXT);
  }

  private Change change(Change previous) {
    if (!KeystrokeShape.isKnown(shape)) {
      throw DECODING.unsupported("keystrokes of shape " + shape + " are unknown");
    }
    HybridTimestamp time = time(previous.time());
    Operation operation = KeystrokeShape.isDeletion(shape) ? deletion() : insertion();
    idReplicas.checkUsedUp("replicas");
    ids.checkUsedUp("named units");
    lengths.checkUsedUp("lengths");
    List<Dot> dependencies = dependency == 0 ? List.of() : List.of(new Dot(listener, dependency));
    ChangeRules.checkDependencies(DECODING, place.author(), dependencies);
    return new Change(
        place.author(),
        previous.counter() + 1,
        dependencies,
        previous.time().bits(),
        time.bits(),
        place.nextSeq(),
        place.container(),
        operation);
  }

  private HybridTimestamp time(HybridTimestamp before) {
    HybridTimestamp most = HybridTimestamp.MAX_VALID;
    if (millis < 0 || millis > most.millis() - before.millis()) {
      throw DECODING.invalid("a change is stamped after " + most);
    }
    long counter = millis == 0 ? before.counter() + 1L + ticks : ticks;
    if (counter > HybridTimestamp.MAX_COUNTER) {
      throw DECODING.invalid("a timestamp counts up to " + HybridTimestamp.MAX_COUNTER);
    }
    HybridTimestamp time = HybridTimestamp.of(before.millis() + millis, (int) counter);
    ChangeRules.checkTime(DECODING, time);
    return time;
  }

  private Operation insertion() {
    if (text.isEmpty()) {
      throw DECODING.invalid("an insert of nothing; it takes at least one element");
    }
    ReplicaId left = null;
    long leftSeq = 0;
    switch (KeystrokeShape.left(shape)) {
      case KeystrokeShape.BEFORE -> {
        left = place.beforeReplica();
        leftSeq = place.beforeSeq();
      }
      case KeystrokeShape.LEFT_LAST -> {
        left = place.author();
        leftSeq = place.nextSeq() - 1;
      }
      case KeystrokeShape.NAMED -> {
        leftSeq = readId();
        left = named;
      }
      default -> {}
    }
    if (left != null) {
      check(left, leftSeq);
      place.said(left, leftSeq);
    }
    ReplicaId right = null;
    long rightSeq = 0;
    switch (KeystrokeShape.right(shape)) {
      case KeystrokeShape.RIGHT_BEHIND -> {
        right = place.behindReplica();
        rightSeq = place.behindSeq();
      }
      case KeystrokeShape.RIGHT_AFTER_LEFT -> {
        if (left == null) {
          throw DECODING.malformed("no unit comes after the start");
        }
        right = left;
        rightSeq = leftSeq + 1;
      }
      case KeystrokeShape.NAMED -> {
        rightSeq = readId();
        right = named;
      }
      default -> {}
    }
    if (right != null) {
      check(right, rightSeq);
    }
    rules.insert(text.length());
    return new Operation.TextInsert(
        place.author(), place.nextSeq(), left, leftSeq, right, rightSeq, text);
  }

  private void check(ReplicaId replica, long seq) {
    rules.checkNamed(replica.equals(place.author()) ? RowMemory.AUTHOR : 1, seq);
  }

  private Operation deletion() {
    if (!text.isEmpty()) {
      throw DECODING.malformed("a deletion has no text");
    }
    int said = KeystrokeShape.left(shape);
    List<ElementRange> ranges = new ArrayList<>(1);
    boolean saidFirst = said != KeystrokeShape.NAMED;
    while (saidFirst || ids.hasNext() || ranges.isEmpty()) {
      if (ranges.size() == KeystrokeShape.MAX_RANGES) {
        throw DECODING.tooMuch(
            "a keystroke deletes more than " + KeystrokeShape.MAX_RANGES + " ranges");
      }
      int length = manyUnits ? lengths.nextInt() : 1;
      rules.checkSize(OperationRows.DELETE, 1, length);
      ranges.add(saidFirst ? atCursor(said, length) : range(readId(), length));
      saidFirst = false;
    }
    ElementRange only = ranges.get(0);
    return ranges.size() > 1
        ? new Operation.TextDelete(ranges)
        : new Operation.TextDelete(only.first().replica(), only.first().seq(), only.length());
  }

  private ElementRange atCursor(int said, int length) {
    switch (said) {
      case KeystrokeShape.BEFORE -> {
        named = place.beforeReplica();
        return range(place.beforeSeq() - (length - 1), length);
      }
      case KeystrokeShape.TARGET_BEHIND -> {
        named = place.behindReplica();
        return range(place.behindSeq(), length);
      }
      default -> throw DECODING.malformed("a deletion starts nowhere");
    }
  }

  private ElementRange range(long seq, int length) {
    ReplicaId replica = named;
    if (replica == null || seq < 1) {
      throw DECODING.invalid("a deletion names unit " + seq + "; they are from 1 to 2^63-1");
    }
    int index = replica.equals(place.author()) ? RowMemory.AUTHOR : 1;
    rules.checkDeleted(OperationRows.DELETE, 1, length, index, seq);
    place.said(replica, seq + (length - 1));
    return new ElementRange(new ElementId(replica, seq), length);
  }

  /** Reads a named unit; its replica is put aside. */
  private long readId() {
    int index = manyReplicas ? idReplicas.nextInt() : 0;
    if (index >= 2 + replicas.length) {
      throw DECODING.malformed(
          "there is no replica " + index + " in a table of " + (2 + replicas.length));
    }
    ReplicaId replica = index == 0 ? place.author() : index == 1 ? listener : replicas[index - 2];
    named = replica;
    return place.base(replica) + ids.nextSigned();
  }
}
