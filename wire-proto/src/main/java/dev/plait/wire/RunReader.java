package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.crdt.RunColumns;
import java.util.List;

/** Reads the runs of one text or list. Confined to one call. */
final class RunReader {
  private static final int NONE = RunColumns.NONE;

  private final List<ReplicaId> table;
  private final OpenRuns open = new OpenRuns();
  private final long[] lasts;
  private Column shapes = Column.EMPTY;
  private Column lengths = Column.EMPTY;
  private Column firstDepths = Column.EMPTY;
  private Column rightDepths = Column.EMPTY;
  private Column idReplicas = Column.EMPTY;
  private Column firsts = Column.EMPTY;
  private Column lefts = Column.EMPTY;
  private Column rights = Column.EMPTY;
  private boolean manyReplicas;
  private long visible;

  private int owner = NONE;
  private long seq;
  private int length;
  private boolean deleted;
  private int leftReplica = NONE;
  private long leftSeq;
  private int rightReplica = NONE;
  private long rightSeq;
  private boolean rightIsNext;

  /** A reader of runs that name replicas of this table. */
  RunReader(List<ReplicaId> table) {
    this.table = table;
    this.lasts = new long[table.size()];
  }

  /** How many elements of the runs read are not deleted. */
  long visible() {
    return visible;
  }

  /** Reads the message that comes next. */
  RunColumns read(ProtoReader in, Limits limits) {
    readColumns(in);
    int size = shapes.bytesLeft();
    if (size > limits.maxListLength()) {
      throw DECODING.tooMuch("a state has more than " + limits.maxListLength() + " runs");
    }
    RunColumns.Builder builder = new RunColumns.Builder(size).replicas(table);
    for (int run = 0; run < size; run++) {
      readRun(builder, shapes.nextByte(), run > 0);
    }
    if (size > 0) {
      if (rightIsNext) {
        throw DECODING.malformed("no run comes after the last one");
      }
      flush(builder);
    }
    checkUsedUp();
    return builder.build();
  }

  private void readColumns(ProtoReader in) {
    int outer = in.enter();
    int tag = in.tag();
    if (tag == ProtoReader.bytesTag(RunFields.SHAPES)) {
      shapes = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.LENGTHS)) {
      lengths = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.FIRST_DEPTHS)) {
      firstDepths = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.RIGHT_DEPTHS)) {
      rightDepths = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.ID_REPLICAS)) {
      idReplicas = in.column();
      manyReplicas = true;
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.FIRSTS)) {
      firsts = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.LEFTS)) {
      lefts = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(RunFields.RIGHTS)) {
      rights = in.column();
      tag = in.tag();
    }
    in.end(tag, "Runs", RunFields.RIGHTS);
    in.leave(outer);
  }

  private void readRun(RunColumns.Builder builder, int shape, boolean hasPrevious) {
    int nextOwner;
    long nextSeq;
    int first = RunShape.first(shape);
    if (first == RunShape.FIRST_NAMED) {
      nextOwner = readReplica();
      nextSeq = lasts[nextOwner] + 1 + firsts.nextSigned();
    } else {
      int depth = first == RunShape.FIRST_OPEN ? firstDepths.nextInt() : 0;
      checkDepth(first <= RunShape.FIRST_OPEN, depth);
      nextOwner = open.owner(depth);
      nextSeq = open.last(depth) + 1;
      open.close(depth);
    }
    if (nextSeq < 1) {
      throw DECODING.invalid("an element has number " + nextSeq + "; they are from 1 to 2^63-1");
    }

    int nextLeft = NONE;
    long nextLeftSeq = 0;
    switch (RunShape.left(shape)) {
      case RunShape.LEFT_PREVIOUS -> {
        if (!hasPrevious) {
          throw DECODING.malformed("no run comes before the first one");
        }
        nextLeft = owner;
        nextLeftSeq = seq + length - 1;
      }
      case RunShape.LEFT_OWN -> {
        nextLeft = nextOwner;
        nextLeftSeq = checkedSeq(nextSeq - 1);
      }
      case RunShape.LEFT_NAMED -> {
        nextLeft = readReplica();
        nextLeftSeq = checkedSeq(lasts[nextLeft] + lefts.nextSigned());
      }
      default -> {}
    }

    if (hasPrevious) {
      if (rightIsNext) {
        rightReplica = nextOwner;
        rightSeq = nextSeq;
        rightIsNext = false;
      }
      flush(builder);
    }
    owner = nextOwner;
    seq = nextSeq;
    leftReplica = nextLeft;
    leftSeq = nextLeftSeq;
    deleted = (shape & RunShape.DELETED) != 0;
    length = lengths.nextInt();
    if (length < 1 || length - 1 > Long.MAX_VALUE - seq) {
      throw DECODING.invalid(
          "a run of " + length + " from " + seq + " is not possible; it takes 1 and more elements");
    }
    visible += deleted ? 0 : length;
    lasts[owner] = seq + length - 1;
    readRight(RunShape.right(shape), hasPrevious);
    open.open(owner, lasts[owner]);
  }

  private void readRight(int right, boolean hasPrevious) {
    switch (right) {
      case RunShape.RIGHT_NEXT -> rightIsNext = true;
      case RunShape.RIGHT_SAME -> {
        if (!hasPrevious) {
          throw DECODING.malformed("no run comes before the first one");
        }
      }
      case RunShape.RIGHT_END -> setRight(NONE, 0);
      case RunShape.RIGHT_AFTER_LEFT -> {
        if (leftReplica == NONE) {
          throw DECODING.malformed("no element comes after the start");
        }
        setRight(leftReplica, checkedSeq(leftSeq + 1));
      }
      case RunShape.RIGHT_OPEN -> {
        int depth = rightDepths.nextInt();
        checkDepth(true, depth);
        setRight(open.owner(depth), checkedSeq(open.last(depth) + 1));
      }
      case RunShape.RIGHT_NAMED -> {
        int replica = readReplica();
        setRight(replica, checkedSeq(lasts[replica] + rights.nextSigned()));
      }
      default -> throw DECODING.malformed("a right origin that is said in no known way");
    }
  }

  private void setRight(int replica, long newSeq) {
    rightReplica = replica;
    rightSeq = newSeq;
  }

  private void checkDepth(boolean known, int depth) {
    if (!known || !open.has(depth)) {
      throw DECODING.malformed("a run goes on from one that is not open");
    }
  }

  private static long checkedSeq(long value) {
    if (value < 1) {
      throw DECODING.invalid("an origin has number " + value + "; they are from 1 to 2^63-1");
    }
    return value;
  }

  private int readReplica() {
    int replica = manyReplicas ? idReplicas.nextInt() : 0;
    if (replica >= table.size()) {
      throw DECODING.malformed("there is no replica " + replica + " in a table of " + table.size());
    }
    return replica;
  }

  private void flush(RunColumns.Builder builder) {
    builder.add(owner, seq, length, deleted, leftReplica, leftSeq, rightReplica, rightSeq);
  }

  private void checkUsedUp() {
    lengths.checkUsedUp("lengths");
    firstDepths.checkUsedUp("depths");
    rightDepths.checkUsedUp("depths");
    idReplicas.checkUsedUp("replicas");
    firsts.checkUsedUp("first elements");
    lefts.checkUsedUp("left origins");
    rights.checkUsedUp("right origins");
  }
}
