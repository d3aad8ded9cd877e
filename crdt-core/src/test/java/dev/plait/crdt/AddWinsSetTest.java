package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AddWinsSetTest {
  private static final Value MILK = Value.of("milk");
  private static final Value BREAD = Value.of("bread");

  private final Site alice = new Site(1);
  private final Site bob = new Site(2);

  private static AddWinsSet replay(Operation... operations) {
    AddWinsSet set = new AddWinsSet();
    for (Operation operation : operations) {
      set.apply(operation);
      set.checkInvariants();
    }
    return set;
  }

  private static void assertMalformed(State.OfSet state) {
    OperationException refused = assertThrows(OperationException.class, () -> AddWinsSet.of(state));
    assertEquals("MALFORMED_STATE", refused.code());
  }

  @Test
  void membersAreDistinctAndInCanonicalOrder() {
    AddWinsSet set = new AddWinsSet();
    set.add(MILK, alice.id(1));
    set.add(BREAD, alice.id(2));
    set.add(Value.of(7L), alice.id(3));
    set.add(MILK, alice.id(4));
    assertEquals(3, set.size());
    assertEquals(List.of(Value.of(7L), BREAD, MILK), set.values());
    assertTrue(set.contains(MILK));
    assertFalse(set.contains(Value.of("tea")));
    List<Value> visited = new ArrayList<>();
    set.forEach(visited::add);
    visited.sort(null);
    assertEquals(set.values(), visited);
  }

  @Test
  void addingAMemberAgainKeepsTheValueThatIsThere() {
    AddWinsSet set = new AddWinsSet();
    set.add(MILK, alice.id(1));
    Operation.SetAdd again = set.add(Value.of("milk"), alice.id(2));
    assertSame(MILK, again.value());
    assertEquals(List.of(alice.id(1)), again.replaces());
  }

  @Test
  void takingBackIsRightWhereNobodyAskedForAnEntryById() {
    AddWinsSet set = new AddWinsSet();
    set.add(MILK, alice.id(1));
    Rollback rollback = new Rollback();
    set.add(MILK, alice.id(2), rollback);
    set.add(BREAD, alice.id(3), rollback);
    set.remove(MILK, rollback);
    set.add(MILK, alice.id(4), rollback);
    rollback.run();
    assertEquals(List.of(MILK), set.values());
    assertEquals(List.of(alice.id(1)), Objects.requireNonNull(set.remove(MILK)).observed());
    set.checkInvariants();
  }

  @Test
  void concurrentAddSurvivesRemove() {
    AddWinsSet here = new AddWinsSet();
    Operation add = here.add(MILK, alice.id(1));
    Operation again = replay(add).add(MILK, bob.id(1));
    Operation remove = Objects.requireNonNull(here.remove(MILK));
    assertEquals(List.of(MILK), replay(add, again, remove).values());
    assertEquals(canonical(replay(add, again, remove)), canonical(replay(add, remove, again)));
  }

  @Test
  void removeTakesAwayEveryEntryItSaw() {
    Operation here = new AddWinsSet().add(MILK, alice.id(1));
    Operation there = new AddWinsSet().add(MILK, bob.id(1));
    AddWinsSet both = replay(here, there);
    Operation.SetRemove remove = Objects.requireNonNull(both.remove(MILK));
    assertEquals(List.of(alice.id(1), bob.id(1)), remove.observed());
    assertEquals(0, replay(there, here, remove).size());
    assertEquals(canonical(both), canonical(replay(there, here, remove)));
  }

  @Test
  void addReplacesTheEntriesSeenForItsValueAndNoOthers() {
    AddWinsSet set = replay(new AddWinsSet().add(MILK, bob.id(1)));
    set.add(BREAD, alice.id(1));
    Operation.SetAdd add = set.add(MILK, alice.id(2));
    assertEquals(List.of(bob.id(1)), add.replaces());
    assertEquals(
        List.of(alice.id(1), alice.id(2)),
        set.state().entries().stream().map(State.SetEntry::id).toList());
  }

  @Test
  void removedEntryThatArrivesAgainStaysAway() {
    AddWinsSet set = new AddWinsSet();
    Operation add = set.add(MILK, alice.id(1));
    set.remove(MILK);
    assertTrue(set.apply(add).isEmpty());
    assertFalse(set.contains(MILK));
  }

  @Test
  void removingWhatIsNotThereIsNoOperation() {
    AddWinsSet set = new AddWinsSet();
    assertNull(set.remove(MILK));
    assertNull(set.clear());
  }

  @Test
  void clearTakesAwayWhatItSawAndNoMore() {
    AddWinsSet here = new AddWinsSet();
    Operation milk = here.add(MILK, alice.id(1));
    Operation bread = here.add(BREAD, alice.id(2));
    Operation again = replay(milk).add(MILK, bob.id(1));
    Operation.SetRemove clear = Objects.requireNonNull(here.clear());
    assertEquals(List.of(alice.id(1), alice.id(2)), clear.observed());
    assertFalse(here.hasContent());
    assertEquals(List.of(MILK), replay(milk, bread, clear, again).values());
    assertEquals(List.of(MILK), replay(milk, again, bread, clear).values());
  }

  @Test
  void idThatWasUsedIsRefused() {
    AddWinsSet set = new AddWinsSet();
    set.add(MILK, alice.id(5));
    set.remove(MILK);
    String before = canonical(set);
    for (long used : new long[] {5, 4}) {
      EditException refused =
          assertThrows(EditException.class, () -> set.add(BREAD, alice.id(used)));
      assertEquals(EditException.ID_NOT_NEWER, refused.code());
    }
    assertEquals(before, canonical(set));
    set.add(BREAD, bob.id(1));
    assertTrue(set.contains(BREAD));
  }

  @Test
  void operationWaitsForTheEntriesItNames() {
    AddWinsSet here = new AddWinsSet();
    Operation add = here.add(MILK, alice.id(3));
    Operation replace = replay(add).add(MILK, bob.id(1));
    Operation remove = Objects.requireNonNull(here.remove(MILK));
    AddWinsSet late = new AddWinsSet();
    assertEquals(new Refusal.Missing(alice.id(3)), late.check(remove));
    assertEquals(new Refusal.Missing(alice.id(3)), late.check(replace));
    OperationException refused = assertThrows(OperationException.class, () -> late.apply(remove));
    assertEquals("MISSING_ELEMENT", refused.code());
    late.apply(add);
    assertNull(late.check(remove));
  }

  @Test
  void addThatClaimsToReplaceItselfOrALaterOneIsRefused() {
    AddWinsSet set = replay(new AddWinsSet().add(MILK, alice.id(9)));
    Operation itself = new Operation.SetAdd(alice.id(10), MILK, List.of(alice.id(10)));
    Operation later = new Operation.SetAdd(alice.id(8), MILK, List.of(alice.id(9)));
    assertEquals("FORGED_OBSERVATION", refusalOf(set, itself));
    assertEquals("FORGED_OBSERVATION", refusalOf(set, later));
    assertThrows(OperationException.class, () -> set.apply(itself));
    assertTrue(set.contains(MILK));
  }

  @Test
  void joinDropsWhatTheOtherSideHasSeenAndRemoved() {
    AddWinsSet here = new AddWinsSet();
    here.add(MILK, alice.id(1));
    here.add(BREAD, alice.id(2));
    AddWinsSet there = AddWinsSet.of(here.state());
    there.remove(MILK);
    here.add(Value.of("tea"), alice.id(3));
    Patch.OfSet patch = here.join(there.state());
    assertEquals(new Patch.OfSet(List.of(), List.of(MILK)), patch);
    there.join(here.state());
    assertEquals(canonical(here), canonical(there));
    assertEquals(List.of(BREAD, Value.of("tea")), there.values());
  }

  @Test
  void patchNamesAValueOnlyWhenItComesOrGoes() {
    Operation here = new AddWinsSet().add(MILK, alice.id(1));
    Operation there = new AddWinsSet().add(MILK, bob.id(1));
    AddWinsSet set = new AddWinsSet();
    assertEquals(new Patch.OfSet(List.of(MILK), List.of()), set.apply(here));
    assertTrue(set.apply(there).isEmpty());
    assertTrue(set.apply(new Operation.SetRemove(List.of(alice.id(1)))).isEmpty());
    assertEquals(
        new Patch.OfSet(List.of(), List.of(MILK)),
        set.apply(new Operation.SetRemove(List.of(bob.id(1)))));
  }

  @Test
  void chainOfManyEntriesOfOneValueComesApartInAnyOrder() {
    AddWinsSet set = new AddWinsSet();
    List<ElementId> ids = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      ids.add(new Site(i).id(1));
      set.apply(new AddWinsSet().add(MILK, new Site(i).id(1)));
    }
    for (int next : new int[] {3, 0, 6, 1, 5, 2}) {
      set.apply(new Operation.SetRemove(List.of(ids.get(next))));
      set.checkInvariants();
      assertTrue(set.contains(MILK));
    }
    set.apply(new Operation.SetRemove(List.of(ids.get(4))));
    set.checkInvariants();
    assertFalse(set.contains(MILK));
  }

  @Test
  void forgedEntriesWithOneIdDoNotSplitReplicasThatJoin() {
    AddWinsSet one = replay(new AddWinsSet().add(MILK, alice.id(1)));
    AddWinsSet other = replay(new AddWinsSet().add(BREAD, alice.id(1)));
    State.OfSet stateOfOne = one.state();
    one.join(other.state());
    other.join(stateOfOne);
    one.checkInvariants();
    assertEquals(canonical(one), canonical(other));
  }

  @Test
  void stateThatContradictsItselfIsRefused() {
    State.SetEntry first = new State.SetEntry(alice.id(1), MILK);
    State.SetEntry second = new State.SetEntry(bob.id(1), BREAD);
    List<ElementId> seen = List.of(alice.id(1), bob.id(1));
    assertEquals(2, AddWinsSet.of(new State.OfSet(List.of(first, second), seen)).size());
    assertMalformed(new State.OfSet(List.of(second, first), seen));
    assertMalformed(new State.OfSet(List.of(first, first), seen));
    assertMalformed(new State.OfSet(List.of(first), List.of(bob.id(1), alice.id(1))));
    assertMalformed(new State.OfSet(List.of(first), List.of(alice.id(1), alice.id(2))));
    assertMalformed(new State.OfSet(List.of(first, second), List.of(alice.id(1))));
  }
}
