package dev.plait.properties.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A history, played with one type: the replicas and all operations they made.
 *
 * <p>Replicas are numbered from 0, in the order in which the history first has to do with them.
 *
 * @param <S> the state of one replica
 * @param <O> an operation
 */
public final class Run<S, O> {
  private static final int NOBODY = -1;

  /** One replica. */
  private static final class Peer<S> {
    final int number;
    final Author author;
    final BitSet seen = new BitSet();
    boolean heardSinceEdit = true;
    S state;

    Peer(int number, S state) {
      this.number = number;
      this.author = new Author(number);
      this.state = state;
    }
  }

  private final Subject<S, O> subject;
  private final History history;
  private final @Nullable Story story;
  private final List<Peer<S>> peers = new ArrayList<>();
  private final List<Made<O>> made = new ArrayList<>();

  /** Which replica each of those is whom the history has to do with. */
  private final int[] numbers;

  private int arrived;
  private int taken;
  private boolean met;

  Run(Subject<S, O> subject, History history) {
    this(subject, history, null);
  }

  private Run(Subject<S, O> subject, History history, @Nullable Story story) {
    this.subject = subject;
    this.history = history;
    this.story = story;
    this.numbers = new int[history.replicas()];
    Arrays.fill(numbers, NOBODY);
    for (int i = 0; i < history.replicas(); i++) {
      peers.add(new Peer<>(i, subject.empty()));
    }
  }

  /** Plays the whole history. */
  public void play() {
    play(replica -> {});
  }

  /**
   * Plays the whole history.
   *
   * @param afterEach is told, after each step that did something, which replica it was done to
   */
  public void play(IntConsumer afterEach) {
    for (Step step : history.steps()) {
      taken++;
      int replica = take(step);
      if (replica != NOBODY) {
        afterEach.accept(replica);
      }
    }
  }

  /**
   * Delivers to everybody what is missing: to the first in the order in which it was made, to the
   * second the latest first, as far as causality allows, to the third mixed.
   */
  public void meet() {
    met = true;
    if (story != null) {
      story.heading("now everybody gets what is missing");
    }
    BitSet all = new BitSet();
    all.set(1, made.size() + 1);
    for (Peer<S> peer : peers) {
      deliver(
          all, peer, made.size(), peer.number == 1 ? -1 : peer.number, peer.number == 2 ? 5 : 0);
    }
  }

  /** How many replicas there are. */
  public int replicas() {
    return peers.size();
  }

  /** What the replica has come to; the live state. */
  public S state(int replica) {
    return peers.get(replica).state;
  }

  /** Whatever the replica has made or heard of, in the order in which it was made. */
  public List<Made<O>> held(int replica) {
    return peers.get(replica).seen.stream().mapToObj(number -> made.get(number - 1)).toList();
  }

  /** Whatever one of the two replicas has made or heard of, in the order in which it was made. */
  public List<Made<O>> held(int replica, int other) {
    BitSet both = (BitSet) peers.get(replica).seen.clone();
    both.or(peers.get(other).seen);
    return both.stream().mapToObj(number -> made.get(number - 1)).toList();
  }

  /** All operations, in the order in which they were made. */
  public List<Made<O>> made() {
    return List.copyOf(made);
  }

  /** A new state that exactly these operations were applied to. */
  public S replay(List<Made<O>> operations) {
    S state = subject.empty();
    operations.forEach(one -> subject.apply(state, one.operation()));
    return state;
  }

  /** What the replica is called in the story. */
  public String name(int replica) {
    return peers.get(replica).author.name();
  }

  private int take(Step step) {
    int who = step.replica() % numbers.length;
    int with = (who + 1 + step.peer() % (numbers.length - 1)) % numbers.length;
    return switch (step.kind()) {
      case EDIT -> edit(peer(who), step);
      case DELIVER ->
          isKnown(with)
              ? deliver(peer(with).seen, peer(who), step.number() + 1, step.order(), 5)
              : NOBODY;
      case REPEAT -> isKnown(who) ? repeat(peer(who), step.order()) : NOBODY;
      case JOIN -> join(peer(who), peer(with));
      case RELOAD -> reload(peer(who));
    };
  }

