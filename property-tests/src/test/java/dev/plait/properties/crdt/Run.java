package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A history played with one type: the replicas, all operations they made, and a log to read.
 *
 * @param <C> the type
 * @param <V> what a reader sees
 */
final class Run<C extends Crdt, V> {
  /** Their order is not that of their numbers, nor of their signed halves. */
  private static final List<ReplicaId> NAMES =
      List.of(ReplicaId.of(0, 2), ReplicaId.of(-1, 1), ReplicaId.of(0, 1), ReplicaId.of(1, 0));

  /** One replica. */
  static final class Peer<C extends Crdt> {
    private final int number;
    private final Author author;
    private final BitSet seen = new BitSet();
    private boolean heardSinceEdit = true;
    private C crdt;

    Peer(int number, C crdt) {
      this.number = number;
      this.author = new Author(NAMES.get(number));
      this.crdt = crdt;
    }

    C crdt() {
      return crdt;
    }

    BitSet seen() {
      return (BitSet) seen.clone();
    }
  }

  /** What a patch said, and what there really was before and after it. */
  record Effect<V>(V before, Patch patch, V after) {}

  /** The state a replica had at some time, and the operations it stood for. */
  record Moment(State state, BitSet seen) {}

  /** What a replica did, and what it showed then; only put into words when somebody reads it. */
  private record Line(int replica, String verb, Object object, Object visible) {
    @Override
    public String toString() {
      return "replica " + replica + " " + verb + " " + object + " -> " + visible;
    }
  }

  private final Subject<C, V> subject;
  private final boolean rehearsing;
  private final List<Peer<C>> peers = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final List<Effect<V>> effects = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private final List<String> leftBehind = new ArrayList<>();
  private final List<Line> log = new ArrayList<>();

  private Run(Subject<C, V> subject, int replicas, boolean rehearsing) {
    this.subject = subject;
    this.rehearsing = rehearsing;
    for (int i = 0; i < replicas; i++) {
      peers.add(new Peer<>(i, subject.empty()));
    }
    moments.add(new Moment(subject.empty().state(), new BitSet()));
  }

  /** Plays the history. */
  static <C extends Crdt, V> Run<C, V> of(Subject<C, V> subject, History history) {
    Run<C, V> run = new Run<>(subject, history.replicas(), false);
    history.steps().forEach(run::take);
    return run;
  }

  /** Plays the history, doing and undoing each step before it is done for good. */
  static <C extends Crdt, V> Run<C, V> rehearsed(Subject<C, V> subject, History history) {
    Run<C, V> run = new Run<>(subject, history.replicas(), true);
    history.steps().forEach(run::take);
    return run;
  }

  List<Peer<C>> peers() {
    return peers;
  }

  /** All operations, in a causal order. */
  List<Made> made() {
    return made;
  }

  /** What every delivery and every join did. */
  List<Effect<V>> effects() {
    return effects;
  }

  /** The states of replicas after each step; the first is the empty one. */
  List<Moment> moments() {
    return moments;
  }

  /** The rehearsed steps that could not be undone without a trace. */
  List<String> leftBehind() {
    return leftBehind;
  }

  /** Delivers everything to everybody, to each in an order of its own. */
  void meet() {
    for (Peer<C> peer : peers) {
      deliver(everything(), peer, made.size(), 3 * peer.number + 1);
    }
  }

  /** An instance to which exactly these operations were applied, in the order they were made. */
  C replay(BitSet numbers) {
    C crdt = subject.empty();
    numbers.stream().forEach(number -> crdt.apply(made.get(number).operation(), null));
    return crdt;
  }

  /** The operations of these numbers. */
  List<Made> madeIn(BitSet numbers) {
    return numbers.stream().mapToObj(made::get).toList();
  }

  private void take(Step step) {
    if (step instanceof Step.Edit edit) {
      edit(peers.get(edit.replica()), edit);
    } else if (step instanceof Step.Deliver deliver) {
      BitSet known = peers.get(deliver.from()).seen;
      deliver(known, peers.get(deliver.to()), deliver.count(), deliver.order());
    } else if (step instanceof Step.Repeat repeat) {
      repeat(peers.get(repeat.replica()), repeat.which());
    } else if (step instanceof Step.Join join) {
      join(peers.get(join.from()), peers.get(join.to()));
    } else if (step instanceof Step.Reload reload) {
      Peer<C> peer = peers.get(reload.replica());
      peer.crdt = subject.of(peer.crdt.state());
      note(peer, "goes on", "from its state");
    }
  }

