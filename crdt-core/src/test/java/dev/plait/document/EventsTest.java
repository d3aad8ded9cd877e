package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.ContainerId;
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
    ContainerId id = ContainerId.root(root, type);
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
}
