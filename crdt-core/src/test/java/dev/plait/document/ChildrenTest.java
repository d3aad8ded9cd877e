package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.crdt.EditException;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Patch;
import dev.plait.error.PlaitException;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildrenTest {
  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);

  private void assertSame() {
    assertArrayEquals(alice.canonicalBytes(), bob.canonicalBytes());
  }

  @Test
  void childMadeApartUnderTheSameKeyIsShared() {
    alice.transact(tx -> tx.map("board").text("note").insert(0, "abc"));
    bob.transact(tx -> tx.map("board").text("note").insert(0, "xyz"));

    Peers.meet(alice, bob);

    assertEquals("abcxyz", alice.map("board").text("note").toString());
    assertSame();
  }

  @Test
  void removingAKeyTakesAwayWhatTheRemoverSawOfTheChild() {
    alice.transact(
        tx -> {
          MapEditor task = tx.map("board").map("task");
          task.put("title", "write");
          task.text("body").insert(0, "text");
          task.list("steps").append("one");
          task.set("tags").add("x");
          task.counter("votes").add(3);
          task.register("owner").set("alice");
          task.mvRegister("mood").set("fine");
          task.map("deep").put("k", 1);
        });
    Peers.meet(alice, bob);

    bob.transact(tx -> assertTrue(tx.map("board").remove("task")));
    Peers.meet(alice, bob);

    assertFalse(alice.map("board").contains("task"));
    assertEquals(List.of(), alice.map("board").keys());
    assertEquals("", alice.map("board").map("task").text("body").toString());
    assertEquals(0, alice.map("board").map("task").counter("votes").value());
    assertNull(alice.map("board").map("task").register("owner").get());
    assertSame();
  }

  @Test
  void concurrentEditInsideSurvivesTheRemovalAndShowsTheChildAgain() {
    alice.transact(tx -> tx.map("board").map("task").text("body").insert(0, "old"));
    Peers.meet(alice, bob);

    alice.transact(tx -> tx.map("board").remove("task"));
    bob.transact(tx -> tx.map("board").map("task").text("body").insert(3, " new"));
    Peers.meet(alice, bob);

    assertEquals(List.of("task"), alice.map("board").keys());
    assertEquals(new Child(ContainerType.MAP), alice.map("board").content("task"));
    assertEquals(" new", alice.map("board").map("task").text("body").toString());
    assertSame();
  }

  @Test
  void concurrentWriteOfAKeyInsideSurvivesEvenWithALowerStampThanTheRemoval() {
    alice.transact(tx -> tx.map("board").map("task").put("title", "old"));
    Peers.meet(alice, bob);

    bob.transact(tx -> tx.map("board").map("task").put("title", "new"));
    peers.wall.addAndGet(1000);
    alice.transact(tx -> tx.map("board").remove("task"));
    Peers.meet(alice, bob);

    assertEquals(Value.of("new"), alice.map("board").map("task").get("title"));
    assertSame();
  }

  @Test
  void concurrentIncrementSurvivesTheRemovalAloneWithoutTheRest() {
    alice.transact(tx -> tx.map("m").counter("c").add(10));
    Peers.meet(alice, bob);

    alice.transact(tx -> tx.map("m").remove("c"));
    bob.transact(tx -> tx.map("m").counter("c").add(1));
    Peers.meet(alice, bob);

    assertEquals(1, alice.map("m").counter("c").value());
    assertTrue(bob.map("m").contains("c"));
    assertSame();
  }

  @Test
  void removedKeyCanBeUsedAgainAndStartsEmpty() {
    alice.transact(tx -> tx.map("m").text("t").insert(0, "one"));
    alice.transact(
        tx -> {
          tx.map("m").remove("t");
          tx.map("m").text("t").insert(0, "two");
        });
    Peers.meet(alice, bob);

    assertEquals("two", bob.map("m").text("t").toString());
    assertSame();
  }

  @Test
  void rewriteAfterRemovalInsideOneTransactionKeepsTheLaterWrite() {
    alice.transact(
        tx -> {
          MapEditor child = tx.map("m").map("c");
          child.put("k", "first");
          tx.map("m").remove("c");
          tx.map("m").map("c").put("k", "second");
        });
    Peers.meet(alice, bob);

    assertEquals(Value.of("second"), bob.map("m").map("c").get("k"));
    assertSame();
  }

  @Test
  void valuePutOverAChildReplacesIt() {
    alice.transact(tx -> tx.map("m").text("k").insert(0, "text"));
    alice.transact(tx -> tx.map("m").put("k", "value"));

    assertEquals(Value.of("value"), alice.map("m").get("k"));
    assertEquals(
        DocumentException.TYPE_MISMATCH,
        assertThrows(PlaitException.class, () -> alice.map("m").text("k")).code());
    alice.transact(tx -> tx.map("m").remove("k"));
    assertFalse(alice.map("m").contains("k"));
  }

  @Test
  void accessToAChildOfAnotherTypeIsRefusedAndChangesNothing() {
    alice.transact(tx -> tx.map("m").text("k").insert(0, "text"));
    byte[] before = alice.canonicalBytes();

    assertEquals(
        DocumentException.TYPE_MISMATCH,
        assertThrows(
                PlaitException.class,
                () -> alice.transact(tx -> tx.map("m").counter("k").increment()))
            .code());

    assertArrayEquals(before, alice.canonicalBytes());
  }

  @Test
  void nestingIsBounded() {
    assertEquals(
        DocumentException.NESTING_TOO_DEEP,
        assertThrows(
                PlaitException.class,
                () ->
                    alice.transact(
                        tx -> {
                          MapEditor map = tx.map("m");
                          for (int i = 0; i < 20; i++) {
                            map = map.map("deeper");
                          }
                        }))
            .code());
    assertEquals(List.of(), alice.roots());
  }

  @Test
  void childrenOfListsAreNamedByTheirElement() {
    alice.transact(
        tx -> {
          tx.list("todo").insert(0, ContainerType.MAP);
          tx.list("todo").map(0).put("title", "one");
        });
    Peers.meet(alice, bob);
    alice.transact(tx -> tx.list("todo").insert(0, "before"));
    bob.transact(tx -> tx.list("todo").map(0).put("done", true));
    Peers.meet(alice, bob);

    assertEquals(Value.of(true), alice.list("todo").map(1).get("done"));
    assertEquals(Value.of("one"), bob.list("todo").map(1).get("title"));
    assertSame();
  }

  @Test
  void deletedListElementTakesItsChildAlongWhateverOthersEditInside() {
    alice.transact(
        tx -> {
          tx.list("todo").insert(0, ContainerType.MAP);
          tx.list("todo").map(0).put("title", "one");
        });
    Peers.meet(alice, bob);

    alice.transact(tx -> tx.list("todo").delete(0, 1));
    bob.transact(tx -> tx.list("todo").map(0).put("title", "two"));
    Peers.meet(alice, bob);

    assertEquals(0, bob.list("todo").size());
    assertSame();
  }

  @Test
  void elementMovedByManyIsInOnePlaceWithTheChildItIs() {
    alice.transact(
        tx -> {
          tx.list("todo").insert(0, ContainerType.MAP);
          tx.list("todo").append("a");
          tx.list("todo").append("b");
        });
    Peers.meet(alice, bob);

    alice.transact(tx -> tx.list("todo").move(0, 2));
    bob.transact(
        tx -> {
          tx.list("todo").move(0, 1);
          tx.list("todo").map(1).put("title", "one");
          tx.list("todo").move(1, 1);
        });
    Peers.meet(alice, bob);

    List<Content> contents = alice.list("todo").contents();
    assertEquals(3, contents.size());
    int at = contents.indexOf(new Child(ContainerType.MAP));
    assertEquals(Value.of("one"), alice.list("todo").map(at).get("title"));
    assertSame();
  }

  @Test
  void childReplacedByAValueIsNotShownWhateverOthersEditInside() {
    alice.transact(tx -> tx.list("todo").insert(0, ContainerType.MAP));
    Peers.meet(alice, bob);

    alice.transact(tx -> tx.list("todo").set(0, "plain"));
    bob.transact(tx -> tx.list("todo").map(0).put("title", "two"));
    Peers.meet(alice, bob);

    assertEquals(List.of(Value.of("plain")), bob.list("todo").contents());
    assertSame();
  }

  @Test
  void wrongMovesAndReplacementsChangeNothing() {
    alice.transact(tx -> tx.list("todo").insert(0, List.of(Value.of(1), Value.of(2))));
    byte[] before = alice.canonicalBytes();

    alice.transact(
        tx -> {
          ListEditor list = tx.list("todo");
          assertThrows(EditException.class, () -> list.move(0, 2));
          assertThrows(EditException.class, () -> list.move(2, 2));
          assertThrows(EditException.class, () -> list.set(2, "x"));
          list.move(1, 1);
        });

    assertArrayEquals(before, alice.canonicalBytes());
  }

  @Test
  void listenersHearOfMovesAndReplacements() {
    alice.transact(tx -> tx.list("todo").insert(0, List.of(Value.of(1), Value.of(2))));
    Peers.meet(alice, bob);
    List<ContainerPatch> heard = new ArrayList<>();
    alice.listen(event -> heard.addAll(event.patches()));
    bob.listen(event -> heard.addAll(event.patches()));

    alice.transact(
        tx -> {
          tx.list("todo").move(0, 1);
          tx.list("todo").set(1, Value.of(3));
        });
    Peers.meet(alice, bob);

    ListDelta delta = ListDelta.builder().delete(1).retain(1).insert(List.of(Value.of(3))).build();
    assertEquals(List.of(delta, delta), heard.stream().map(ContainerPatch::patch).toList());
  }

  @Test
  void listenersHearThatAChildIsShownAgain() {
    alice.transact(tx -> tx.map("m").text("t").insert(0, "old"));
    Peers.meet(alice, bob);
    alice.transact(tx -> tx.map("m").remove("t"));
    bob.transact(tx -> tx.map("m").text("t").insert(0, "new"));
    List<ContainerPatch> patches = new ArrayList<>();
    alice.listen(event -> patches.addAll(event.patches()));

    Peers.pull(alice, bob);

    assertEquals(
        List.of(new Patch.KeyChange("t", null, new Child(ContainerType.TEXT))),
        ((Patch.OfMap) patches.get(0).patch()).keys());
    assertEquals(2, patches.size());
  }
}
