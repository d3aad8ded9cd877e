package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import org.jspecify.annotations.Nullable;

/** Reads the elements and stamps that operations name. Not thread-safe. */
final class ReferenceReader {
  private final IdReader ids;
  private final LastSeqs lastElements = new LastSeqs(1);
  private final LastSeqs lastRights = new LastSeqs(1);
  private final Column replicas = new Column();
  private final Column elements = new Column();
  private final Column rights = new Column();
  private final Column ages = new Column();
  private final Column ordinals = new Column();
  private int named;

  ReferenceReader(IdReader ids) {
    this.ids = ids;
  }

  /** Starts over without columns. */
  void restart() {
    lastElements.restart(ids.size());
    lastRights.restart(ids.size());
    replicas.clear();
    elements.clear();
    rights.clear();
    ages.clear();
    ordinals.clear();
  }

  /** Finds the columns; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.NAMED_REPLICAS)) {
      in.column(replicas);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.ELEMENTS)) {
      in.column(elements);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.RIGHT_ELEMENTS)) {
      in.column(rights);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.STAMP_AGES)) {
      in.column(ages);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.STAMP_ORDINALS)) {
      in.column(ordinals);
      tag = in.tag();
    }
    return tag;
  }

  /** How many elements and stamps may still come, at most. */
  int atMost() {
    return replicas.bytesLeft();
  }

  /** The sequence number of an element or entry, which is of {@link #named}. */
  long elementSeq() {
    named = replicas.nextInt() - 1;
    if (named < 0) {
      throw DECODING.malformed("an operation names no element, only origins may be missing");
    }
    ids.checkReplica(named);
    long seq = DotColumns.checkedCounter(lastElements.of(named) + elements.nextSigned());
    lastElements.set(named, seq);
    return seq;
  }

  /** Whose element was read last. */
  ReplicaId named() {
    return ids.replica(named);
  }

  /** An element or entry. */
  ElementId element() {
    long seq = elementSeq();
    return new ElementId(named(), seq);
  }

  /** A left origin; null for the start. */
  @Nullable ElementId left() {
    return read(elements, lastElements);
  }

  /** A right origin; null for the end. */
  @Nullable ElementId right() {
    return read(rights, lastRights);
  }

  private @Nullable ElementId read(Column seqs, LastSeqs lasts) {
    named = replicas.nextInt() - 1;
    if (named < 0) {
      return null;
    }
    ElementId id = ids.element(named, lasts.of(named) + seqs.nextSigned());
    lasts.set(named, id.seq());
    return id;
  }

  /** Elements in a row, which are so many. */
  ElementRange range(Column lengths) {
    ElementId first = element();
    ElementRange range = new ElementRange(first, IdReader.checkedLength(first, lengths.nextInt()));
    lastElements.set(named, range.last().seq());
    return range;
  }

  /** The author has made elements up to this one. */
  void made(long seq) {
    lastElements.set(RowMemory.AUTHOR, seq);
  }

  /** A stamp that an operation made at {@code now} has seen. */
  Stamp stamp(HybridTimestamp now) {
    int replica = replicas.nextInt() - 1;
    if (replica < 0) {
      throw DECODING.malformed("a stamp has no replica, only origins may be missing");
    }
    long age = ages.next();
    if (age != 0 && !Steps.isWithin(age, now.bits() - HybridTimestamp.MIN_VALID.bits())) {
      throw DECODING.invalid(
          "an operation has seen one that was made before " + HybridTimestamp.MIN_VALID);
    }
    HybridTimestamp time = new HybridTimestamp(now.bits() - Steps.read(age));
    return new Stamp(time, ids.replica(replica), ordinals.nextInt());
  }

  void checkUsedUp() {
    replicas.checkUsedUp("named replicas");
    elements.checkUsedUp("elements");
    rights.checkUsedUp("right elements");
    ages.checkUsedUp("ages of stamps");
    ordinals.checkUsedUp("ordinals of stamps");
  }
}
