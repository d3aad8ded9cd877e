package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Random objects that keep to the rules of the format; equal seeds give equal objects. */
final class RandomSamples {
  private static final String ALPHABET = "ab\u0000é\uff5e漢";

  private final Random random;
  private final List<ReplicaId> others = new ArrayList<>();

  RandomSamples(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      others.add(ReplicaId.of(random.nextLong(), random.nextLong()));
    }
  }

  Random random() {
    return random;
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> List<T> some(int most, Supplier<T> making) {
    List<T> made = new ArrayList<>();
    for (int i = upTo(most); i > 0; i--) {
      made.add(making.get());
    }
    return made;
  }

  /** A long of any magnitude. */
  long anyLong() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }

  /** A number from 1 of any magnitude. */
  long positive() {
    return Math.max(1, random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1)));
  }

  String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = upTo(most); i > 0; i--) {
      if (upTo(9) == 0) {
        text.append("𝄞");
      } else {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return text.toString();
  }

  Value value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> Value.nil();
      case 1 -> Value.of(random.nextBoolean());
      case 2, 3 -> Value.of(anyLong());
      case 4 -> Value.of(Double.longBitsToDouble(random.nextLong()));
      case 5 -> Value.of(text(8));
      case 6 -> Value.of(text(8).getBytes(java.nio.charset.StandardCharsets.UTF_16BE));
      case 7 -> Value.of(some(4, () -> value(depth - 1)));
      default -> {
        Map<String, Value> entries = new HashMap<>();
        for (int i = upTo(4); i > 0; i--) {
          entries.put(text(3), value(depth - 1));
        }
        yield Value.of(entries);
      }
    };
  }

  Content content() {
    return upTo(4) == 0 ? new Child(oneOf(List.of(ContainerType.values()))) : value(3);
  }

  private ElementId otherId() {
    return new ElementId(oneOf(others), positive());
  }

  private Stamp observed() {
    return new Stamp(
        HybridTimestamp.of(
            HybridTimestamp.MIN_VALID.millis() + upTo(1 << 30), random.nextInt(1 << 16)),
        oneOf(others),
        random.nextInt() >>> 1 >>> random.nextInt(31));
  }

  private ElementRange range() {
    ElementId first = new ElementId(oneOf(others), positive() >>> 1 | 1);
    return new ElementRange(first, 1 + upTo(1_000_000));
  }

  /** A container of this type at some depth. */
  private ContainerId container(ContainerType type) {
    int depth = upTo(3);
    if (depth == 0) {
      return ContainerId.root(text(3), type);
    }
    ContainerId parent = ContainerId.root(text(1), oneOf(CARRIERS));
    for (int i = 1; i < depth; i++) {
      parent = childOf(parent, oneOf(CARRIERS));
    }
    return childOf(parent, type);
  }

  private static final List<ContainerType> CARRIERS =
      List.of(ContainerType.MAP, ContainerType.LIST);

  private ContainerId childOf(ContainerId parent, ContainerType type) {
    return parent.type() == ContainerType.MAP
        ? parent.child(text(2), type)
        : parent.child(otherId(), type);
  }

  List<Change> changes() {
    return changes(1 + upTo(4), 5);
  }

  /** So many changes, each of one operation and up to so many more. */
  List<Change> changes(int count, int more) {
    HybridTimestamp start =
        HybridTimestamp.of(HybridTimestamp.MIN_VALID.millis() + (1L << 40), upTo(100));
    ChangeMaker maker =
        new ChangeMaker(
            ReplicaId.of(random.nextLong(), random.nextLong()),
            positive() >>> 1 | 1,
            start,
            positive() >>> 1 | 1);
    List<Change> changes = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      TreeSet<ReplicaId> heads = new TreeSet<>(some(3, () -> oneOf(others)));
      maker.after(heads.stream().map(head -> new Dot(head, positive())).toArray(Dot[]::new));
      for (int k = 1 + upTo(more); k > 0; k--) {
        addOperation(maker);
      }
      changes.add(maker.end(upTo(3) == 0 ? 0 : 1 + upTo(1 << 20)));
    }
    return changes;
  }

  private void addOperation(ChangeMaker maker) {
    ContainerType type = oneOf(List.of(ContainerType.values()));
    ContainerId container = container(type);
    boolean adds = random.nextBoolean();
    switch (type) {
      case REGISTER ->
          maker.stamped(
              container,
              stamp ->
                  adds
                      ? new Operation.RegisterWrite(stamp, value(3))
                      : new Operation.RegisterClear(observed()));
      case MV_REGISTER ->
          maker.stamped(
              container,
              stamp ->
                  adds
                      ? new Operation.MvWrite(stamp, value(3), some(3, this::observed))
                      : new Operation.MvClear(some(3, this::observed)));
      case SET -> addSetOperation(maker, container, adds);
      case COUNTER ->
          maker.stamped(
              container,
              stamp ->
                  adds
                      ? new Operation.CounterAdd(stamp, anyLong() | 1)
                      : new Operation.CounterReset(
                          some(3, () -> new Contribution(observed(), anyLong()))));
      case MAP ->
          maker.stamped(
              container,
              stamp ->
                  adds
                      ? new Operation.MapPut(stamp, text(4), content())
                      : upTo(1) == 0
                          ? new Operation.MapRemove(stamp, text(4))
                          : new Operation.MapClear(text(4), observed()));
      case LIST -> {
        if (upTo(2) == 0) {
          addListOperation(maker, container, adds);
        } else {
          addSequenceOperation(maker, container, adds);
        }
      }
      case TEXT -> addSequenceOperation(maker, container, adds);
    }
  }

  private void addSetOperation(ChangeMaker maker, ContainerId container, boolean adds) {
    if (adds) {
      maker.making(1, container, id -> new Operation.SetAdd(id, value(3), some(3, this::otherId)));
    } else {
      maker.stamped(container, stamp -> new Operation.SetRemove(some(3, this::otherId)));
    }
  }

  private void addListOperation(ChangeMaker maker, ContainerId container, boolean moves) {
    Stamp stamp = maker.nextStamp();
    if (moves) {
      ElementId left = upTo(2) == 0 ? null : otherId();
      ElementId right = upTo(2) == 0 ? null : otherId();
      maker.making(1, container, id -> new Operation.ListMove(stamp, otherId(), id, left, right));
    } else {
      maker.stamped(container, at -> new Operation.ListSet(at, otherId(), value(3)));
    }
  }

  private void addSequenceOperation(ChangeMaker maker, ContainerId container, boolean adds) {
    ElementId left = upTo(2) == 0 ? null : otherId();
    ElementId right = upTo(2) == 0 ? null : otherId();
    boolean isText = container.type() == ContainerType.TEXT;
    if (adds && isText) {
      String text = "x" + text(10);
      maker.making(text.length(), container, id -> new Operation.TextInsert(id, left, right, text));
    } else if (adds) {
      List<Content> items = new ArrayList<>(some(3, this::content));
      items.add(content());
      maker.making(items.size(), container, id -> new Operation.ListInsert(id, left, right, items));
    } else {
      List<ElementRange> ranges = new ArrayList<>(some(3, this::range));
      if (isText) {
        ranges.add(range());
      }
      maker.stamped(
          container,
          stamp -> isText ? new Operation.TextDelete(ranges) : new Operation.ListDelete(ranges));
    }
  }
}
