package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws of merging, for every type, on random causal histories. */
class MergeLawsTest {
  private static final int RUNS = 60;
  private static final int PEERS = 4;
  private static final int STEPS = 60;

  private static CausalRun run(Subject subject, int seed) {
    return CausalRun.of(subject, PEERS, STEPS, new Random(seed));
  }

  private static Crdt joined(Subject subject, Crdt... parts) {
    Crdt whole = subject.empty();
    for (Crdt part : parts) {
      whole.join(part.state(), null);
    }
    return whole;
  }

  @ParameterizedTest
  @EnumSource
  void replicasThatHaveSeenTheSameAreTheSame(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      run.settle();
      Crdt first = run.peers.get(0).crdt;
      for (CausalRun.Peer peer : run.peers) {
        assertEquals(canonical(first), canonical(peer.crdt), "seed " + seed);
        assertEquals(first.state(), peer.crdt.state());
        assertEquals(subject.visible(first), subject.visible(peer.crdt));
        assertEquals(first.hasContent(), peer.crdt.hasContent());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void joiningAStateEqualsApplyingItsOperations(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      CausalRun.Peer here = run.anyPeer();
      CausalRun.Peer there = run.anyPeer();
      here.join(there);
      subject.checkInvariants(here.crdt);
      assertEquals(canonical(run.replay(here.history())), canonical(here.crdt), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void joinIsCommutativeAssociativeAndIdempotent(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      Crdt a = run.peers.get(0).crdt;
      Crdt b = run.peers.get(1).crdt;
      Crdt c = run.peers.get(2).crdt;
      String all = canonical(joined(subject, a, b, c));
      assertEquals(canonical(joined(subject, a, b)), canonical(joined(subject, b, a)));
      assertEquals(all, canonical(joined(subject, a, joined(subject, b, c))));
      assertEquals(all, canonical(joined(subject, joined(subject, c, b), a)));
      assertEquals(canonical(a), canonical(joined(subject, a, a)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatArrivesAgainChangesNothing(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      CausalRun.Peer peer = run.anyPeer();
      String before = canonical(peer.crdt);
      List<Operation> again = new ArrayList<>(peer.history());
      again.addAll(peer.history());
      for (Operation operation : again) {
        assertTrue(peer.crdt.apply(operation, null).isEmpty());
      }
      assertTrue(peer.crdt.join(peer.crdt.state(), null).isEmpty());
      assertEquals(before, canonical(peer.crdt), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void patchLeadsFromTheValueBeforeToTheValueAfter(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      for (CausalRun.Peer peer : run.peers) {
        for (int i = 0; i < 3; i++) {
          List<CausalRun.Made> ready = peer.ready();
          if (!ready.isEmpty()) {
            Object before = subject.visible(peer.crdt);
            Patch patch = peer.receive(ready.get(0));
            assertEquals(subject.visible(peer.crdt), subject.patched(before, patch));
            assertEquals(before.equals(subject.visible(peer.crdt)), patch.isEmpty());
          }
        }
        Object before = subject.visible(peer.crdt);
        Patch patch = peer.join(run.anyPeer());
        assertEquals(subject.visible(peer.crdt), subject.patched(before, patch));
        assertEquals(before.equals(subject.visible(peer.crdt)), patch.isEmpty());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rollbackLeavesNoTraceOfAnEdit(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      CausalRun.Peer peer = run(subject, seed).anyPeer();
      String before = canonical(peer.crdt);
      Object visible = subject.visible(peer.crdt);
      Rollback rollback = new Rollback();
      for (int i = random.nextInt(5); i >= 0; i--) {
        subject.edit(peer.crdt, peer.site, random, rollback);
      }
      rollback.run();
      subject.checkInvariants(peer.crdt);
      assertEquals(before, canonical(peer.crdt), "seed " + seed);
      assertEquals(visible, subject.visible(peer.crdt));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rollbackLeavesNoTraceOfOperationsAndStatesFromElsewhere(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      CausalRun.Peer peer = run.peers.get(0);
      String before = canonical(peer.crdt);
      Object visible = subject.visible(peer.crdt);
      Rollback rollback = new Rollback();
      for (CausalRun.Made made : peer.ready()) {
        peer.crdt.apply(made.operation(), rollback);
      }
      for (CausalRun.Peer other : run.peers) {
        peer.crdt.join(other.crdt.state(), rollback);
      }
      rollback.run();
      subject.checkInvariants(peer.crdt);
      assertEquals(before, canonical(peer.crdt), "seed " + seed);
      assertEquals(visible, subject.visible(peer.crdt));
    }
  }

  @ParameterizedTest
  @EnumSource
  void replicaRestoredFromItsStateGoesOnMergingLikeTheOriginal(Subject subject) {
    for (int seed = 0; seed < RUNS; seed++) {
      CausalRun run = run(subject, seed);
      CausalRun.Peer peer = run.anyPeer();
      Crdt restored = subject.copyOf(peer.crdt);
      assertEquals(canonical(peer.crdt), canonical(restored));
      for (CausalRun.Made made : peer.ready()) {
        restored.apply(made.operation(), null);
        peer.receive(made);
      }
      assertEquals(canonical(peer.crdt), canonical(restored), "seed " + seed);
    }
  }
}
