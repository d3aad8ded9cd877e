package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.value.Value;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LwwRegisterTest {
  private final Site alice = new Site(1);
  private final Site bob = new Site(2);

  private static LwwRegister replay(Operation... operations) {
    LwwRegister register = new LwwRegister();
    for (Operation operation : operations) {
      register.apply(operation);
      register.checkInvariants();
    }
    return register;
  }

  @Test
  void registerNeverWrittenIsEmpty() {
    LwwRegister register = new LwwRegister();
    assertNull(register.get());
    assertNull(register.stamp());
    assertFalse(register.hasContent());
    assertNull(register.clear());
  }

  @Test
  void greaterStampWinsWhateverTheOrder() {
    Operation early = new LwwRegister().set(Value.of("early"), alice.at(5));
    Operation late = new LwwRegister().set(Value.of("late"), bob.at(6));
    assertEquals(Value.of("late"), replay(early, late).get());
    assertEquals(canonical(replay(early, late)), canonical(replay(late, early)));
  }

  @Test
  void replicaDecidesBetweenWritesOfTheSameTime() {
    Operation smaller = new LwwRegister().set(Value.of("alice"), alice.at(5));
    Operation greater = new LwwRegister().set(Value.of("bob"), bob.at(5));
    assertEquals(Value.of("bob"), replay(smaller, greater).get());
    assertEquals(Value.of("bob"), replay(greater, smaller).get());
  }

  @Test
  void laterOperationOfOneChangeWins() {
    LwwRegister register = new LwwRegister();
    register.set(Value.of(1L), alice.at(5, 0));
    register.set(Value.of(2L), alice.at(5, 1));
    assertEquals(Value.of(2L), register.get());
  }

  @Test
  void localWriteMustBeatWhatWasSeen() {
    LwwRegister register = new LwwRegister();
    register.set(Value.of(1L), bob.at(5));
    String before = canonical(register);
    EditException refused =
        assertThrows(EditException.class, () -> register.set(Value.of(2L), alice.at(5)));
    assertEquals(EditException.STAMP_NOT_NEWER, refused.code());
    assertThrows(EditException.class, () -> register.set(Value.of(2L), bob.at(5)));
    assertEquals(before, canonical(register));
  }

  @Test
  void clearHidesTheWriteItSawAndAllThatWriteHadBeaten() {
    LwwRegister register = new LwwRegister();
    Operation beaten = new LwwRegister().set(Value.of("beaten"), alice.at(4));
    Operation seen = register.set(Value.of("seen"), bob.at(5));
    Operation clear = Objects.requireNonNull(register.clear());
    assertNull(register.get());
    assertEquals(bob.at(5), register.stamp());
    assertFalse(register.hasContent());
    assertNull(replay(seen, clear, beaten).get());
    assertEquals(canonical(replay(beaten, seen, clear)), canonical(replay(seen, clear, beaten)));
  }

  @Test
  void concurrentGreaterWriteSurvivesClear() {
    LwwRegister register = new LwwRegister();
    Operation seen = register.set(Value.of("seen"), alice.at(5));
    Operation clear = Objects.requireNonNull(register.clear());
    Operation concurrent = new LwwRegister().set(Value.of("kept"), bob.at(6));
    assertEquals(Value.of("kept"), replay(seen, clear, concurrent).get());
    assertEquals(
        canonical(replay(seen, clear, concurrent)), canonical(replay(seen, concurrent, clear)));
  }

  @Test
  void clearThatArrivesBeforeItsWriteStillHidesIt() {
    LwwRegister register = new LwwRegister();
    Operation write = register.set(Value.of("x"), alice.at(5));
    Operation clear = Objects.requireNonNull(register.clear());
    assertNull(replay(clear, write).get());
    assertEquals(canonical(replay(write, clear)), canonical(replay(clear, write)));
  }

  @Test
  void forgedWritesWithOneStampDoNotSplitReplicas() {
    Operation one = new Operation.RegisterWrite(alice.at(5), Value.of("one"));
    Operation other = new Operation.RegisterWrite(alice.at(5), Value.of("other"));
    assertEquals(canonical(replay(one, other)), canonical(replay(other, one)));
  }

  @Test
  void patchTellsTheValueBeforeAndAfter() {
    LwwRegister register = new LwwRegister();
    Operation write = new LwwRegister().set(Value.of("x"), alice.at(5));
    Patch.OfRegister patch = register.apply(write);
    assertEquals(new Patch.OfRegister(null, Value.of("x")), patch);
    assertTrue(register.apply(write).isEmpty());
  }

  @Test
  void stateWithAValueButNoStampIsRefused() {
    State.OfRegister malformed = new State.OfRegister(null, Value.of(1L));
    OperationException refused =
        assertThrows(OperationException.class, () -> LwwRegister.of(malformed));
    assertEquals("MALFORMED_STATE", refused.code());
  }
}
