package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one replica as an editor makes them: typing, deleting both ways, jumps, pastes; and
 * between them writes of a map and edits of a set, some with stamps and ids that are not theirs.
 */
final class RandomChanges {
  static final ReplicaId AUTHOR = ReplicaId.of(1, 1);
  private static final ReplicaId OTHER = ReplicaId.of(2, 2);
  private static final ContainerId BODY = ContainerId.root("body", ContainerType.TEXT);
  private static final ContainerId NOTE = ContainerId.root("note", ContainerType.TEXT);
  private static final ContainerId MAP = ContainerId.root("map", ContainerType.MAP);
  private static final ContainerId SET = ContainerId.root("set", ContainerType.SET);
  private static final ContainerId TITLE = ContainerId.root("title", ContainerType.REGISTER);

  private final SplittableRandom random;
  private long counter = 7;
  private long seq = 100;
  private long time = HybridTimestamp.MIN_VALID.bits();
  private @Nullable ElementId left;
  private @Nullable ElementId right;
  private long deleteAt = 50;

  RandomChanges(long seed) {
    this.random = new SplittableRandom(seed);
  }

  List<Change> next(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(next());
    }
    return changes;
  }

  Change next() {
    List<Dot> dependsOn =
        random.nextInt(6) == 0 ? List.of(new Dot(OTHER, 1 + random.nextInt(9))) : List.of();
    HybridTimestamp before = new HybridTimestamp(time);
    time += random.nextInt(3) == 0 ? 1 + random.nextInt(1 << 20) : 1;
    long firstSeq = seq;
    List<ContainerOperation> operations = new ArrayList<>();
    int several = random.nextInt(5) == 0 ? 1 + random.nextInt(4) : 1;
    for (int i = 0; i < several; i++) {
      operations.add(operation(i));
    }
    Dot dot = new Dot(AUTHOR, counter);
    counter++;
    return new Change(dot, dependsOn, before, new HybridTimestamp(time), firstSeq, operations);
  }

  ContainerOperation operation(int ordinal) {
    ContainerId text = random.nextInt(8) == 0 ? NOTE : BODY;
    return switch (random.nextInt(18)) {
      case 0 ->
          new ContainerOperation(
              TITLE,
              new Operation.RegisterWrite(
                  new Stamp(new HybridTimestamp(time), AUTHOR, ordinal), Value.of(ordinal)));
      case 1 -> {
        left = new ElementId(OTHER, 1 + random.nextInt(50));
        right = random.nextBoolean() ? null : new ElementId(OTHER, 60);
        yield new ContainerOperation(text, insertion());
      }
      case 2 -> new ContainerOperation(text, severalRanges());
      case 3, 4, 5 -> new ContainerOperation(text, deletion());
      case 6 -> new ContainerOperation(MAP, put(ordinal));
      case 7 -> new ContainerOperation(MAP, new Operation.MapRemove(stamp(ordinal), key()));
      case 8, 9 -> new ContainerOperation(SET, add());
      case 10 -> new ContainerOperation(SET, new Operation.SetRemove(entries()));
      default -> new ContainerOperation(text, insertion());
    };
  }

  private Operation put(int ordinal) {
    return new Operation.MapPut(stamp(ordinal), key(), Value.of(random.nextInt(5)));
  }

  private String key() {
    return "key" + random.nextInt(3);
  }

  private Stamp stamp(int ordinal) {
    return switch (random.nextInt(9)) {
      case 0 -> new Stamp(new HybridTimestamp(time), OTHER, ordinal);
      case 1 -> new Stamp(new HybridTimestamp(time), AUTHOR, ordinal + 1);
      case 2 -> new Stamp(new HybridTimestamp(time + 1), AUTHOR, ordinal);
      default -> new Stamp(new HybridTimestamp(time), AUTHOR, ordinal);
    };
  }

  private Operation add() {
    ElementId id =
        switch (random.nextInt(9)) {
          case 0 -> new ElementId(OTHER, seq);
          case 1 -> new ElementId(AUTHOR, seq + 1);
          default -> new ElementId(AUTHOR, seq);
        };
    seq++;
    return new Operation.SetAdd(id, Value.of(random.nextInt(5)), entries());
  }

  private List<ElementId> entries() {
    List<ElementId> entries = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 2 : random.nextInt(2);
    for (int i = 0; i < count; i++) {
      entries.add(new ElementId(random.nextBoolean() ? AUTHOR : OTHER, 1 + random.nextInt(50)));
    }
    return entries;
  }

  private Operation insertion() {
    String units = "abc".substring(0, random.nextInt(4) == 0 ? 3 : 1);
    Operation insert = new Operation.TextInsert(new ElementId(AUTHOR, seq), left, right, units);
    seq += units.length();
    left = new ElementId(AUTHOR, seq - 1);
    return insert;
  }

  private Operation deletion() {
    deleteAt +=
        switch (random.nextInt(6)) {
          case 0 -> 20;
          case 1, 2 -> 1;
          default -> -1;
        };
    deleteAt = Math.max(1, deleteAt);
    ReplicaId owner = random.nextInt(9) == 0 ? AUTHOR : OTHER;
    return new Operation.TextDelete(owner, deleteAt, random.nextInt(9) == 0 ? 2 : 1);
  }

  private Operation severalRanges() {
    List<ElementRange> ranges = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      ranges.add(new ElementRange(new ElementId(OTHER, deleteAt + 3L * i), 1 + random.nextInt(2)));
    }
    return new Operation.TextDelete(ranges);
  }
}
