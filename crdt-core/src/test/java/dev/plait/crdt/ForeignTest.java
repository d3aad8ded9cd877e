package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations and states that were meant for another type. */
class ForeignTest {

  @ParameterizedTest
  @EnumSource
  void operationOfAnotherTypeIsRefusedAndChangesNothing(Subject subject) {
    Crdt crdt = CausalRun.of(subject, 2, 20, new Random(1)).anyPeer().crdt;
    String before = canonical(crdt);
    for (Subject other : Subject.values()) {
      if (other != subject) {
        Operation foreign = anOperationOf(other);
        assertEquals("WRONG_OPERATION", refusalOf(crdt, foreign));
        OperationException refused =
            assertThrows(OperationException.class, () -> crdt.apply(foreign, null));
        assertEquals("WRONG_OPERATION", refused.code());
      }
    }
    assertEquals(before, canonical(crdt));
  }

  @ParameterizedTest
  @EnumSource
  void stateOfAnotherTypeIsRefusedAndChangesNothing(Subject subject) {
    Crdt crdt = CausalRun.of(subject, 2, 20, new Random(1)).anyPeer().crdt;
    String before = canonical(crdt);
    for (Subject other : Subject.values()) {
      if (other != subject) {
        State foreign = other.empty().state();
        OperationException refused =
            assertThrows(OperationException.class, () -> crdt.join(foreign, null));
        assertEquals("MALFORMED_STATE", refused.code());
      }
    }
    assertEquals(before, canonical(crdt));
  }

  private static Operation anOperationOf(Subject subject) {
    Random random = new Random(2);
    Site site = new Site(1);
    Crdt crdt = subject.empty();
    Operation operation = null;
    while (operation == null) {
      operation = subject.edit(crdt, site, random, null);
    }
    return operation;
  }
}
