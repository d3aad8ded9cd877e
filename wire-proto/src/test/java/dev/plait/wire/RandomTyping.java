package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a person at a keyboard makes, as far as the shape of the operations goes: typing on, moving
 * the cursor, deleting in both directions, pasting, between texts of two others.
 */
final class RandomTyping {
  private static final List<ContainerId> TEXTS = List.of(Samples.BODY, Samples.TEXT);

  private final Random random;
  private final List<ReplicaId> all = List.of(Samples.ADA, Samples.BOB, Samples.CYD);
  private final ChangeMaker maker;

  RandomTyping(long seed) {
    random = new Random(seed);
    maker = new ChangeMaker(Samples.ADA, 1 + random.nextInt(99), start(), 500);
  }

  private static HybridTimestamp start() {
    return Samples.NOON;
  }

  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    ContainerId text = Samples.BODY;
    for (int burst = 1 + random.nextInt(6); burst > 0; burst--) {
      text = random.nextInt(4) == 0 ? TEXTS.get(random.nextInt(2)) : text;
      int pause = random.nextInt(3) == 0 ? random.nextInt(900) : 100;
      if (random.nextInt(4) == 0) {
        maker.after(new Dot(Samples.BOB, 1 + random.nextInt(300)));
      }
      switch (random.nextInt(5)) {
        case 0, 1 -> type(changes, text, pause);
        case 2 -> delete(changes, text, pause, true);
        case 3 -> delete(changes, text, pause, false);
        default -> mixed(changes, text, pause);
      }
    }
    return changes;
  }

  private ElementId someone() {
    ReplicaId replica = all.get(random.nextInt(3));
    return new ElementId(replica, 1 + random.nextInt(400));
  }

  private ElementId last() {
    return maker.nextId().plus(-1);
  }

  private void type(List<Change> changes, ContainerId text, int pause) {
    ElementId left =
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> last();
          default -> someone();
        };
    ElementId right =
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> left == null ? null : left.plus(left.equals(last()) ? 0 : 1);
          default -> someone();
        };
    String unit = List.of("x", "é", "𝄞", "漢").get(random.nextInt(20) == 0 ? random.nextInt(4) : 0);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      ElementId from = left;
      maker.making(unit.length(), text, id -> new Operation.TextInsert(id, from, right, unit));
      left = last();
      end(changes, i == 1, pause);
    }
  }

  private void delete(List<Change> changes, ContainerId text, int pause, boolean back) {
    ElementId at = random.nextInt(3) == 0 ? last() : someone();
    int width = random.nextInt(6) == 0 ? 3 : 1;
    for (int i = 1 + random.nextInt(6); i > 0 && at.seq() >= width; i--) {
      ElementId first = at.plus(1 - width);
      if (!at.replica().equals(Samples.ADA) || at.seq() < maker.nextId().seq()) {
        delete(text, List.of(new ElementRange(first, width)));
        end(changes, i == 1, pause);
      }
      long next = back ? at.seq() - width : at.seq() + width;
      at = new ElementId(at.replica(), Math.max(1, next));
    }
    if (maker.hasOperations()) {
      changes.add(maker.end(pause));
    }
  }

  private void delete(ContainerId text, List<ElementRange> ranges) {
    maker.stamped(text, stamp -> new Operation.TextDelete(ranges));
  }

  private void mixed(List<Change> changes, ContainerId text, int pause) {
    delete(
        text,
        List.of(
            new ElementRange(someone(), 1 + random.nextInt(3)),
            new ElementRange(someone(), 1),
            new ElementRange(someone(), 2)));
    maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    maker.making(5, text, id -> new Operation.TextInsert(id, someone(), null, "paste"));
    changes.add(maker.end(pause));
  }

  /** Sometimes several operations are one change. */
  private void end(List<Change> changes, boolean last, int pause) {
    if (last || random.nextInt(5) > 0) {
      changes.add(maker.end(pause));
    }
  }
}
