package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Lists: elements that are replaced and moved. */
class ListMoveTest {
  private static final Content A = Value.of("a");
  private static final Content B = Value.of("b");
  private static final Content C = new Child(ContainerType.TEXT);
  private static final Content D = Value.of("d");
  private static final Value X = Value.of("x");
  private static final Value Y = Value.of("y");

  private final List list = new List();
  private final List other = new List();

  private static ElementId id(int replica, long seq) {
    return new ElementId(ReplicaId.of(0, replica), seq);
  }

  private static Stamp at(int replica, int time) {
    return new Stamp(
        new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + time), ReplicaId.of(0, replica), 0);
  }

  private static java.util.List<Content> items(Content... items) {
    return java.util.List.of(items);
  }

  private static java.util.List<ElementRange> range(ElementId first, int length) {
    return java.util.List.of(new ElementRange(first, length));
  }

  @BeforeEach
  void fill() {
    other.apply(list.insert(0, items(A, B, C, D), id(1, 1)), null);
  }

  /** Both get what the other did; then they have to be the same, and so does who joins both. */
  private void exchange(Operation ours, Operation theirs) {
    List joined = List.of(list.state());
    State.OfList state = other.state();
    java.util.List<Content> before = list.items();
    assertEquals(joined.join(state, null).applyTo(before), joined.items());
    assertEquals(list.apply(theirs, null).applyTo(before), list.items());
    other.apply(ours, null);
    list.checkInvariants();
    other.checkInvariants();
    joined.checkInvariants();
    assertEquals(list.state(), other.state());
    assertEquals(list.state(), joined.state());
    assertEquals(History.canonical(list), History.canonical(other));
    assertEquals(list.state(), List.of(list.state()).state());
  }

  @Test
  void elementReplacedKeepsItsIdentity() {
    assertEquals(new Operation.ListSet(at(1, 1), id(1, 2), X), list.set(1, X, at(1, 1)));
    assertEquals(items(A, X, C, D), list.items());
    assertEquals(id(1, 2), list.idAt(1));
    assertEquals(
        ListDelta.splice(2, 1, items(Y)),
        other.apply(new Operation.ListSet(at(1, 2), id(1, 3), Y), null));
    assertEquals(items(A, B, Y, D), other.items());
  }

  @Test
  void elementMovedKeepsItsIdentity() {
    assertEquals(
        new Operation.ListMove(at(1, 1), id(1, 1), id(1, 5), id(1, 3), id(1, 4)),
        list.move(0, 2, id(1, 5), at(1, 1)));
    assertEquals(items(B, C, A, D), list.items());
    assertEquals(id(1, 1), list.idAt(2));
    assertEquals(2, list.indexOf(id(1, 1)));
    assertTrue(list.isVisible(id(1, 1)));
    list.move(2, 0, id(1, 6), at(1, 2));
    assertEquals(items(A, B, C, D), list.items());
    assertEquals(0, list.indexOf(id(1, 1)));
    list.checkInvariants();
  }

  @Test
  void positionIsNoElement() {
    list.move(0, 2, id(1, 5), at(1, 1));
    assertFalse(list.contains(id(1, 5)));
    assertFalse(list.isVisible(id(1, 5)));
    assertEquals(-1, list.indexOf(id(1, 5)));
    assertEquals("NOT_AN_ELEMENT", codeOf(new Operation.ListDelete(range(id(1, 4), 2))));
    assertEquals("NOT_AN_ELEMENT", codeOf(new Operation.ListSet(at(2, 2), id(1, 5), X)));
    assertEquals(
        "NOT_AN_ELEMENT",
        codeOf(new Operation.ListMove(at(2, 2), id(1, 5), id(2, 1), null, id(1, 1))));
    assertEquals(
        "DUPLICATE_ID", codeOf(new Operation.ListInsert(id(1, 5), id(1, 3), id(1, 4), items(A))));
    assertEquals(
        "DUPLICATE_ID", codeOf(new Operation.ListMove(at(2, 2), id(1, 2), id(1, 1), null, null)));
  }

  private String codeOf(Operation operation) {
    State.OfList before = list.state();
    Refusal refusal = list.check(operation);
    assertThrows(OperationException.class, () -> list.apply(operation, null));
    assertEquals(before, list.state());
    return assertInstanceOf(Refusal.Invalid.class, refusal).code();
  }

  @Test
  void missingElementsAreNamed() {
    assertEquals(
        new Refusal.Missing(id(9, 1)), list.check(new Operation.ListSet(at(9, 1), id(9, 1), X)));
    assertEquals(
        new Refusal.Missing(id(9, 1)),
        list.check(new Operation.ListMove(at(9, 1), id(9, 1), id(9, 2), null, null)));
    assertEquals(
        new Refusal.Missing(id(9, 1)),
        list.check(new Operation.ListMove(at(9, 1), id(1, 1), id(9, 2), id(9, 1), null)));
    assertNull(list.check(new Operation.ListMove(at(9, 1), id(1, 1), id(9, 2), id(1, 4), null)));
  }

  @Test
  void wrongEditsAreRefused() {
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.set(4, X, at(1, 1)));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.move(4, 0, id(1, 5), at(1, 1)));
    assertRefused(EditException.INDEX_OUT_OF_RANGE, () -> list.move(0, 4, id(1, 5), at(1, 1)));
    assertRefused(EditException.EMPTY_EDIT, () -> list.move(1, 1, id(1, 5), at(1, 1)));
    assertRefused(EditException.ID_NOT_NEWER, () -> list.move(0, 1, id(1, 4), at(1, 1)));
    list.set(0, X, at(1, 2));
    list.move(0, 1, id(1, 5), at(1, 2));
    assertRefused(EditException.STAMP_NOT_NEWER, () -> list.set(1, X, at(1, 2)));
    assertRefused(EditException.STAMP_NOT_NEWER, () -> list.move(1, 0, id(1, 6), at(1, 2)));
  }

  private void assertRefused(String code, Executable edit) {
    State.OfList before = list.state();
    assertEquals(code, assertThrows(EditException.class, edit).code());
    assertEquals(before, list.state());
  }

  @Test
  void concurrentMovesLeaveOneCopyWhereTheGreaterStampPutIt() {
    Operation ours = list.move(0, 3, id(1, 5), at(1, 1));
    Operation theirs = other.move(0, 1, id(2, 1), at(2, 1));
    exchange(ours, theirs);
    assertEquals(items(B, A, C, D), list.items());
  }

  @Test
  void elementMovedAndDeletedIsDeleted() {
    exchange(list.move(0, 3, id(1, 5), at(1, 9)), other.delete(0, 2));
    assertEquals(items(C, D), list.items());
    assertFalse(list.isVisible(id(1, 1)));
    assertTrue(list.contains(id(1, 1)));
    assertEquals(java.util.List.of(), list.state().moved());
    assertEquals(range(id(1, 5), 1), list.state().positions());
  }

  @Test
  void elementReplacedAndDeletedIsDeleted() {
    exchange(list.set(0, X, at(1, 9)), other.delete(0, 1));
    assertEquals(items(B, C, D), list.items());
    assertEquals(java.util.List.of(), list.state().replaced());
  }

  @Test
  void elementReplacedAndMovedIsBoth() {
    exchange(list.set(0, X, at(1, 1)), other.move(0, 3, id(2, 1), at(2, 1)));
    assertEquals(items(B, C, D, X), list.items());
  }

  @Test
  void concurrentReplacementsLeaveTheGreaterStamp() {
    exchange(list.set(2, X, at(1, 2)), other.set(2, Y, at(2, 1)));
    assertEquals(items(A, B, X, D), list.items());
  }

  @Test
  void deletingARangeNamesElementsWhereverTheyWereInserted() {
    list.move(3, 1, id(1, 5), at(1, 1));
    assertEquals(items(A, D, B, C), list.items());
    assertEquals(
        new Operation.ListDelete(
            java.util.List.of(
                new ElementRange(id(1, 1), 1),
                new ElementRange(id(1, 4), 1),
                new ElementRange(id(1, 2), 1))),
        list.delete(0, 3));
    assertEquals(items(C), list.items());
    list.checkInvariants();
  }

  @Test
  void whatStandsBesideTheOldPlaceStaysThere() {
    Operation move = list.move(1, 3, id(1, 5), at(1, 1));
    exchange(move, other.insert(2, items(X), id(2, 1)));
    assertEquals(items(A, X, C, D, B), list.items());
  }

  @Test
  void whatArrivesAgainChangesNothing() {
    Operation move = list.move(0, 3, id(1, 5), at(1, 1));
    Operation set = list.set(3, X, at(1, 2));
    State.OfList state = list.state();
    assertTrue(list.apply(move, null).isEmpty());
    assertTrue(list.apply(set, null).isEmpty());
    assertTrue(list.join(state, null).isEmpty());
    assertEquals(state, list.state());
  }

  @Test
  void moveIsADeletionAndAnInsertionForAReader() {
    Operation move = list.move(0, 2, id(1, 5), at(1, 1));
    assertEquals(
        ListDelta.builder().delete(1).retain(2).insert(items(A)).build(), other.apply(move, null));
    Operation back = list.move(2, 0, id(1, 6), at(1, 2));
    assertEquals(
        ListDelta.builder().insert(items(A)).retain(2).delete(1).build(), other.apply(back, null));
    assertEquals(items(A, B, C, D), ListDelta.move(0, 0, A).applyTo(items(A, B, C, D)));
  }

  @Test
  void rollbackLeavesTheListAsItWas() {
    list.move(0, 2, id(1, 5), at(1, 1));
    list.set(1, X, at(1, 1));
    other.apply(list.insert(0, items(D), id(1, 7)), null);
    Operation theirMove = other.move(1, 4, id(2, 1), at(2, 9));
    Operation theirSet = other.set(0, Y, at(2, 9));
    Operation theirDelete = other.delete(2, 2);
    java.util.List<Byte> before = History.canonical(list);
    State.OfList state = list.state();
    for (int way = 0; way < 2; way++) {
      Rollback rollback = new Rollback();
      list.set(2, Y, at(1, 3), rollback);
      list.move(3, 1, id(1, 8), at(1, 3), rollback);
      list.move(1, 2, id(1, 9), at(1, 4), rollback);
      if (way == 0) {
        list.join(other.state(), rollback);
      } else {
        list.apply(theirMove, rollback);
        list.apply(theirSet, rollback);
        list.apply(theirDelete, rollback);
      }
      list.delete(0, list.size(), rollback);
      rollback.run();
      list.checkInvariants();
      assertEquals(before, History.canonical(list));
      assertEquals(state, list.state());
      // What was a position for a moment may become an element.
      Rollback again = new Rollback();
      list.insert(0, items(A, B), id(1, 8), again);
      list.checkInvariants();
      again.run();
    }
  }

  @Test
  void statesThatContradictThemselvesAreRefused() {
    list.move(0, 2, id(1, 5), at(1, 1));
    list.set(0, X, at(1, 1));
    State.OfList good = list.state();
    java.util.List<State.MovedElement> moved = good.moved();
    java.util.List<State.ReplacedElement> replaced = good.replaced();
    State.MovedElement elsewhere = new State.MovedElement(id(1, 1), at(1, 1), id(1, 4));
    State.MovedElement position = new State.MovedElement(id(1, 5), at(1, 1), id(1, 5));
    State.MovedElement there = new State.MovedElement(id(1, 2), at(1, 1), id(1, 5));
    State.ReplacedElement unknown = new State.ReplacedElement(id(1, 9), at(1, 1));
    State.ReplacedElement child = new State.ReplacedElement(id(1, 3), at(1, 1));
    assertMalformed(good, java.util.List.of(), moved, replaced);
    assertMalformed(good, range(id(1, 6), 1), moved, replaced);
    assertMalformed(good, range(id(1, 4), 2), moved, replaced);
    assertMalformed(good, good.positions(), java.util.List.of(), replaced);
    for (State.MovedElement wrong : java.util.List.of(elsewhere, position, there)) {
      assertMalformed(good, good.positions(), java.util.List.of(wrong), replaced);
    }
    assertMalformed(good, good.positions(), java.util.List.of(moved.get(0), there), replaced);
    assertMalformed(good, good.positions(), moved, java.util.List.of(unknown));
    assertMalformed(good, good.positions(), moved, java.util.List.of(child));
    ArrayList<State.ReplacedElement> twice = new ArrayList<>(replaced);
    twice.addAll(replaced);
    assertMalformed(good, good.positions(), moved, twice);
    assertEquals(good, List.of(good).state());
  }

  private void assertMalformed(
      State.OfList good,
      java.util.List<ElementRange> positions,
      java.util.List<State.MovedElement> moved,
      java.util.List<State.ReplacedElement> replaced) {
    State.OfList bad = new State.OfList(good.columns(), good.visible(), positions, moved, replaced);
    assertEquals(
        Foreign.MALFORMED_STATE, assertThrows(OperationException.class, () -> List.of(bad)).code());
    State.OfList before = other.state();
    assertEquals(
        Foreign.MALFORMED_STATE,
        assertThrows(OperationException.class, () -> other.join(bad, null)).code());
    assertEquals(before, other.state());
  }

  @Test
  void stateThatTakesAnElementForAPositionIsRefused() {
    list.move(0, 2, id(1, 5), at(1, 1));
    other.apply(new Operation.ListInsert(id(1, 5), id(1, 3), id(1, 4), items(X)), null);
    State.OfList ours = list.state();
    State.OfList theirs = other.state();
    assertEquals(
        "DUPLICATE_ID",
        assertThrows(OperationException.class, () -> list.join(theirs, null)).code());
    assertEquals(
        "DUPLICATE_ID",
        assertThrows(OperationException.class, () -> other.join(ours, null)).code());
    assertEquals(ours, list.state());
    assertEquals(theirs, other.state());
  }

  @Test
  void randomHistoriesConvergeByOperationsAndByStates() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      java.util.List<List> lists = new ArrayList<>();
      java.util.List<java.util.List<Operation>> made = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        lists.add(List.of(list.state()));
        made.add(new ArrayList<>());
      }
      long next = 9;
      for (int round = 0; round < 2; round++) {
        made.forEach(java.util.List::clear);
        java.util.List<State.OfList> states = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          for (int step = 0; step < 10; step++) {
            made.get(i).add(edit(lists.get(i), random, i + 1, next++));
          }
          states.add(lists.get(i).state());
        }
        List byState = new List();
        java.util.List<Content> shadow = items();
        Collections.shuffle(states, random);
        for (State.OfList state : states) {
          shadow = byState.join(state, null).applyTo(shadow);
          assertEquals(byState.items(), shadow, "seed " + seed);
          byState.checkInvariants();
        }
        for (int i = 0; i < 3; i++) {
          shadow = lists.get(i).items();
          for (int j = 0; j < 3; j++) {
            for (Operation operation : made.get((i + j) % 3)) {
              shadow = lists.get(i).apply(operation, null).applyTo(shadow);
            }
          }
          lists.get(i).checkInvariants();
          assertEquals(lists.get(i).items(), shadow, "seed " + seed);
          assertEquals(byState.state(), lists.get(i).state(), "seed " + seed);
          assertEquals(History.canonical(byState), History.canonical(lists.get(i)));
        }
      }
    }
  }

  private static Operation edit(List list, Random random, int replica, long next) {
    int kind = list.size() < 3 ? 0 : random.nextInt(8);
    int from = random.nextInt(list.size() + 1);
    if (kind < 2 || from == list.size()) {
      return list.insert(from, items(Value.of(next)), id(replica, next));
    }
    return switch (kind) {
      case 2 -> list.delete(from, Math.min(list.size() - from, 1 + random.nextInt(3)));
      case 3, 4 -> list.set(from, Value.of(-next), at(replica, (int) next));
      default -> {
        int to = (from + 1 + random.nextInt(list.size() - 1)) % list.size();
        yield list.move(from, to, id(replica, next), at(replica, (int) next));
      }
    };
  }
}
