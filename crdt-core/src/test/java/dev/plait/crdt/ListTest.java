package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Lists: edits, identities, convergence, states. */
class ListTest {
  private static final Content A = Value.of("a");
  private static final Content B = Value.of(2);
  private static final Content C = new Child(ContainerType.TEXT);
  private static final Content D = Value.of(false);

  private final List list = new List();

  private static ElementId id(int replica, long seq) {
    return new ElementId(ReplicaId.of(0, replica), seq);
  }

  private static java.util.List<Content> items(Content... items) {
    return java.util.List.of(items);
  }

  private void assertRefused(String code, Executable edit) {
    State.OfList before = list.state();
    assertEquals(code, assertThrows(EditException.class, edit).code());
    assertEquals(before, list.state());
  }

  @Test
  void newListIsEmpty() {
    assertEquals(0, list.size());
    assertFalse(list.hasContent());
    assertEquals(ContainerType.LIST, list.type());
    assertEquals(items(), list.items());
  }

  @Test
  void editsShowInTheList() {
    assertEquals(
        new Operation.ListInsert(id(1, 1), null, null, items(A, B)),
        list.insert(0, items(A, B), id(1, 1)));
    assertEquals(
        new Operation.ListInsert(id(1, 3), id(1, 1), id(1, 2), items(C)),
        list.insert(1, items(C), id(1, 3)));
    assertEquals(items(A, C, B), list.items());
    assertEquals(C, list.get(1));
    assertEquals(
        new Operation.ListDelete(
            java.util.List.of(new ElementRange(id(1, 3), 1), new ElementRange(id(1, 2), 1))),
        list.delete(1, 2));
    assertEquals(items(A), list.items());
    assertTrue(list.hasContent());
    list.checkInvariants();
  }

  @Test
  void identitiesLeadToIndexesAndBack() {
    list.insert(0, items(A, B, C), id(1, 1));
    list.insert(1, items(D), id(1, 4));
    list.delete(0, 1);
    assertEquals(id(1, 4), list.idAt(0));
    assertEquals(0, list.indexOf(id(1, 4)));
    assertEquals(2, list.indexOf(id(1, 3)));
    assertEquals(-1, list.indexOf(id(1, 1)));
    assertEquals(-1, list.indexOf(id(1, 5)));
    assertTrue(list.contains(id(1, 1)));
    assertFalse(list.contains(id(1, 5)));
    assertTrue(list.isVisible(id(1, 3)));
    assertFalse(list.isVisible(id(1, 1)));
    assertFalse(list.isVisible(id(1, 5)));
  }

  @Test
  void iterationIsOverTheElementsAsTheyWere() {
    list.insert(0, items(A, B), id(1, 1));
    ArrayList<Content> seen = new ArrayList<>();
    for (Content content : list) {
      seen.add(content);
      list.delete(0, 1);
    }
    assertEquals(items(A, B), seen);
    assertEquals(0, list.size());
  }

