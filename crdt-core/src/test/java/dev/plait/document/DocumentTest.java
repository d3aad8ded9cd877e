package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.crdt.EditException;
import dev.plait.error.PlaitException;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class DocumentTest {
  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);

  private static void assertCode(String code, Executable call) {
    assertEquals(code, assertThrows(PlaitException.class, call).code());
  }

  private static void assertConverged(Document a, Document b) {
    assertEquals(a.versionVector(), b.versionVector());
    assertArrayEquals(a.canonicalBytes(), b.canonicalBytes());
    assertEquals(a.stateHash(), b.stateHash());
  }

  @Test
  void oneTransactionIsOneChange() {
    Change change =
        alice
            .transact(
                tx -> {
                  tx.text("body").insert(0, "Hello");
                  tx.set("tags").add("draft");
                  tx.register("title").set("Local-first");
                })
            .orElseThrow();

    assertEquals(new Dot(Peers.id(1), 1), change.dot());
    assertEquals(3, change.operations().size());
    assertEquals("Hello", alice.text("body").toString());
    assertTrue(alice.set("tags").contains("draft"));
    assertEquals(Value.of("Local-first"), alice.register("title").get());
  }

  @Test
  void transactionWithoutEditsMakesNoChange() {
    byte[] before = alice.canonicalBytes();

    assertTrue(alice.transact(tx -> tx.text("body").length()).isEmpty());

    assertArrayEquals(before, alice.canonicalBytes());
    assertEquals(VersionVector.empty(), alice.versionVector());
  }

  @Test
  void rootsOfTheSameNameAndTypeAreTheSameContainer() {
    alice.transact(tx -> tx.text("body").insert(0, "abc"));
    bob.transact(tx -> tx.text("body").insert(0, "xyz"));

    Peers.meet(alice, bob);

    assertEquals("abcxyz", alice.text("body").toString());
    assertConverged(alice, bob);
  }

  @Test
  void transactionThatThrowsLeavesTheDocumentAsItWas() {
    alice.transact(
        tx -> {
          tx.text("body").insert(0, "Hello");
          tx.map("board").map("task").put("title", "write");
          tx.list("todo").append("one");
          tx.counter("votes").add(3);
          tx.mvRegister("mood").set("fine");
        });
    byte[] before = alice.canonicalBytes();

    assertThrows(
        IllegalStateException.class,
        () ->
            alice.transact(
                tx -> {
                  tx.text("body").delete(1, 3);
                  tx.text("body").insert(2, "y!");
                  tx.text("fresh").insert(0, "new root");
                  tx.map("board").remove("task");
                  tx.map("board").text("note").insert(0, "n");
                  tx.list("todo").insert(0, "zero");
                  tx.list("todo").delete(1, 1);
                  tx.counter("votes").add(-1);
                  tx.mvRegister("mood").set("better");
                  tx.set("tags").add("x");
                  tx.register("title").set("T");
                  throw new IllegalStateException("no");
                }));

    assertArrayEquals(before, alice.canonicalBytes());
    assertEquals("Hello", alice.text("body").toString());
    assertEquals(5, alice.roots().size());
    Change next = alice.transact(tx -> tx.counter("votes").increment()).orElseThrow();
    assertEquals(2, next.dot().counter());
  }

  @Test
  void whoeverDeletesFindsWhatWasTypedAfterATransactionWasTakenBack() {
    bob.transact(tx -> tx.text("note").insert(0, "abc"));
    Peers.pull(alice, bob);
    assertThrows(
        IllegalStateException.class,
        () ->
            alice.transact(
                tx -> {
                  tx.list("tags").insert(0, List.of(Value.of("a"), Value.of("b")));
                  tx.text("note").insert(0, "xyz");
                  throw new IllegalStateException("no");
                }));
    alice.transact(tx -> tx.text("note").insert(0, "123"));
    alice.transact(tx -> tx.text("note").insert(3, "45"));
    Peers.pull(bob, alice);
    bob.transact(tx -> tx.text("note").delete(3, 2));

    assertEquals(1, Peers.pull(alice, bob).applied());
    assertEquals("123abc", alice.text("note").toString());
    assertConverged(alice, bob);
  }

  @Test
  void failedEditInsideATransactionCanBeCaughtAndTheRestCommits() {
    Limits small = Limits.builder().maxChangeBytes(500).build();
    Document tight = new Peers(small).document(1);

    tight.transact(
        tx -> {
          tx.text("body").insert(0, "kept");
          assertCode(
              EditException.VALUE_TOO_LARGE, () -> tx.text("body").insert(4, "x".repeat(1000)));
          assertCode(EditException.INDEX_OUT_OF_RANGE, () -> tx.text("body").insert(5, "x"));
          tx.text("body").append("!");
        });

    assertEquals("kept!", tight.text("body").toString());
    Document copy = new Peers(small).document(2);
    assertTrue(Peers.pull(copy, tight).isComplete());
    assertArrayEquals(tight.canonicalBytes(), copy.canonicalBytes());
  }

  @Test
  void changesArriveInAnyOrderAndAnyNumberOfTimes() {
    for (int i = 0; i < 5; i++) {
      int at = i;
      alice.transact(tx -> tx.text("body").insert(at, "" + at));
    }
    List<Change> backwards = new ArrayList<>(Peers.all(alice));
    java.util.Collections.reverse(backwards);

    for (Change change : backwards) {
      bob.apply(List.of(change));
      bob.apply(List.of(change));
    }

    assertEquals("01234", bob.text("body").toString());
    assertEquals(0, bob.pendingCount());
    assertConverged(alice, bob);
    assertEquals(5, bob.apply(backwards).duplicates());
  }

  @Test
  void changeWaitsForWhatItDependsOn() {
    Document carol = peers.document(3);
    alice.transact(tx -> tx.text("body").insert(0, "a"));
    Peers.pull(bob, alice);
    bob.transact(tx -> tx.text("body").insert(1, "b"));

    ApplyReport early = carol.apply(bob.changes(alice.versionVector()));

    assertEquals(
        List.of(
            new ApplyOutcome.Pending(
                new dev.plait.clock.DotRange(Peers.id(2), 1, 1), new Dot(Peers.id(1), 1))),
        early.outcomes());
    assertEquals(List.of(new Dot(Peers.id(1), 1)), carol.missing());
    assertEquals("", carol.text("body").toString());
    assertEquals(2, Peers.pull(carol, alice).applied());
    assertEquals("ab", carol.text("body").toString());
  }

  @Test
  void fullInboxHandsChangesBackAndTheyCanBeOfferedAgain() {
    Document narrow = new Peers(Limits.defaults().withPending(2, 1 << 20)).document(9);
    for (int i = 0; i < 5; i++) {
      alice.transact(tx -> tx.counter("n").increment());
    }
    List<Change> all = Peers.all(alice);

    ApplyReport report = narrow.apply(all.subList(1, 5));

    assertEquals(2, report.pending());
    assertEquals(2, report.rejected());
    assertEquals(2, narrow.pendingCount());
    assertTrue(
        report.outcomes().stream()
            .filter(ApplyOutcome.Rejected.class::isInstance)
            .noneMatch(outcome -> ((ApplyOutcome.Rejected) outcome).permanent()));
    narrow.apply(all);
    assertEquals(5, narrow.counter("n").value());
  }

  @Test
  void stampFarAheadIsQuarantinedAndAppliedWhenItsTimeHasCome() {
    Peers ahead = new Peers();
    ahead.wall.addAndGet(3_600_000);
    Document future = ahead.document(7);
    future.transact(tx -> tx.register("title").set("from the future"));
    byte[] before = bob.canonicalBytes();

    ApplyReport report = Peers.pull(bob, future);

    assertEquals(1, report.quarantined());
    assertArrayEquals(before, bob.canonicalBytes());
    assertEquals(1, bob.quarantinedCount());
    assertEquals(List.of(), bob.releaseQuarantine().outcomes());
    peers.wall.addAndGet(3_600_000);
    assertEquals(1, bob.releaseQuarantine().applied());
    assertEquals(Value.of("from the future"), bob.register("title").get());
    assertEquals(0, bob.quarantinedCount());
  }

  @Test
  void writeMadeAfterSeeingAnotherBeatsItEvenWithASlowClock() {
    Peers slow = new Peers();
    slow.wall.addAndGet(-200_000);
    Document late = slow.document(4);
    alice.transact(tx -> tx.register("title").set("first"));
    Peers.pull(late, alice);

    late.transact(tx -> tx.register("title").set("second"));
    Peers.pull(alice, late);

    assertEquals(Value.of("second"), alice.register("title").get());
  }

  @Test
  void forkStartsEqualAndGoesItsOwnWay() {
    alice.transact(tx -> tx.text("body").insert(0, "shared"));

    Document fork = alice.fork(Peers.id(5));
    assertConverged(alice, fork);
    fork.transact(tx -> tx.text("body").append(" fork"));
    alice.transact(tx -> tx.text("body").insert(0, "main "));

    assertEquals("shared fork", fork.text("body").toString());
    Peers.meet(alice, fork);
    assertEquals("main shared fork", alice.text("body").toString());
    assertConverged(alice, fork);
    assertEquals(3, Peers.all(fork).size());
  }

  @Test
  void joiningASnapshotEqualsApplyingItsChanges() {
    alice.transact(tx -> tx.text("body").insert(0, "abc"));
    Peers.pull(bob, alice);
    bob.transact(tx -> tx.text("body").delete(1, 1));
    bob.transact(tx -> tx.map("m").put("k", 1));
    alice.transact(tx -> tx.text("body").insert(2, "X"));
    Document applied = alice.fork(Peers.id(8));
    Peers.pull(applied, bob);

    alice.join(bob.snapshot());

    assertArrayEquals(applied.canonicalBytes(), alice.canonicalBytes());
    assertEquals(applied.frontier(), alice.frontier());
  }

  @Test
  void joinKeepsUnsyncedEditsAndRaisesTheHistoryFloor() {
    bob.transact(tx -> tx.set("tags").add("bob"));
    alice.transact(tx -> tx.set("tags").add("alice"));

    alice.join(bob.snapshot());

    assertTrue(alice.set("tags").contains("alice"));
    assertTrue(alice.set("tags").contains("bob"));
    assertEquals(1, alice.changes(bob.versionVector()).size());
    assertCode(DocumentException.HISTORY_COMPACTED, () -> alice.changes(VersionVector.empty()));
  }

  @Test
  void joinFreesChangesThatWaitedForWhatItHolds() {
    alice.transact(tx -> tx.text("body").insert(0, "a"));
    var early = alice.snapshot();
    alice.transact(tx -> tx.text("body").insert(1, "b"));
    bob.apply(Peers.all(alice).subList(1, 2));
    assertEquals(1, bob.pendingCount());

    ApplyReport report = bob.join(early);

    assertEquals(1, report.applied());
    assertEquals("ab", bob.text("body").toString());
    assertConverged(alice, bob);
  }

  @Test
  void openedSnapshotGoesOnMerging() {
    alice.transact(tx -> tx.text("body").insert(0, "Hello"));
    Document opened = peers.builder(3).open(alice.snapshot());
    alice.transact(tx -> tx.text("body").insert(5, " world"));
    opened.transact(tx -> tx.text("body").delete(0, 1));

    assertTrue(Peers.pull(opened, alice).isComplete());
    assertTrue(Peers.pull(alice, opened).isComplete());

    assertEquals("ello world", alice.text("body").toString());
    assertConverged(alice, opened);
  }

  @Test
  void foreignTypeUnderANameIsRefused() {
    alice.transact(tx -> tx.set("tags").add("x"));
    byte[] before = alice.canonicalBytes();

    assertCode(DocumentException.TYPE_MISMATCH, () -> alice.text("tags"));
    assertCode(
        DocumentException.TYPE_MISMATCH,
        () -> alice.transact(tx -> tx.text("tags").insert(0, "x")));

    assertArrayEquals(before, alice.canonicalBytes());
  }

  @Test
  void rootsOfOneNameMadeApartWithTwoTypesBothLive() {
    alice.transact(tx -> tx.set("x").add("a"));
    bob.transact(tx -> tx.text("x").insert(0, "b"));

    Peers.meet(alice, bob);

    assertTrue(alice.set("x").contains("a"));
    assertEquals("b", alice.text("x").toString());
    assertConverged(alice, bob);
  }

  @Test
  void nestedTransactionIsRefusedAndTheOuterOneRollsBack() {
    byte[] before = alice.canonicalBytes();

    assertCode(
        DocumentException.TRANSACTION_NESTED,
        () ->
            alice.transact(
                tx -> {
                  tx.text("body").insert(0, "x");
                  alice.transact(inner -> inner.text("body").insert(0, "y"));
                }));

    assertArrayEquals(before, alice.canonicalBytes());
  }

  @Test
  void importAndSnapshotInsideATransactionAreRefused() {
    alice.transact(
        tx -> {
          assertCode(DocumentException.TRANSACTION_NESTED, () -> alice.apply(List.of()));
          assertCode(DocumentException.TRANSACTION_NESTED, alice::snapshot);
          assertCode(DocumentException.TRANSACTION_NESTED, alice::stateHash);
          assertCode(DocumentException.TRANSACTION_NESTED, alice::close);
        });
  }

  @Test
  void editorsEndWithTheirTransaction() {
    List<TextEditor> kept = new ArrayList<>();
    List<Transaction> transactions = new ArrayList<>();
    alice.transact(
        tx -> {
          transactions.add(tx);
          kept.add(tx.text("body"));
          tx.text("body").insert(0, "x");
        });

    assertCode(DocumentException.TRANSACTION_ENDED, () -> kept.get(0).insert(0, "y"));
    assertCode(DocumentException.TRANSACTION_ENDED, () -> kept.get(0).length());
    assertCode(DocumentException.TRANSACTION_ENDED, () -> transactions.get(0).text("body"));
    alice.transact(
        later -> assertCode(DocumentException.TRANSACTION_ENDED, () -> kept.get(0).insert(0, "y")));
    assertEquals("x", alice.text("body").toString());
  }

  @Test
  void closedDocumentRefusesEverything() {
    TextView body = alice.text("body");
    alice.close();

    assertCode(DocumentException.DOCUMENT_CLOSED, body::length);
    assertCode(DocumentException.DOCUMENT_CLOSED, () -> alice.transact(tx -> {}));
    assertCode(DocumentException.DOCUMENT_CLOSED, alice::versionVector);
  }

  @Test
  void badNamesAreRefused() {
    assertCode(DocumentException.INVALID_NAME, () -> alice.text(""));
    assertCode(DocumentException.INVALID_NAME, () -> alice.text("\uD800"));
    assertCode(DocumentException.INVALID_NAME, () -> alice.text("x".repeat(5000)));
    assertCode(
        DocumentException.INVALID_NAME,
        () -> Document.builder("", Peers.id(1)).clock(peers.clock()).build());
  }

  @Test
  void emptyContainersAreNotPartOfTheState() {
    byte[] before = alice.canonicalBytes();

    assertEquals(0, alice.text("body").length());
    assertNull(alice.map("m").get("k"));
    alice.transact(tx -> assertFalse(tx.set("s").remove("x")));

    assertArrayEquals(before, alice.canonicalBytes());
    assertEquals(List.of(), alice.roots());
  }

  @Test
  void forkUnderAnIdThatHasChangedTheDocumentIsRefused() {
    alice.transact(tx -> tx.text("body").insert(0, "a"));
    Peers.pull(bob, alice);

    assertCode(DocumentException.REPLICA_IN_USE, () -> alice.fork(Peers.id(1)));
    assertCode(DocumentException.REPLICA_IN_USE, () -> bob.fork(Peers.id(1)));
  }

  @Test
  void openedSnapshotFromTheFutureIsRefused() {
    Peers ahead = new Peers();
    ahead.wall.addAndGet(3_600_000);
    Document future = ahead.document(7);
    future.transact(tx -> tx.counter("n").increment());

    assertCode(DocumentException.STAMP_AHEAD, () -> peers.builder(3).open(future.snapshot()));
    assertCode(DocumentException.STAMP_AHEAD, () -> alice.join(future.snapshot()));
  }

  @Test
  void quarantineIsBounded() {
    Document narrow = new Peers(Limits.defaults().withPending(2, 1 << 20)).document(9);
    Peers ahead = new Peers();
    ahead.wall.addAndGet(3_600_000);
    Document future = ahead.document(7);
    for (int i = 0; i < 5; i++) {
      future.transact(tx -> tx.counter("n").increment());
    }

    ApplyReport report = narrow.apply(Peers.all(future));

    assertEquals(2, report.quarantined());
    assertEquals(3, report.rejected());
    assertEquals(2, narrow.quarantinedCount());
  }

  @Test
  void editorsOfOneNameAndTwoTypesCanNotBothBeUsed() {
    alice.transact(
        tx -> {
          TextEditor text = tx.text("x");
          MapEditor map = tx.map("x");
          text.insert(0, "kept");
          assertCode(DocumentException.TYPE_MISMATCH, () -> map.put("k", 1));
        });

    assertEquals(1, alice.roots().size());
    assertEquals("kept", alice.text("x").toString());
  }

  @Test
  void changeOfATransactionIsTheOneInTheHistory() {
    List<Change> made = new ArrayList<>();
    alice.transact(tx -> tx.text("body").insert(0, "abc")).ifPresent(made::add);
    alice
        .transact(
            tx -> {
              tx.text("body").insert(1, "x");
              tx.set("tags").remove(Value.of("never added"));
            })
        .ifPresent(made::add);
    alice
        .transact(
            tx -> {
              tx.text("body").delete(0, 1);
              assertThrows(EditException.class, () -> tx.text("note").insert(7, "nowhere"));
            })
        .ifPresent(made::add);
    alice
        .transact(
            tx -> {
              tx.text("body").delete(0, 1);
              tx.text("note").append("two at once");
            })
        .ifPresent(made::add);
    assertEquals(4, made.size());
    assertEquals(Peers.all(alice), made);
  }
}
