package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.value.Value;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MvRegisterTest {
  private static final Value RED = Value.of("red");
  private static final Value BLUE = Value.of("blue");
  private static final Value GREEN = Value.of("green");

  private final Site alice = new Site(1);
  private final Site bob = new Site(2);

  private static MvRegister replay(Operation... operations) {
    MvRegister register = new MvRegister();
    for (Operation operation : operations) {
      register.apply(operation);
      register.checkInvariants();
    }
    return register;
  }

  private static void assertMalformed(State.OfMvRegister state) {
    OperationException refused = assertThrows(OperationException.class, () -> MvRegister.of(state));
    assertEquals("MALFORMED_STATE", refused.code());
  }

  @Test
  void concurrentValuesAreAllShownInStampOrder() {
    Operation late = new MvRegister().set(RED, bob.at(9));
    Operation early = new MvRegister().set(BLUE, alice.at(3));
    assertEquals(List.of(BLUE, RED), replay(late, early).values());
    assertEquals(canonical(replay(late, early)), canonical(replay(early, late)));
  }

  @Test
  void equalConcurrentValuesAreBothShown() {
    Operation here = new MvRegister().set(RED, alice.at(3));
    Operation there = new MvRegister().set(RED, bob.at(4));
    assertEquals(List.of(RED, RED), replay(here, there).values());
  }

  @Test
  void writeSupersedesAllThatItsMakerSaw() {
    Operation here = new MvRegister().set(RED, alice.at(3));
    Operation there = new MvRegister().set(BLUE, bob.at(4));
    MvRegister both = replay(here, there);
    Operation.MvWrite settled = both.set(GREEN, alice.at(5));
    assertEquals(List.of(GREEN), both.values());
    assertEquals(List.of(alice.at(3), bob.at(4)), settled.supersedes());
    assertEquals(List.of(GREEN), replay(there, here, settled).values());
  }

  @Test
  void writeThatItsMakerDidNotSeeSurvives() {
    Operation first = new MvRegister().set(RED, alice.at(3));
    Operation second = replay(first).set(BLUE, bob.at(5));
    Operation concurrent = replay(first).set(GREEN, alice.at(4));
    assertEquals(List.of(GREEN, BLUE), replay(first, second, concurrent).values());
    assertEquals(List.of(GREEN, BLUE), replay(first, concurrent, second).values());
  }

  @Test
  void supersededWriteThatArrivesAgainStaysAway() {
    Operation first = new MvRegister().set(RED, alice.at(3));
    Operation second = replay(first).set(BLUE, bob.at(5));
    MvRegister register = replay(first, second);
    assertTrue(register.apply(first).isEmpty());
    assertEquals(List.of(BLUE), register.values());
  }

  @Test
  void clearTakesAwayWhatItSawAndNoMore() {
    MvRegister register = new MvRegister();
    Operation seen = register.set(RED, alice.at(3));
    Operation clear = Objects.requireNonNull(register.clear());
    Operation concurrent = new MvRegister().set(BLUE, bob.at(2));
    assertFalse(register.hasContent());
    assertNull(register.clear());
    assertEquals(List.of(BLUE), replay(seen, concurrent, clear).values());
    assertEquals(List.of(BLUE), replay(seen, clear, concurrent).values());
    assertTrue(register.apply(seen).isEmpty());
  }

  @Test
  void clearThatArrivesBeforeItsWriteStillTakesItAway() {
    MvRegister register = new MvRegister();
    Operation write = register.set(RED, alice.at(3));
    Operation clear = Objects.requireNonNull(register.clear());
    assertEquals(canonical(replay(write, clear)), canonical(replay(clear, write)));
  }

  @Test
  void joinKeepsAValueOnlyOneSideShowsUnlessTheOtherHasSeenIt() {
    Operation first = new MvRegister().set(RED, alice.at(3));
    MvRegister moved = replay(first);
    moved.set(BLUE, bob.at(5));
    MvRegister stale = replay(first);
    assertTrue(moved.join(stale.state()).isEmpty());
    stale.join(moved.state());
    assertEquals(List.of(BLUE), stale.values());
    assertEquals(canonical(moved), canonical(stale));
  }

  @Test
  void localWriteMustBeatWhatWasSeen() {
    MvRegister register = new MvRegister();
    register.set(RED, bob.at(5));
    String before = canonical(register);
    EditException older = assertThrows(EditException.class, () -> register.set(BLUE, alice.at(5)));
    assertEquals(EditException.STAMP_NOT_NEWER, older.code());
    assertEquals(before, canonical(register));
    register.clear();
    assertThrows(EditException.class, () -> register.set(BLUE, bob.at(5)));
    assertFalse(register.hasContent());
    register.set(BLUE, bob.at(6));
    assertEquals(List.of(BLUE), register.values());
  }

  @Test
  void writeThatClaimsToHaveSeenALaterOneIsRefused() {
    MvRegister register = replay(new MvRegister().set(RED, bob.at(5)));
    String before = canonical(register);
    Operation forged = new Operation.MvWrite(alice.at(5), BLUE, List.of(bob.at(5)));
    assertEquals("FORGED_OBSERVATION", refusalOf(register, forged));
    assertThrows(OperationException.class, () -> register.apply(forged));
    assertEquals(before, canonical(register));
    Operation ofItself = new Operation.MvWrite(alice.at(5), BLUE, List.of(alice.at(5)));
    assertEquals("FORGED_OBSERVATION", refusalOf(new MvRegister(), ofItself));
  }

  @Test
  void forgedWritesWithOneStampDoNotSplitReplicasThatJoin() {
    MvRegister one = replay(new MvRegister().set(RED, alice.at(5)));
    MvRegister other = replay(new MvRegister().set(BLUE, alice.at(5)));
    State.OfMvRegister stateOfOne = one.state();
    one.join(other.state());
    other.join(stateOfOne);
    assertEquals(canonical(one), canonical(other));
  }

  @Test
  void stateThatContradictsItselfIsRefused() {
    State.MvEntry early = new State.MvEntry(alice.at(3), RED);
    State.MvEntry late = new State.MvEntry(bob.at(4), BLUE);
    List<dev.plait.clock.Stamp> seen = List.of(alice.at(3), bob.at(4));
    assertEquals(
        List.of(RED, BLUE),
        MvRegister.of(new State.OfMvRegister(List.of(early, late), seen)).values());
    assertMalformed(new State.OfMvRegister(List.of(late, early), seen));
    assertMalformed(new State.OfMvRegister(List.of(early, early), seen));
    assertMalformed(new State.OfMvRegister(List.of(early), List.of(bob.at(4), alice.at(3))));
    assertMalformed(new State.OfMvRegister(List.of(early, late), List.of(alice.at(3))));
    assertMalformed(new State.OfMvRegister(List.of(early, late), List.of(alice.at(3), bob.at(3))));
  }
}
