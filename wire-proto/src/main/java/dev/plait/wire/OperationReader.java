package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads operations that are not on text, and rebuilds what follows from their change. Not
 * thread-safe.
 */
final class OperationReader {
  private final Limits limits;
  private final IdReader ids;
  private final OperationRules rules;
  private final ReferenceReader references;
  private final Column counts = new Column();
  private final ValueReader values;

  OperationReader(Limits limits, IdReader ids) {
    this.limits = limits;
    this.ids = ids;
    this.rules = new OperationRules(DECODING, limits);
    this.references = new ReferenceReader(ids);
    this.values = new ValueReader(limits, counts);
  }

  /** Starts over without columns. */
  void restart() {
    references.restart();
    counts.clear();
    values.restart();
  }

  /** Finds the columns; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.COUNTS)) {
      in.column(counts);
      tag = in.tag();
    }
    tag = references.readColumns(in, tag);
    return values.readColumns(in, tag);
  }

  /** Takes the keys and texts, which stand behind what is inserted, out of the text of a chunk. */
  void takeText(StringBuilder text) {
    values.takeText(text);
  }

  /**
   * Reads an operation of this kind into rows.
   *
   * @param before how many operations stand before it
   * @param nextSeq the sequence number of the first thing it makes
   * @return the sequence number that is free behind it
   */
  long read(
      int kind,
      ContainerId container,
      OperationMoments times,
      long before,
      long nextSeq,
      OperationRows into) {
    switch (kind) {
      case OperationKind.MAP_PUT -> {
        rules.checkType(container, ContainerType.MAP);
        into.addPut(container, values.key(), values.content());
        return nextSeq;
      }
      case OperationKind.MAP_REMOVE -> {
        rules.checkType(container, ContainerType.MAP);
        into.addTake(container, values.key());
        return nextSeq;
      }
      case OperationKind.SET_ADD -> {
        rules.checkType(container, ContainerType.SET);
        return readAdd(container, nextSeq, into);
      }
      case OperationKind.SET_REMOVE -> {
        rules.checkType(container, ContainerType.SET);
        readRemove(container, nextSeq, into);
        return nextSeq;
      }
      default -> {
        OperationPlace place = times.place(DECODING, before, nextSeq);
        Operation operation = readKind(kind, place);
        rules.check(container, operation, place);
        into.addObject(container, operation);
        place.pass(operation);
        return place.nextSeq();
      }
    }
  }

  private long readAdd(ContainerId container, long nextSeq, OperationRows into) {
    Value value = values.value();
    int count = count("entries", references.atMost());
    if (count == 0) {
      into.addAdd(container, value, null, 0);
    } else if (count == 1) {
      long replaced = entry(nextSeq);
      into.addAdd(container, value, references.named(), replaced);
    } else {
      ElementId id = new ElementId(ids.replica(RowMemory.AUTHOR), nextSeq);
      into.addObject(container, new Operation.SetAdd(id, value, entries(count, nextSeq)));
    }
    references.made(nextSeq);
    return OperationPlace.behind(DECODING, nextSeq, 1);
  }

  private void readRemove(ContainerId container, long nextSeq, OperationRows into) {
    int count = count("entries", references.atMost());
    if (count == 1) {
      long observed = entry(nextSeq);
      into.addRemove(container, references.named(), observed);
    } else {
      into.addObject(container, new Operation.SetRemove(entries(count, nextSeq)));
    }
  }

  /** The sequence number of an entry that was made before. */
  private long entry(long nextSeq) {
    long seq = references.elementSeq();
    rules.checkSeen(references.named(), seq, ids.replica(RowMemory.AUTHOR), nextSeq);
    return seq;
  }

  private List<ElementId> entries(int count, long nextSeq) {
    List<ElementId> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long seq = entry(nextSeq);
      entries.add(new ElementId(references.named(), seq));
    }
    return entries;
  }

  private Operation readKind(int kind, OperationPlace place) {
    return switch (kind) {
      case OperationKind.REGISTER_WRITE ->
          new Operation.RegisterWrite(place.stamp(), values.value());
      case OperationKind.REGISTER_CLEAR -> new Operation.RegisterClear(stamp(place));
      case OperationKind.MV_WRITE ->
          new Operation.MvWrite(place.stamp(), values.value(), stamps(place));
      case OperationKind.MV_CLEAR -> new Operation.MvClear(stamps(place));
      case OperationKind.COUNTER_ADD -> new Operation.CounterAdd(place.stamp(), values.integer());
      case OperationKind.COUNTER_RESET -> new Operation.CounterReset(contributions(place));
      case OperationKind.MAP_CLEAR -> new Operation.MapClear(values.key(), stamp(place));
      case OperationKind.LIST_INSERT -> listInsert(place);
      case OperationKind.LIST_DELETE -> new Operation.ListDelete(ranges());
      case OperationKind.LIST_SET ->
          new Operation.ListSet(place.stamp(), references.element(), values.value());
      case OperationKind.LIST_MOVE -> listMove(place);
      default -> throw DECODING.unsupported("operations of kind " + kind + " are unknown");
    };
  }

  private Stamp stamp(OperationPlace place) {
    return references.stamp(place.time());
  }

  private List<Stamp> stamps(OperationPlace place) {
    int count = count("stamps", references.atMost());
    List<Stamp> stamps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      stamps.add(stamp(place));
    }
    return stamps;
  }

  private List<Contribution> contributions(OperationPlace place) {
    int count = count("contributions", references.atMost());
    List<Contribution> contributions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      contributions.add(new Contribution(stamp(place), values.integer()));
    }
    return contributions;
  }

  private Operation listInsert(OperationPlace place) {
    @Nullable ElementId left = references.left();
    @Nullable ElementId right = references.right();
    int count = count("elements", values.atMost());
    List<Content> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(values.content());
    }
    references.made(place.nextSeq() + (count - 1));
    return new Operation.ListInsert(place.firstId(), left, right, items);
  }

  private List<ElementRange> ranges() {
    int count = count("ranges", references.atMost());
    List<ElementRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(references.range(counts));
    }
    return ranges;
  }

  private Operation listMove(OperationPlace place) {
    ElementId element = references.element();
    @Nullable ElementId left = references.left();
    @Nullable ElementId right = references.right();
    references.made(place.nextSeq());
    return new Operation.ListMove(place.stamp(), element, place.firstId(), left, right);
  }

  private int count(String what, int atMost) {
    return Counts.read(limits, what, counts, atMost);
  }

  void checkUsedUp() {
    references.checkUsedUp();
    counts.checkUsedUp("counts");
    values.checkUsedUp();
  }
}
