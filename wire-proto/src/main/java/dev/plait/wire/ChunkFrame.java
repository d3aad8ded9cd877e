package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk with its header read and its payload not; can be used again for another. Not thread-safe.
 */
final class ChunkFrame {
  static final int HEADER = 1;
  static final int PAYLOAD = 2;
  static final int INFLATED = 3;

  static final int VERSION = 1;
  static final int ORDERING = 2;
  static final int DOCUMENT = 3;
  static final int REPLICA = 4;
  static final int FIRST_COUNTER = 5;
  static final int FOLLOWING = 6;
  static final int DEPENDENCIES = 7;
  static final int FIRST_TIME = 8;
  static final int TIME_SPAN = 9;
  static final int SINCE_PREVIOUS = 10;
  static final int REVISION = 11;

  static final int DOT_REPLICAS = 1;
  static final int DOT_COUNTERS = 2;

  private static final ReplicaId NOBODY = ReplicaId.of(0, 0);

  private final Limits limits;
  private final ProtoReader in = new ProtoReader();

  /** How a header starts that names {@link #document} and {@link #replica}. */
  private final SeenBytes names = new SeenBytes();

  private String document = "";
  private ReplicaId replica = NOBODY;
  private long firstCounter;
  private int count;
  private List<Dot> dependencies = List.of();
  private long firstTime;
  private long timeSpan;
  private long previousTime;
  private int revision;
  private int payloadStart;
  private int payloadEnd;
  private int inflated;