  @Test
  void wrongEditsAreRefused() {
    list.insert(0, items(A, B), id(1, 1));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.insert(3, items(A), id(1, 3)));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.insert(-1, items(A), id(1, 3)));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.delete(1, 2));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.get(2));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.idAt(-1));
    assertRefused(EditException.EMPTY_EDIT, () -> list.insert(0, items(), id(1, 3)));
    assertRefused(EditException.EMPTY_EDIT, () -> list.delete(0, 0));
    assertRefused(EditException.ID_NOT_NEWER, () -> list.insert(0, items(A), id(1, 2)));
  }

  @Test
  void foreignOperationsAndStatesAreRefused() {
    Operation operation = new Operation.TextInsert(id(1, 1), null, null, "x");
    assertEquals(
        "WRONG_OPERATION",
        assertThrows(OperationException.class, () -> list.apply(operation, null)).code());
    assertThrows(
        OperationException.class, () -> list.join(new State.OfText(java.util.List.of()), null));
    assertThrows(
        OperationException.class,
        () ->
            List.of(
                new State.OfList(
                    java.util.List.of(new State.ListRun(id(1, 1), 2, null, null, items(A))))));
  }

  @Test
  void missingElementsAreNamed() {
    assertEquals(
        new Refusal.Missing(id(2, 1)),
        list.check(new Operation.ListInsert(id(1, 1), id(2, 1), null, items(A))));
    assertEquals(
        new Refusal.Missing(id(2, 3)),
        list.check(new Operation.ListDelete(java.util.List.of(new ElementRange(id(2, 3), 2)))));
    assertNull(list.check(new Operation.ListInsert(id(1, 1), null, null, items(A))));
  }

  @Test
  void concurrentInsertsAtOneSpotStandInTheOrderOfTheirReplicas() {
    List other = new List();
    Operation ours = list.insert(0, items(A, B), id(2, 1));
    Operation theirs = other.insert(0, items(C, D), id(1, 1));
    assertEquals(ListDelta.splice(0, 0, items(C, D)), list.apply(theirs, null));
    assertEquals(ListDelta.splice(2, 0, items(A, B)), other.apply(ours, null));
    assertEquals(items(C, D, A, B), list.items());
    assertEquals(list.state(), other.state());
  }

  @Test
  void elementDeletedByAnyoneIsDeletedAndItsNeighbourStays() {
    List other = new List();
    other.apply(list.insert(0, items(A, B), id(1, 1)), null);
    Operation delete = list.delete(0, 1);
    Operation insert = other.insert(1, items(C), id(2, 1));
    list.apply(insert, null);
    assertEquals(ListDelta.splice(0, 1, items()), other.apply(delete, null));
    assertEquals(items(C, B), list.items());
    assertEquals(list.state(), other.state());
  }

  @Test
  void randomHistoriesConvergeByOperationsAndByStates() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int replicas = 3;
      java.util.List<List> lists = java.util.List.of(new List(), new List(), new List());
      java.util.List<java.util.List<Operation>> made = new ArrayList<>();
      long next = 1;
      for (int i = 0; i < replicas; i++) {
        made.add(new ArrayList<>());
        for (int step = 0; step < 12; step++) {
          List mine = lists.get(i);
          if (mine.size() > 1 && random.nextInt(3) == 0) {
            made.get(i).add(mine.delete(random.nextInt(mine.size() - 1), 2));
          } else {
            int index = random.nextInt(mine.size() + 1);
            made.get(i).add(mine.insert(index, items(Value.of(next), C), id(i + 1, next)));
            next += 2;
          }
        }
      }
      List byState = new List();
      java.util.List<Content> shadow = items();
      for (int i = replicas - 1; i >= 0; i--) {
        shadow = byState.join(lists.get(i).state(), null).applyTo(shadow);
        assertEquals(byState.items(), shadow);
      }
      for (int i = 0; i < replicas; i++) {
        shadow = lists.get(i).items();
        for (int j = 0; j < replicas; j++) {
          for (Operation operation : made.get((i + j) % replicas)) {
            shadow = lists.get(i).apply(operation, null).applyTo(shadow);
          }
        }
        lists.get(i).checkInvariants();
        assertEquals(lists.get(i).items(), shadow);
        assertEquals(byState.state(), lists.get(i).state());
        assertEquals(History.canonical(byState), History.canonical(lists.get(i)));
      }
    }
  }

  @Test
  void rollbackLeavesTheListAsItWas() {
    list.insert(0, items(A, B, C), id(1, 1));
    java.util.List<Byte> before = History.canonical(list);
    List other = List.of(list.state());
    other.insert(1, items(D), id(2, 1));
    Rollback rollback = new Rollback();
    list.delete(0, 2, rollback);
    list.join(other.state(), rollback);
    list.insert(0, items(A), id(1, 4), rollback);
    list.apply(other.delete(0, 4), rollback);
    assertEquals(items(A), list.items());
    rollback.run();
    assertEquals(items(A, B, C), list.items());
    assertEquals(before, History.canonical(list));
    list.checkInvariants();
  }

  @Test
  void deltasComposeAsTheyApply() {
    ListDelta first = ListDelta.splice(1, 1, items(C, D));
    ListDelta next = ListDelta.splice(2, 2, items(A));
    java.util.List<Content> before = items(A, B, A, B);
    assertEquals(items(A, C, A, B), next.applyTo(first.applyTo(before)));
    assertEquals(items(A, C, A, B), first.compose(next).applyTo(before));
    assertEquals(
        ListDelta.builder().retain(1).insert(items(C, A)).delete(2).build(), first.compose(next));
    assertTrue(ListDelta.empty().isEmpty());
    assertThrows(EditException.class, () -> first.applyTo(items(A)));
  }
}
