package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.crdt.Operation;
import dev.plait.properties.law.Made;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A history played with texts and lists beside their oracles, who are asked after every step. */
final class TwinRun {
  private final List<TwinPeer> peers = new ArrayList<>();
  private final List<Made<Operation>> made = new ArrayList<>();

  /** What replicas that had seen the same operations had in common. */
  private final Map<BitSet, String> known = new HashMap<>();

  private TwinRun(int replicas) {
    for (int i = 0; i < replicas; i++) {
      peers.add(new TwinPeer(i));
    }
  }

  /** Plays the history. */
  static TwinRun of(int replicas, List<TwinStep> steps) {
    TwinRun run = new TwinRun(replicas);
    steps.forEach(run::take);
    return run;
  }

  /** Delivers everything to everybody, to each in an order of its own. */
  void meet() {
    BitSet all = new BitSet();
    all.set(0, made.size());
    for (TwinPeer peer : peers) {
      TwinStep.Form[] forms = TwinStep.Form.values();
      deliver(all, peer, made.size(), 3 * peer.number + 1, forms[peer.number % forms.length]);
      assertEquals(all, peer.seen);
    }
  }

  private void take(TwinStep step) {
    if (step instanceof TwinStep.Edit edit) {
      edit(peer(edit.replica()), edit);
    } else if (step instanceof TwinStep.Deliver deliver) {
      BitSet source = peer(deliver.from()).seen();
      deliver(source, peer(deliver.to()), deliver.count(), deliver.order(), deliver.form());
    } else if (step instanceof TwinStep.Repeat repeat) {
      repeat(peer(repeat.replica()), repeat.which());
    } else if (step instanceof TwinStep.Join join) {
      join(peer(join.from()), peer(join.to()));
    } else if (step instanceof TwinStep.Reload reload) {
      TwinPeer peer = peer(reload.replica());
      peer.text.twin.openAs(peer.text.twin.state());
      peer.list.twin.openAs(peer.list.twin.state());
    } else if (step instanceof TwinStep.Forge forge) {
      TwinPeer peer = peer(forge.replica());
      Twin<?, ?> twin = (forge.list() ? peer.list : peer.text).twin;
      twin.tryOut(Forgery.of(twin, peer.nextId(), forge.choice(), forge.origins()));
    }
  }

  private TwinPeer peer(int number) {
    return peers.get(number % peers.size());
  }

  private void edit(TwinPeer peer, TwinStep.Edit edit) {
    for (Operation operation : peer.edit(edit.list() ? peer.list : peer.text, edit.choice())) {
      int number = made.size();
      made.add(new Made<>(number, peer.number, number, operation, peer.seen()));
      peer.seen.set(number);
    }
    compare(peer);
  }

  private void deliver(BitSet source, TwinPeer to, int count, int order, TwinStep.Form form) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Made<Operation>> ready = ready(source, to);
      if (!ready.isEmpty()) {
        Made<Operation> next = ready.get((order + 5 * i) % ready.size());
        to.seen.set(next.number());
        to.hear(next.operation());
        operations.add(next.operation());
      }
    }
    if (form == TwinStep.Form.ONE_BY_ONE) {
      for (Operation operation : operations) {
        assertTrue(to.twinOf(operation).apply(operation));
      }
    } else {
      Map<Twin<?, ?>, List<Operation>> each =
          operations.stream().collect(Collectors.groupingBy(to::twinOf));
      each.forEach((twin, some) -> twin.applyAll(some, form == TwinStep.Form.IN_PIECES));
    }
    compare(to);
  }

  private List<Made<Operation>> ready(BitSet source, TwinPeer to) {
    List<Made<Operation>> ready = new ArrayList<>();
    for (Made<Operation> one : made) {
      BitSet missing = (BitSet) one.past().clone();
      missing.andNot(to.seen);
      if (source.get(one.number()) && !to.seen.get(one.number()) && missing.isEmpty()) {
        ready.add(one);
      }
    }
    return ready;
  }

  private void repeat(TwinPeer peer, int which) {
    int[] numbers = peer.seen.stream().toArray();
    if (numbers.length > 0) {
      Operation operation = made.get(numbers[which % numbers.length]).operation();
      assertTrue(peer.twinOf(operation).apply(operation));
      compare(peer);
    }
  }

  private void join(TwinPeer from, TwinPeer to) {
    assertTrue(to.text.twin.join(from.text.twin.state()));
    assertTrue(to.list.twin.join(from.list.twin.state()));
    to.seen.or(from.seen);
    to.hear(from);
    compare(to);
  }

  /** Whoever has seen the same has the same canonical bytes. */
  private void compare(TwinPeer peer) {
    String bytes = peer.text.twin.canonical() + "," + peer.list.twin.canonical();
    String before = known.putIfAbsent(peer.seen(), bytes);
    if (before != null) {
      assertEquals(before, bytes);
    }
  }
}