  ChunkFrame(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads the chunk between these offsets.
   *
   * @param expected the document it must belong to; null if any may be
   */
  void read(byte[] bytes, int from, int to, @Nullable String expected) {
    in.start(bytes, from, to);
    int tag = in.tag();
    if (tag != ProtoReader.bytesTag(HEADER)) {
      in.end(tag, "Chunk", INFLATED);
      throw DECODING.malformed("a chunk has no header");
    }
    int outer = in.enter();
    if (expected == null || !expected.equals(document) || !in.passes(names)) {
      readNames(expected);
    }
    tag = in.tag();
    if (tag == ProtoReader.varintTag(FIRST_COUNTER)) {
      firstCounter = in.number();
      tag = in.tag();
    } else {
      firstCounter = 0;
    }
    long following = 0;
    if (tag == ProtoReader.varintTag(FOLLOWING)) {
      following = in.number();
      tag = in.tag();
    }
    count = checkedCount(limits, firstCounter, following);
    if (tag == ProtoReader.bytesTag(DEPENDENCIES)) {
      dependencies = readDots();
      ChangeRules.checkDependencies(DECODING, replica, dependencies);
      tag = in.tag();
    } else if (!dependencies.isEmpty()) {
      dependencies = List.of();
    }
    if (tag == ProtoReader.fixed64Tag(FIRST_TIME)) {
      firstTime = in.fixed64();
      tag = in.tag();
    } else {
      firstTime = 0;
    }
    if (tag == ProtoReader.varintTag(TIME_SPAN)) {
      timeSpan = in.number();
      tag = in.tag();
    } else {
      timeSpan = 0;
    }
    long sincePrevious = 0;
    if (tag == ProtoReader.varintTag(SINCE_PREVIOUS)) {
      sincePrevious = in.number();
      tag = in.tag();
    }
    checkTimes(sincePrevious);
    revision = 0;
    if (tag == ProtoReader.varintTag(REVISION)) {
      revision = in.smallNumber();
      tag = in.tag();
    }
    endMessage(tag, "ChunkHeader", REVISION);
    in.leave(outer);
    readPayload();
  }

  /** What came with a revision that is not known here may have more fields, behind the known. */
  private void endMessage(int tag, String message, int fields) {
    if (canRead(revision)) {
      in.end(tag, message, fields);
    } else {
      in.endUnknown(tag, message, fields);
    }
  }

  /** Whether this release knows what a payload of this revision may hold. */
  static boolean canRead(int revision) {
    return revision <= FormatVersion.REVISION;
  }

  private void readNames(@Nullable String expected) {
    int from = in.position();
    int tag = FormatVersion.read(in);
    String named = "";
    if (tag == ProtoReader.bytesTag(DOCUMENT)) {
      named = expected == null ? in.string() : in.string(expected);
      tag = in.tag();
    }
    if (expected == null) {
      NameRules.check(DECODING, limits, "the name of a document", named);
    } else if (!expected.equals(named)) {
      throw new ProtocolException(
          ProtocolException.WRONG_DOCUMENT,
          "the bytes belong to document \"" + named + "\", this is \"" + expected + "\"");
    }
    if (tag != ProtoReader.bytesTag(REPLICA)) {
      in.end(tag, "ChunkHeader", REVISION);
      throw DECODING.malformed("the header of a chunk names no replica");
    }
    replica = in.replica(replica);
    document = named;
    in.remember(from, names);
  }

  private void readPayload() {
    int tag = in.tag();
    payloadStart = 0;
    payloadEnd = 0;
    if (tag == ProtoReader.bytesTag(PAYLOAD)) {
      payloadEnd = in.contentEndNotEmpty();
      payloadStart = in.position();
      in.skipTo(payloadEnd);
      tag = in.tag();
    }
    inflated = 0;
    if (tag == ProtoReader.varintTag(INFLATED)) {
      inflated = in.smallNumber();
      tag = in.tag();
    }
    endMessage(tag, "Chunk", INFLATED);
  }

  private static int checkedCount(Limits limits, long first, long following) {
    DotColumns.checkedCounter(first);
    if (following < 0 || following > Long.MAX_VALUE - first) {
      throw DECODING.invalid("the counters of a chunk end at 2^63-1");
    }
    if (following >= limits.maxChunkChanges()) {
      throw DECODING.tooMuch(
          "a chunk has more than " + limits.maxChunkChanges() + " changes, the most allowed");
    }
    return (int) following + 1;
  }

  private void checkTimes(long sincePrevious) {
    long most = HybridTimestamp.MAX_VALID.bits();
    if (firstTime < HybridTimestamp.MIN_VALID.bits() || firstTime > most) {
      ChangeRules.checkTime(DECODING, new HybridTimestamp(firstTime));
    }
    if (timeSpan < 0 || timeSpan > most - firstTime) {
      throw DECODING.invalid("a change is stamped after " + HybridTimestamp.MAX_VALID);
    }
    if (count == 1 ? timeSpan != 0 : timeSpan < count - 1) {
      throw DECODING.invalid("the times of the changes in a chunk ascend, one for each");
    }
    if ((firstCounter == 1) != (sincePrevious == 0)) {
      throw DECODING.invalid("every change but the first of its author is stamped after another");
    }
    previousTime = sincePrevious == 0 ? 0 : firstTime - sincePrevious(sincePrevious);
  }

  private long sincePrevious(long written) {
    long most = firstTime - HybridTimestamp.MIN_VALID.bits();
    if (!Steps.isWithin(written, most)) {
      throw DECODING.invalid(
          "a change is stamped after the one before it, which is not before "
              + HybridTimestamp.MIN_VALID);
    }
    return Steps.read(written);
  }

  /** Reads dots in whatever order they are. */
  private List<Dot> readDots() {
    int outer = in.enter();
    int tag = in.tag();
    ReplicaId[] replicas = {};
    if (tag == ProtoReader.bytesTag(DOT_REPLICAS)) {
      replicas = in.replicas();
      tag = in.tag();
    }
    Column counters = Column.EMPTY;
    if (tag == ProtoReader.bytesTag(DOT_COUNTERS)) {
      counters = in.column();
      tag = in.tag();
    }
    in.end(tag, "Dots", DOT_COUNTERS);
    in.leave(outer);
    if (replicas.length > limits.maxListLength()) {
      throw DECODING.tooMuch("there are more than " + limits.maxListLength() + " dependencies");
    }
    List<Dot> dots = new ArrayList<>(replicas.length);
    for (ReplicaId named : replicas) {
      dots.add(new Dot(named, DotColumns.checkedCounter(counters.next())));
    }
    counters.checkUsedUp("counters");
    return List.copyOf(dots);
  }

  ReplicaId replica() {
    return replica;
  }

  long firstCounter() {
    return firstCounter;
  }

  /** How many changes there are. */
  int count() {
    return count;
  }

  List<Dot> dependencies() {
    return dependencies;
  }

  /** The time of the change before the first one; 0 if there is none. */
  long previousTime() {
    return previousTime;
  }

  long firstTime() {
    return firstTime;
  }

  long timeSpan() {
    return timeSpan;
  }

  int revision() {
    return revision;
  }

  int payloadStart() {
    return payloadStart;
  }

  int payloadEnd() {
    return payloadEnd;
  }

  /** What the payload becomes when inflated; 0 when it is not deflated. */
  int inflated() {
    return inflated;
  }

  ChunkHeader header() {
    return new ChunkHeader(
        document,
        replica,
        firstCounter,
        firstCounter + count - 1,
        dependencies,
        new HybridTimestamp(previousTime),
        new HybridTimestamp(firstTime),
        new HybridTimestamp(firstTime + timeSpan),
        revision);
  }
}