  private void edit(Peer<C> peer, Step.Edit edit) {
    peer.author.begin(edit.sameChange() && !peer.heardSinceEdit);
    rehearse(peer, "edits", "", back -> subject.edit(peer.crdt, edit.choice(), peer.author, back));
    Operation operation = subject.edit(peer.crdt, edit.choice(), peer.author, null);
    if (operation != null) {
      peer.author.used(operation);
      peer.heardSinceEdit = false;
      Made one = new Made(made.size(), peer.number, peer.author.lamport(), operation, peer.seen());
      made.add(one);
      peer.seen.set(one.number());
      note(peer, "makes", one);
      moments.add(new Moment(peer.crdt.state(), peer.seen()));
    }
  }

  private void deliver(BitSet known, Peer<C> to, int count, int order) {
    List<Made> chosen = choose(known, to, count, order);
    rehearse(
        to, "gets", chosen, back -> chosen.forEach(one -> to.crdt.apply(one.operation(), back)));
    for (Made one : chosen) {
      apply(to, one);
      to.seen.set(one.number());
      to.author.hear(one.lamport());
      to.heardSinceEdit = true;
    }
    if (!chosen.isEmpty()) {
      moments.add(new Moment(to.crdt.state(), to.seen()));
    }
  }

  private void repeat(Peer<C> peer, int which) {
    int[] numbers = peer.seen.stream().toArray();
    if (numbers.length > 0) {
      apply(peer, made.get(numbers[which % numbers.length]));
    }
  }

  private void apply(Peer<C> peer, Made one) {
    assertNull(
        peer.crdt.check(one.operation()),
        () -> "replica " + peer.number + " refuses " + one + this);
    V before = subject.visible(peer.crdt);
    Patch patch = peer.crdt.apply(one.operation(), null);
    effects.add(new Effect<>(before, patch, note(peer, "gets", one)));
  }

  private void join(Peer<C> from, Peer<C> to) {
    State state = from.crdt.state();
    rehearse(to, "joins replica", from.number, back -> to.crdt.join(state, back));
    V before = subject.visible(to.crdt);
    Patch patch = to.crdt.join(state, null);
    to.seen.or(from.seen);
    to.author.hear(from.author.lamport());
    to.heardSinceEdit = true;
    effects.add(new Effect<>(before, patch, note(to, "joins replica", from.number)));
    moments.add(new Moment(to.crdt.state(), to.seen()));
  }

  private V note(Peer<C> peer, String verb, Object object) {
    V visible = subject.visible(peer.crdt);
    log.add(new Line(peer.number, verb, object, visible));
    return visible;
  }

  private void rehearse(Peer<C> peer, String verb, Object object, Consumer<Rollback> action) {
    if (rehearsing) {
      Face<V> before = Face.of(subject, peer.crdt);
      Rollback rollback = new Rollback();
      action.accept(rollback);
      rollback.run();
      Face<V> after = Face.of(subject, peer.crdt);
      if (!after.equals(before)) {
        leftBehind.add(new Line(peer.number, verb, object, after) + " was " + before);
      }
    }
  }

  private List<Made> choose(BitSet known, Peer<C> to, int count, int order) {
    List<Made> chosen = new ArrayList<>();
    BitSet seen = to.seen();
    List<Made> ready = ready(known, seen);
    for (int i = 0; i < count && !ready.isEmpty(); i++) {
      Made next = ready.get((order + 5 * i) % ready.size());
      chosen.add(next);
      seen.set(next.number());
      ready = ready(known, seen);
    }
    return chosen;
  }

  private List<Made> ready(BitSet known, BitSet seen) {
    List<Made> ready = new ArrayList<>();
    for (Made one : made) {
      BitSet missing = (BitSet) one.past().clone();
      missing.andNot(seen);
      if (known.get(one.number()) && !seen.get(one.number()) && missing.isEmpty()) {
        ready.add(one);
      }
    }
    return ready;
  }

  private BitSet everything() {
    BitSet all = new BitSet();
    all.set(0, made.size());
    return all;
  }

  /** The log, a line for each step that did something. */
  @Override
  public String toString() {
    return log.stream().map(line -> "\n  " + line).collect(Collectors.joining("", "", "\n"));
  }
}
