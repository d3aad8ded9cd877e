package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a dishonest or broken replica may send; whatever it is, all replicas decide alike. */
final class RejectionTest {
  private static final ContainerId BODY = ContainerId.root("body", ContainerType.TEXT);
  private static final ContainerId TAGS = ContainerId.root("tags", ContainerType.SET);

  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);

  private static ElementId element(int replica, long seq) {
    return new ElementId(Peers.id(replica), seq);
  }

  private static HybridTimestamp time(int plusMillis) {
    return HybridTimestamp.of(Peers.START + plusMillis, 0);
  }

  /** The first change of somebody who keeps to no rule. */
  private static Change forged(int counter, long firstSeq, int millis, ContainerOperation... ops) {
    return forged(counter, HybridTimestamp.ZERO, firstSeq, millis, ops);
  }

  private static Change forged(
      int counter, HybridTimestamp before, long firstSeq, int millis, ContainerOperation... ops) {
    return new Change(
        new Dot(Peers.id(9), counter), List.of(), before, time(millis), firstSeq, List.of(ops));
  }

  private static ContainerOperation insert(long seq, @Nullable ElementId left, String text) {
    return new ContainerOperation(
        BODY, new Operation.TextInsert(element(9, seq), left, null, text));
  }

  private static void assertRejected(String code, ApplyReport report) {
    ApplyOutcome outcome = report.outcomes().get(report.outcomes().size() - 1);
    ApplyOutcome.Rejected rejected = assertInstanceOf(ApplyOutcome.Rejected.class, outcome);
    assertEquals(code, rejected.code());
    assertTrue(rejected.permanent());
  }

  private void assertRejectedUntouched(String code, Change change) {
    byte[] before = alice.canonicalBytes();
    assertRejected(code, alice.apply(List.of(change)));
    assertArrayEquals(before, alice.canonicalBytes());
    assertEquals(0, alice.pendingCount());
  }

  @Test
  void changeWithABadLaterOperationIsTakenBackWhole() {
    alice.transact(tx -> tx.text("body").insert(0, "kept"));

    assertRejectedUntouched(
        ApplyOutcome.Rejected.WRONG_OPERATION,
        forged(
            1,
            1,
            0,
            insert(1, element(1, 4), "x"),
            new ContainerOperation(
                BODY, new Operation.TextDelete(List.of(new ElementRange(element(1, 1), 2)))),
            new ContainerOperation(
                ContainerId.root("new", ContainerType.SET),
                new Operation.SetAdd(element(9, 2), Value.of("y"), List.of())),
            new ContainerOperation(BODY, new Operation.SetRemove(List.of(element(9, 1))))));
    assertEquals("kept", alice.text("body").toString());
    assertEquals(1, alice.roots().size());
  }

  @Test
  void idsThatSkipOrRepeatAreRejected() {
    assertRejectedUntouched(
        ApplyOutcome.Rejected.IDS_OUT_OF_SEQUENCE, forged(1, 1, 0, insert(2, null, "x")));
    assertRejectedUntouched(
        ApplyOutcome.Rejected.IDS_OUT_OF_SEQUENCE, forged(1, 5, 0, insert(5, null, "x")));
  }

  @Test
  void stampsThatDoNotIncreaseAreRejected() {
    alice.apply(List.of(forged(1, 1, 10, insert(1, null, "x"))));

    assertRejectedUntouched(
        ApplyOutcome.Rejected.STAMP_NOT_INCREASING,
        forged(2, time(10), 2, 10, insert(2, element(9, 1), "y")));
  }

  @Test
  void changeThatGoesOnFromAnotherChangeThanTheKnownOneIsKeptAside() {
    alice.apply(List.of(forged(1, 1, 10, insert(1, null, "x"))));
    Change other = forged(2, time(9), 2, 11, insert(2, element(9, 1), "y"));
    byte[] before = alice.canonicalBytes();

    ApplyReport report = alice.apply(List.of(other));

    ApplyOutcome.Held held = assertInstanceOf(ApplyOutcome.Held.class, report.outcomes().get(0));
    assertEquals(ApplyOutcome.Held.EQUIVOCATION, held.code());
    assertArrayEquals(before, alice.canonicalBytes());
    Change honest = forged(2, time(10), 2, 11, insert(2, element(9, 1), "y"));
    ApplyOutcome.Rejected rejected =
        assertInstanceOf(
            ApplyOutcome.Rejected.class, alice.apply(List.of(honest)).outcomes().get(0));
    assertEquals(ApplyOutcome.Rejected.EQUIVOCATION, rejected.code());
    assertFalse(rejected.permanent(), "it depends on what came here first");
    assertArrayEquals(before, alice.canonicalBytes());
  }

  @Test
  void stampsOutsideTheAllowedCenturiesAreRejected() {
    Change old =
        new Change(
            new Dot(Peers.id(9), 1),
            List.of(),
            HybridTimestamp.ZERO,
            HybridTimestamp.of(1000, 0),
            1,
            List.of(insert(1, null, "x")));
    assertRejectedUntouched(ApplyOutcome.Rejected.STAMP_OUT_OF_RANGE, old);
  }

  @Test
  void stampOfAnOperationMustBeThatOfItsChange() {
    ContainerId title = ContainerId.root("title", ContainerType.REGISTER);
    Stamp other = new Stamp(time(99), Peers.id(9), 0);

    assertRejectedUntouched(
        ApplyOutcome.Rejected.WRONG_OPERATION,
        forged(
            1,
            1,
            0,
            new ContainerOperation(title, new Operation.RegisterWrite(other, Value.of("x")))));
  }

  @Test
  void changeThatDependsOnItselfIsRejected() {
    Change self =
        new Change(
            new Dot(Peers.id(9), 1),
            List.of(new Dot(Peers.id(9), 1)),
            HybridTimestamp.ZERO,
            time(0),
            1,
            List.of(insert(1, null, "x")));
    assertRejectedUntouched(ApplyOutcome.Rejected.SELF_DEPENDENCY, self);
  }

  @Test
  void elementNotSeenYetIsWaitedForAndThenUsed() {
    bob.transact(tx -> tx.text("body").insert(0, "b"));
    Change refersWithoutDepending = forged(1, 1, 0, insert(1, element(2, 1), "x"));

    ApplyReport early = alice.apply(List.of(refersWithoutDepending));
    Peers.pull(alice, bob);
    bob.apply(List.of(refersWithoutDepending));

    assertEquals(1, early.pending());
    assertEquals("bx", alice.text("body").toString());
    assertArrayEquals(alice.canonicalBytes(), bob.canonicalBytes());
  }

  @Test
  void elementThatNeverWasInTheContainerIsRejectedEverywhere() {
    bob.transact(tx -> tx.set("other").add("not text"));
    Change refers = forged(1, 1, 0, insert(1, element(2, 1), "x"));

    ApplyReport early = alice.apply(List.of(refers));
    ApplyReport late = Peers.pull(alice, bob);

    assertEquals(1, early.pending());
    assertRejected(ApplyOutcome.Rejected.UNKNOWN_ELEMENT, late);
    assertRejected(ApplyOutcome.Rejected.UNKNOWN_ELEMENT, bob.apply(List.of(refers)));
    assertArrayEquals(alice.canonicalBytes(), bob.canonicalBytes());
  }

  @Test
  void removalOfAnEntryThatNeverWasInTheSetIsTheSameNothingEverywhere() {
    bob.transact(tx -> tx.text("body").insert(0, "xy"));
    Change early =
        forged(
            1, 1, 0, new ContainerOperation(TAGS, new Operation.SetRemove(List.of(element(2, 2)))));
    Peers.pull(alice, bob);
    assertEquals(1, alice.apply(List.of(early)).applied());

    bob.transact(tx -> tx.set("tags").add("later"));
    assertEquals(1, bob.apply(List.of(early)).applied());
    Peers.pull(alice, bob);

    assertTrue(alice.set("tags").contains("later"));
    assertArrayEquals(alice.canonicalBytes(), bob.canonicalBytes());
  }

  @Test
  void laterChangesOfARejectedAuthorWaitAndOthersGoOn() {
    alice.apply(List.of(forged(1, 5, 0, insert(5, null, "x"))));

    ApplyReport next = alice.apply(List.of(forged(2, time(0), 6, 1, insert(6, null, "y"))));
    bob.transact(tx -> tx.text("body").insert(0, "fine"));

    assertEquals(1, next.pending());
    assertTrue(Peers.pull(alice, bob).isComplete());
    assertEquals("fine", alice.text("body").toString());
  }

  @Test
  void clearOfAStampNobodyHasGivenOutYetWaitsAndCanNotHideWhatComes() {
    ContainerId title = ContainerId.root("title", ContainerType.REGISTER);
    Stamp farAhead = new Stamp(time(900_000_000), Peers.id(2), 0);

    ApplyReport report =
        alice.apply(
            List.of(
                forged(
                    1,
                    1,
                    0,
                    new ContainerOperation(title, new Operation.RegisterClear(farAhead)))));
    bob.transact(tx -> tx.register("title").set("seen"));
    Peers.pull(alice, bob);

    assertEquals(1, report.pending());
    assertEquals(Value.of("seen"), alice.register("title").get());
  }
}