  private boolean isKnown(int who) {
    return numbers[who] != NOBODY;
  }

  private Peer<S> peer(int who) {
    if (!isKnown(who)) {
      numbers[who] = arrived++;
    }
    return peers.get(numbers[who]);
  }

  private int edit(Peer<S> peer, Step step) {
    peer.author.begin(step.number() % 2 == 1 && !peer.heardSinceEdit);
    begin(peer, "edits");
    O operation = subject.edit(peer.state, step.choice(), peer.author);
    if (operation == null) {
      return NOBODY;
    }
    peer.heardSinceEdit = false;
    int number = made.size() + 1;
    BitSet past = (BitSet) peer.seen.clone();
    made.add(new Made<>(number, peer.number, peer.author.lamport(), operation, past));
    peer.seen.set(number);
    if (story != null) {
      tell("#" + number + " ", peer, subject.wordsOf(operation));
    }
    return peer.number;
  }

  private int deliver(BitSet known, Peer<S> to, int most, int order, int stride) {
    int delivered = 0;
    for (List<Made<O>> ready = ready(known, to);
        delivered < most && !ready.isEmpty();
        ready = ready(known, to)) {
      int place = Math.floorMod(order + stride * delivered, ready.size());
      Made<O> one = ready.get(place);
      begin(to, "gets #" + one.number());
      subject.apply(to.state, one.operation());
      to.seen.set(one.number());
      to.author.hear(one.lamport());
      to.heardSinceEdit = true;
      delivered++;
      tell("", to, "gets #" + one.number());
    }
    return delivered == 0 ? NOBODY : to.number;
  }

  private List<Made<O>> ready(BitSet known, Peer<S> to) {
    List<Made<O>> ready = new ArrayList<>();
    BitSet missing = new BitSet();
    for (Made<O> one : made) {
      missing.clear();
      missing.or(one.past());
      missing.andNot(to.seen);
      if (known.get(one.number()) && !to.seen.get(one.number()) && missing.isEmpty()) {
        ready.add(one);
      }
    }
    return ready;
  }

  private int repeat(Peer<S> peer, int which) {
    int[] held = peer.seen.stream().toArray();
    if (held.length == 0) {
      return NOBODY;
    }
    int number = held[which % held.length];
    begin(peer, "gets #" + number + " again");
    subject.apply(peer.state, made.get(number - 1).operation());
    tell("", peer, "gets #" + number + " again");
    return peer.number;
  }

  private int join(Peer<S> peer, Peer<S> from) {
    begin(peer, "joins the state of " + from.author.name());
    subject.join(peer.state, from.state);
    peer.seen.or(from.seen);
    peer.author.hear(from.author.lamport());
    peer.heardSinceEdit = true;
    tell("", peer, "joins the state of " + from.author.name());
    return peer.number;
  }

  private int reload(Peer<S> peer) {
    begin(peer, "goes on from a snapshot");
    peer.state = subject.load(subject.save(peer.state));
    tell("", peer, "goes on from a snapshot");
    return peer.number;
  }

  private void begin(Peer<S> who, String what) {
    if (story != null) {
      story.begin(who.author.name() + " " + what);
    }
  }

  private void tell(String number, Peer<S> who, String what) {
    if (story != null) {
      String name = who.author.name();
      story.line(number, name + " " + what, name + ": " + subject.show(who.state));
    }
  }

  /** What has happened so far, a line each, and what its replica showed then. */
  @Override
  public String toString() {
    Story told = new Story();
    Run<S, O> again = new Run<>(subject, history, told);
    try {
      again.playTo(taken, met);
    } catch (RuntimeException | AssertionError failed) {
      told.fails(failed);
    }
    return told.toString();
  }

  private void playTo(int steps, boolean meeting) {
    history.steps().subList(0, steps).forEach(this::take);
    if (meeting) {
      meet();
    }
  }
}
