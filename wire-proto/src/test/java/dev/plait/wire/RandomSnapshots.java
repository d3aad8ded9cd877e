package dev.plait.wire;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.State;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random snapshots that keep to the rules of the format; equal seeds give equal ones. */
final class RandomSnapshots {
  private static final HybridTimestamp LAST = Samples.NOON;

  private final RandomSamples random;
  private final List<ReplicaId> replicas;
  private final long[] nextSeqs;

  RandomSnapshots(long seed) {
    random = new RandomSamples(seed);
    TreeSet<ReplicaId> sorted = new TreeSet<>();
    for (int i = 1 + random.upTo(4); i > 0; i--) {
      sorted.add(ReplicaId.of(random.random().nextLong(), random.anyLong()));
    }
    replicas = List.copyOf(sorted);
    nextSeqs = new long[replicas.size()];
    for (int i = 0; i < nextSeqs.length; i++) {
      nextSeqs[i] = 1L + random.upTo(1_000_000);
    }
  }

  Snapshot snapshot() {
    TreeMap<ContainerId, State> states = new TreeMap<>();
    for (int i = random.upTo(8); i > 0; i--) {
      ContainerType type = random.oneOf(List.of(ContainerType.values()));
      ContainerId container = ContainerId.root(random.text(4), type);
      if (random.upTo(1) == 0) {
        container =
            ContainerId.root(random.text(1), ContainerType.LIST)
                .child(newId(1), ContainerType.MAP)
                .child(random.text(2), type);
      }
      if (!states.containsKey(container)) {
        states.put(container, state(type));
      }
    }
    List<Snapshot.ContainerState> containers = new ArrayList<>();
    states.forEach((id, state) -> containers.add(new Snapshot.ContainerState(id, state)));
    List<Snapshot.Author> authors = new ArrayList<>();
    for (int i = 0; i < nextSeqs.length; i++) {
      authors.add(new Snapshot.Author(replicas.get(i), random.positive(), nextSeqs[i], LAST));
    }
    List<Dot> heads = new ArrayList<>();
    for (Snapshot.Author author : authors) {
      if (heads.isEmpty() || random.upTo(1) == 0) {
        heads.add(new Dot(author.replica(), author.counter()));
      }
    }
    return new Snapshot(random.text(9), Frontier.of(heads), authors, containers);
  }

  private ElementId newId(int length) {
    int author = random.upTo(nextSeqs.length - 1);
    ElementId id = new ElementId(replicas.get(author), nextSeqs[author]);
    nextSeqs[author] += length + random.upTo(3);
    return id;
  }

  private Stamp stamp(ReplicaId replica) {
    return new Stamp(
        HybridTimestamp.of(LAST.millis() - random.upTo(1 << 30), random.upTo(9)),
        replica,
        random.upTo(300));
  }

  private Stamp stamp() {
    return stamp(random.oneOf(replicas));
  }

  private List<Stamp> stampOfSome() {
    return new TreeSet<>(random.some(3, () -> random.oneOf(replicas)))
        .stream().map(this::stamp).toList();
  }

  private List<Contribution> contributions() {
    return stampOfSome().stream().map(last -> new Contribution(last, random.anyLong())).toList();
  }

  private State state(ContainerType type) {
    return switch (type) {
      case REGISTER ->
          random.upTo(3) == 0
              ? new State.OfRegister(null, null)
              : new State.OfRegister(stamp(), random.upTo(3) == 0 ? null : random.value(3));
      case MV_REGISTER ->
          new State.OfMvRegister(
              new TreeSet<>(random.some(3, this::stamp))
                  .stream().map(stamp -> new State.MvEntry(stamp, random.value(2))).toList(),
              stampOfSome());
      case SET -> set();
      case COUNTER -> new State.OfCounter(contributions(), contributions());
      case MAP -> map();
      case LIST -> list();
      case TEXT -> text();
    };
  }

  private State set() {
    TreeSet<ElementId> ids = new TreeSet<>(random.some(5, () -> newId(1)));
    TreeMap<ReplicaId, ElementId> seen = new TreeMap<>();
    ids.forEach(id -> seen.put(id.replica(), id));
    return new State.OfSet(
        ids.stream().map(id -> new State.SetEntry(id, random.value(2))).toList(),
        List.copyOf(seen.values()));
  }

  private State map() {
    TreeSet<String> keys = new TreeSet<>(Unicode.CODE_POINT_ORDER);
    keys.addAll(random.some(5, () -> random.text(4)));
    List<State.MapEntry> entries = new ArrayList<>();
    for (String key : keys) {
      boolean cleared = random.upTo(3) == 0;
      Content content = cleared || random.upTo(3) == 0 ? null : random.content();
      entries.add(new State.MapEntry(key, stamp(), cleared, content));
    }
    return new State.OfMap(entries);
  }

  private State text() {
    List<State.TextRun> runs = new ArrayList<>();
    ElementId left = null;
    for (int i = random.upTo(5); i > 0; i--) {
      // Cut somewhere, also inside a pair, and delete some.
      String text = "x" + random.text(6);
      text = random.upTo(1) == 0 ? text : text.substring(0, 1 + random.upTo(text.length() - 1));
      ElementId first = newId(text.length() + 1);
      runs.add(
          new State.TextRun(
              first, text.length(), left, newId(1), random.upTo(2) == 0 ? null : text));
      left = first;
    }
    return new State.OfText(runs);
  }

  private State list() {
    List<State.ListRun> runs = new ArrayList<>();
    for (int i = random.upTo(4); i > 0; i--) {
      List<Content> items = new ArrayList<>(random.some(3, random::content));
      items.add(random.content());
      ElementId first = newId(items.size());
      runs.add(
          new State.ListRun(
              first, items.size(), newId(1), null, random.upTo(2) == 0 ? null : items));
    }
    State.OfList list = new State.OfList(runs);
    List<ElementRange> positions = new ArrayList<>();
    List<State.MovedElement> moved = new ArrayList<>();
    List<State.ReplacedElement> replaced = new ArrayList<>();
    TreeSet<ElementId> firsts = new TreeSet<>();
    runs.forEach(run -> firsts.add(run.first()));
    for (ElementId id : firsts) {
      switch (random.upTo(3)) {
        case 0 -> positions.add(new ElementRange(id, 1));
        case 1 -> moved.add(new State.MovedElement(id, stamp(), newId(1)));
        case 2 -> replaced.add(new State.ReplacedElement(id, stamp()));
        default -> moved.add(new State.MovedElement(id, stamp(), id));
      }
    }
    return new State.OfList(list.columns(), list.visible(), positions, moved, replaced);
  }
}
