package dev.plait.properties.exhaustive;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.properties.history.Choice;
import dev.plait.properties.specification.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * A history too long to try all of its kind: four replicas that edit one container and hear from
 * each other, as choices tell them.
 */
final class RandomHistory<C extends Crdt> {
  /** Their order is not that of their numbers, nor of their signed halves. */
  private static final List<ReplicaId> NAMES =
      List.of(ReplicaId.of(0, 2), ReplicaId.of(-1, 1), ReplicaId.of(0, 1), ReplicaId.of(1, 0));

  private final SmallType<C> type;
  private final List<Replica<C>> replicas = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();

  /** What a replica has, and the next id it gives out. */
  private static final class Replica<C> {
    private final ReplicaId name;
    private final C crdt;
    private final BitSet seen = new BitSet();
    private int time;
    private long nextSeq = 1;

    Replica(ReplicaId name, C crdt) {
      this.name = name;
      this.crdt = crdt;
    }
  }

  private RandomHistory(SmallType<C> type) {
    this.type = type;
    NAMES.forEach(name -> replicas.add(new Replica<>(name, type.empty())));
  }

  /** Plays a history; three of four choices are edits. */
  static <C extends Crdt> RandomHistory<C> of(SmallType<C> type, List<Choice> choices) {
    RandomHistory<C> history = new RandomHistory<>(type);
    for (Choice choice : choices) {
      Replica<C> replica = choice.placeIn(history.replicas);
      if (choice.kindOf(4) == 0) {
        history.hear(replica, choice.contentOf(history.replicas).seen, choice.size() % 8);
      } else {
        history.edit(replica, choice);
      }
    }
    return history;
  }

  /** What each replica shows, and what it should show. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    for (Replica<C> replica : replicas) {
      List<Event> seen = new ArrayList<>(replica.seen.stream().mapToObj(events::get).toList());
      Collections.reverse(seen);
      Object specified = type.specified(seen);
      Object visible = type.visible(replica.crdt);
      if (!specified.equals(visible)) {
        wrong.add(replica.name + " shows " + visible + ", not " + specified);
      }
    }
    return wrong;
  }

  /** Everybody hears everything. */
  void meet() {
    BitSet all = new BitSet();
    all.set(0, events.size());
    replicas.forEach(replica -> hear(replica, all, events.size()));
  }

  private void edit(Replica<C> replica, Choice choice) {
    List<SmallType.Edit<C>> edits = type.edits(replica.crdt);
    SmallType.Edit<C> edit = edits.get((choice.content() + 7 * choice.kind()) % edits.size());
    replica.time++;
    HybridTimestamp time = new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + replica.time);
    Stamp stamp = new Stamp(time, replica.name, 0);
    ElementId id = new ElementId(replica.name, replica.nextSeq);
    Operation operation = type.make(edit, replica.crdt, stamp, id, null);
    replica.nextSeq += operation.idsUsed();
    Event event = Event.of(events.size(), replica.seen, operation);
    replica.seen.set(events.size());
    events.add(event);
    operations.add(operation);
    times.add(replica.time);
    log.append("\n  ").append(replica.name.brief()).append(" makes ").append(event);
  }

  /** Delivers up to {@code most} of the operations that were seen elsewhere, as they were made. */
  private void hear(Replica<C> to, BitSet known, int most) {
    BitSet missing = (BitSet) known.clone();
    missing.andNot(to.seen);
    int left = most;
    for (int number = missing.nextSetBit(0); number >= 0 && left > 0; left--) {
      type.apply(to.crdt, operations.get(number), null);
      to.seen.set(number);
      to.time = Math.max(to.time, times.get(number));
      number = missing.nextSetBit(number + 1);
    }
    log.append("\n  ").append(to.name.brief()).append(" has now seen ").append(to.seen);
  }

  /** The log. */
  @Override
  public String toString() {
    return type + log.toString();
  }
}
