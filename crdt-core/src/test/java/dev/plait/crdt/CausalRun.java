package dev.plait.crdt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Some replicas of one data type that edit, exchange operations in causal order and merge states,
 * all at random.
 */
final class CausalRun {
  final Subject subject;
  final List<Peer> peers = new ArrayList<>();
  private final List<Made> log = new ArrayList<>();
  private final Random random;

  /** An operation, and how many of each peer its maker had seen. */
  record Made(int author, List<Integer> seenBefore, long time, Operation operation) {}

  /** One replica. */
  final class Peer {
    final int number;
    final Site site;
    final Crdt crdt = subject.empty();
    private final int[] seen;

    Peer(int number, int peers) {
      this.number = number;
      this.site = new Site(number + 1);
      this.seen = new int[peers];
    }

    boolean hasSeen(Made made) {
      return made.seenBefore().get(made.author()) < seen[made.author()];
    }

    boolean isReadyFor(Made made) {
      for (int i = 0; i < seen.length; i++) {
        if (seen[i] < made.seenBefore().get(i)) {
          return false;
        }
      }
      return !hasSeen(made);
    }

    void edit() {
      Operation operation = subject.edit(crdt, site, random, null);
      if (operation != null) {
        log.add(new Made(number, Arrays.stream(seen).boxed().toList(), site.time(), operation));
        seen[number]++;
      }
    }

    Patch receive(Made made) {
      Patch patch = crdt.apply(made.operation(), null);
      site.observe(made.time());
      seen[made.author()]++;
      return patch;
    }

    Patch join(Peer other) {
      Patch patch = crdt.join(other.crdt.state(), null);
      site.observe(other.site);
      for (int i = 0; i < seen.length; i++) {
        seen[i] = Math.max(seen[i], other.seen[i]);
      }
      return patch;
    }

    /** The operations this peer has seen, in an order that respects causality. */
    List<Operation> history() {
      return log.stream().filter(this::hasSeen).map(Made::operation).toList();
    }

    /** Operations that can come next, in the order they were made. */
    List<Made> ready() {
      return log.stream().filter(this::isReadyFor).toList();
    }

    /** Receives one operation that can come next, if there is any. */
    boolean receiveAny() {
      List<Made> ready = ready();
      if (ready.isEmpty()) {
        return false;
      }
      receive(ready.get(random.nextInt(ready.size())));
      return true;
    }
  }

  CausalRun(Subject subject, int peers, Random random) {
    this.subject = subject;
    this.random = random;
    for (int i = 0; i < peers; i++) {
      this.peers.add(new Peer(i, peers));
    }
  }

  /** A run of so many steps. */
  static CausalRun of(Subject subject, int peers, int steps, Random random) {
    CausalRun run = new CausalRun(subject, peers, random);
    for (int i = 0; i < steps; i++) {
      run.step();
    }
    return run;
  }

  void step() {
    Peer peer = anyPeer();
    switch (random.nextInt(8)) {
      case 0 -> peer.join(anyPeer());
      case 1, 2, 3 -> peer.receiveAny();
      default -> peer.edit();
    }
    subject.checkInvariants(peer.crdt);
  }

  Peer anyPeer() {
    return peers.get(random.nextInt(peers.size()));
  }

  /** Everybody receives everything, in orders of their own. */
  void settle() {
    for (Peer peer : peers) {
      while (peer.receiveAny()) {
        subject.checkInvariants(peer.crdt);
      }
    }
  }

  /** A new instance that applies these operations in this order. */
  Crdt replay(List<Operation> operations) {
    Crdt crdt = subject.empty();
    operations.forEach(operation -> crdt.apply(operation, null));
    return crdt;
  }
}
