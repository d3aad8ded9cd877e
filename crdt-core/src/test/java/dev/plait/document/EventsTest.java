package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.ContainerId;
import dev.plait.codec.Limits;
import dev.plait.crdt.EditException;
import dev.plait.crdt.Patch;
import dev.plait.crdt.TextDelta;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventsTest {
  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);
  private final List<DocumentEvent> heard = new ArrayList<>();

  private Patch patchOf(int event, String root, ContainerType type) {
    return patchOf(event, ContainerId.root(root, type));
  }

  private Patch patchOf(int event, ContainerId id) {
    return heard.get(event).patches().stream()
        .filter(patch -> patch.container().equals(id))
        .findFirst()
        .orElseThrow()
        .patch();
  }

  @Test
  void localTransactionIsToldOnceWithTheSumOfItsEdits() {
    alice.transact(tx -> tx.text("body").insert(0, "Hello"));
    alice.listen(heard::add);

    alice.transact(
        tx -> {
          tx.text("body").delete(0, 1);
          tx.text("body").insert(0, "J");
          tx.counter("n").add(2);
          tx.counter("n").add(3);
          tx.set("s").add("in");
          tx.set("s").add("out");
          tx.set("s").remove("out");
          tx.map("m").put("k", 1);
          tx.register("r").set("v");
        });

    assertEquals(1, heard.size());
    assertEquals(DocumentEvent.Origin.LOCAL, heard.get(0).origin());
    TextDelta delta = (TextDelta) patchOf(0, "body", ContainerType.TEXT);
    assertEquals("Jello", delta.applyTo("Hello"));
    assertEquals(new Patch.OfCounter(0, 5), patchOf(0, "n", ContainerType.COUNTER));
    assertEquals(
        new Patch.OfSet(List.of(Value.of("in")), List.of()), patchOf(0, "s", ContainerType.SET));
    assertEquals(
        new Patch.OfMap(List.of(new Patch.KeyChange("k", null, Value.of(1)))),
        patchOf(0, "m", ContainerType.MAP));
    assertEquals(
        new Patch.OfRegister(null, Value.of("v")), patchOf(0, "r", ContainerType.REGISTER));
  }

  @Test
  void valuesOfChildrenCreatedInTheSameTransactionAreTold() {
    alice.listen(heard::add);

    alice.transact(
        tx -> {
          tx.map("m").register("r").set("v");
          tx.map("m").mvRegister("mv").set("w");
          tx.map("m").counter("n").add(2);
        });

    ContainerId map = ContainerId.root("m", ContainerType.MAP);
    assertEquals(
        new Patch.OfRegister(null, Value.of("v")),
        patchOf(0, map.child("r", ContainerType.REGISTER)));
    assertEquals(
        new Patch.OfMvRegister(List.of(), List.of(Value.of("w"))),
        patchOf(0, map.child("mv", ContainerType.MV_REGISTER)));
    assertEquals(new Patch.OfCounter(0, 2), patchOf(0, map.child("n", ContainerType.COUNTER)));
  }

  @Test
  void valuesOfContainersThatCameWithASnapshotAreTold() {
    bob.transact(tx -> tx.register("r").set("v"));
    bob.transact(tx -> tx.counter("n").add(2));
    alice.listen(heard::add);

    alice.join(bob.snapshot());

    assertEquals(
        new Patch.OfRegister(null, Value.of("v")), patchOf(0, "r", ContainerType.REGISTER));
    assertEquals(new Patch.OfCounter(0, 2), patchOf(0, "n", ContainerType.COUNTER));
  }

  @Test
  void halfAnEditThatDidNotFitIsNotTold() {
    Document narrow = new Peers(withOperations(4)).document(1);
    narrow.transact(tx -> tx.map("m").map("k").text("a").insert(0, "a"));
    narrow.transact(tx -> tx.map("m").map("k").text("b").insert(0, "b"));
    narrow.listen(heard::add);

    narrow.transact(
        tx -> {
          // Takes the key away, then both markers below it, then text a; text b is one too many.
          EditException thrown = assertThrows(EditException.class, () -> tx.map("m").remove("k"));
          assertEquals(EditException.VALUE_TOO_LARGE, thrown.code());
          tx.counter("n").increment();
        });

    ContainerId counter = ContainerId.root("n", ContainerType.COUNTER);
    assertEquals(
        List.of(new ContainerPatch(counter, new Patch.OfCounter(0, 1))), heard.get(0).patches());
  }

  private static Limits withOperations(int maxChangeOperations) {
    return Limits.builder().maxChangeOperations(maxChangeOperations).build();
  }

  @Test
  void eachRemoteChangeIsAnEventInCausalOrder() {
    bob.transact(tx -> tx.text("body").insert(0, "a"));
    bob.transact(tx -> tx.text("body").insert(1, "b"));
    alice.listen(heard::add);

    List<dev.plait.change.Change> changes = Peers.all(bob);
    alice.apply(List.of(changes.get(1), changes.get(0)));

    assertEquals(
        changes.stream().map(dev.plait.change.Change::dot).toList(),
        heard.stream().map(DocumentEvent::change).toList());
    assertTrue(heard.stream().allMatch(e -> e.origin() == DocumentEvent.Origin.REMOTE));
  }

  @Test
  void joinIsOneEvent() {
    bob.transact(tx -> tx.text("body").insert(0, "ab"));
    bob.transact(tx -> tx.set("s").add("x"));
    alice.transact(tx -> tx.text("body").insert(0, "z"));
    alice.listen(heard::add);
    String before = alice.text("body").toString();

    alice.join(bob.snapshot());

    assertEquals(1, heard.size());
    assertEquals(DocumentEvent.Origin.JOIN, heard.get(0).origin());
    TextDelta delta = (TextDelta) patchOf(0, "body", ContainerType.TEXT);
    assertEquals(alice.text("body").toString(), delta.applyTo(before));
  }

  @Test
  void listenerMayEditAndItsEventComesNext() {
    List<String> order = new ArrayList<>();
    alice.listen(
        event -> {
          if (order.size() < 2) {
            alice.transact(tx -> tx.text("body").append("!"));
          }
          order.add(String.valueOf(event.change()));
        });

    alice.transact(tx -> tx.text("body").insert(0, "x"));

    assertEquals("x!!", alice.text("body").toString());
    assertEquals(Peers.all(alice).stream().map(change -> change.dot().toString()).toList(), order);
  }

  @Test
  void failingListenerDoesNotKeepOthersFromHearingNorUndoTheCommit() {
    alice.listen(
        event -> {
          throw new IllegalStateException("broken listener");
        });
    alice.listen(heard::add);

    DocumentException thrown =
        assertThrows(
            DocumentException.class, () -> alice.transact(tx -> tx.text("body").insert(0, "kept")));

    assertEquals(DocumentException.LISTENER_FAILED, thrown.code());
    assertEquals(1, heard.size());
    assertEquals("kept", alice.text("body").toString());
  }

  @Test
  void closedSubscriptionHearsNoMore() {
    Subscription subscription = alice.listen(heard::add);
    subscription.close();

    alice.transact(tx -> tx.text("body").insert(0, "x"));

    assertEquals(List.of(), heard);
  }

  @Test
  void rolledBackTransactionIsNotTold() {
    alice.listen(heard::add);

    assertThrows(
        IllegalStateException.class,
        () ->
            alice.transact(
                tx -> {
                  tx.text("body").insert(0, "x");
                  throw new IllegalStateException();
                }));
    alice.transact(tx -> tx.counter("n").increment());

    assertEquals(1, heard.size());
  }

  @Test
  void listenerAddedDuringACommitHearsOnlyOfLaterOnes() {
    alice.transact(
        tx -> {
          tx.text("body").insert(0, "before");
          alice.listen(heard::add);
        });
    assertEquals(List.of(), heard);

    alice.transact(tx -> tx.text("body").append("after"));
    assertEquals(1, heard.size());
  }

  @Test
  void failuresOfListenersGoToTheirHandlerIfThereIsOne() {
    List<RuntimeException> failures = new ArrayList<>();
    Document document = peers.builder(5).onListenerFailure(failures::add).build();
    document.listen(
        event -> {
          throw new IllegalStateException("broken listener");
        });

    assertTrue(document.transact(tx -> tx.counter("n").increment()).isPresent());

    assertEquals("broken listener", failures.get(0).getMessage());
  }
}
