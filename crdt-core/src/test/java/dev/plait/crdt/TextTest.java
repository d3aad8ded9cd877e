package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.value.ContainerType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Local edits of a text: what they do, what they return, what they refuse. */
class TextTest {
  private static final String SMILE = "\uD83D\uDE00";
  private static final ReplicaId ANN = ReplicaId.of(0, 1);
  private static final ReplicaId BEN = ReplicaId.of(0, 2);

  private final Text text = new Text();

  private static ElementId ann(long seq) {
    return new ElementId(ANN, seq);
  }

  private void assertRefused(String code, Executable edit) {
    State.OfText before = text.state();
    assertEquals(code, assertThrows(EditException.class, edit).code());
    assertEquals(before, text.state());
    text.checkInvariants();
  }

  @Test
  void newTextIsEmpty() {
    assertEquals("", text.toString());
    assertEquals(0, text.length());
    assertFalse(text.hasContent());
    assertEquals(ContainerType.TEXT, text.type());
    assertEquals(new State.OfText(List.of()), text.state());
  }

  @Test
  void editsShowInTheText() {
    text.insert(0, "Hello", ann(1));
    text.insert(5, " world", ann(6));
    text.insert(5, ",", ann(12));
    text.delete(0, 1);
    text.insert(0, "h", ann(13));
    assertEquals("hello, world", text.toString());
    assertEquals(12, text.length());
    assertEquals(',', text.charAt(5));
    assertEquals("world", text.substring(7, 12));
    assertEquals("", text.substring(12, 12));
    assertTrue(text.hasContent());
    text.checkInvariants();
  }

  @Test
  void insertCarriesVisibleLeftAndFullRightNeighbour() {
    assertEquals(
        new Operation.TextInsert(ann(1), null, null, "abc"), text.insert(0, "abc", ann(1)));
    assertEquals(
        new Operation.TextInsert(ann(4), ann(1), ann(2), "x"), text.insert(1, "x", ann(4)));
    text.delete(1, 2);
    assertEquals("ac", text.toString());
    assertEquals(
        new Operation.TextInsert(ann(5), ann(1), ann(4), "y"), text.insert(1, "y", ann(5)));
    text.delete(0, 1);
    assertEquals(new Operation.TextInsert(ann(6), null, ann(1), "z"), text.insert(0, "z", ann(6)));
  }

  @Test
  void deleteNamesConsecutiveIdsAsOneRangeInTheOrderOfTheText() {
    text.insert(0, "abcd", ann(1));
    text.insert(2, "xy", ann(5));
    assertEquals(
        new Operation.TextDelete(
            List.of(
                new ElementRange(ann(2), 1),
                new ElementRange(ann(5), 2),
                new ElementRange(ann(3), 2))),
        text.delete(1, 5));
    assertEquals("a", text.toString());
  }

  @Test
  void rangesDoNotRunFromOneReplicaIntoAnother() {
    text.insert(0, "a", ann(1));
    text.insert(1, "b", new ElementId(BEN, 2));
    assertEquals(
        List.of(new ElementRange(ann(1), 1), new ElementRange(new ElementId(BEN, 2), 1)),
        text.delete(0, 2).ranges());
  }

  @Test
  void indexOutsideTheTextIsRefused() {
    text.insert(0, "abc", ann(1));
    String code = EditException.INDEX_OUT_OF_RANGE;
    assertRefused(code, () -> text.insert(-1, "x", ann(4)));
    assertRefused(code, () -> text.insert(4, "x", ann(4)));
    assertRefused(code, () -> text.delete(-1, 1));
    assertRefused(code, () -> text.delete(0, -1));
    assertRefused(code, () -> text.delete(2, 2));
    assertRefused(code, () -> text.delete(4, 0));
    assertRefused(code, () -> text.delete(1, Integer.MAX_VALUE));
    assertRefused(code, () -> text.charAt(3));
    assertRefused(code, () -> text.charAt(-1));
    assertRefused(code, () -> text.substring(2, 1));
    assertRefused(code, () -> text.substring(-1, 1));
    assertRefused(code, () -> text.substring(0, 4));
  }

  @Test
  void emptyEditIsRefused() {
    text.insert(0, "abc", ann(1));
    assertRefused(EditException.EMPTY_EDIT, () -> text.insert(1, "", ann(4)));
    assertRefused(EditException.EMPTY_EDIT, () -> text.delete(1, 0));
  }

  @Test
  void editsThatCutASurrogatePairAreRefused() {
    text.insert(0, "a" + SMILE + "b", ann(1));
    String code = EditException.SURROGATE_SPLIT;
    assertRefused(code, () -> text.insert(2, "x", ann(5)));
    assertRefused(code, () -> text.delete(0, 2));
    assertRefused(code, () -> text.delete(2, 2));
    assertRefused(code, () -> text.delete(1, 1));
    text.delete(1, 2);
    assertEquals("ab", text.toString());
  }

  @Test
  void editsBetweenTwoPairsAreAccepted() {
    text.insert(0, SMILE + SMILE, ann(1));
    text.insert(2, "-", ann(5));
    text.delete(3, 2);
    assertEquals(SMILE + "-", text.toString());
  }

  @Test
  void textWithHalfAPairIsRefused() {
    String code = EditException.LONE_SURROGATE;
    assertRefused(code, () -> text.insert(0, "a\uD83D", ann(1)));
    assertRefused(code, () -> text.insert(0, "\uDE00a", ann(1)));
    assertRefused(code, () -> text.insert(0, "\uDE00\uD83D", ann(1)));
  }

  @Test
  void idsInUseAreRefused() {
    text.insert(0, "abc", ann(5));
    text.delete(1, 1);
    String code = EditException.ID_NOT_NEWER;
    assertRefused(code, () -> text.insert(0, "x", ann(5)));
    assertRefused(code, () -> text.insert(0, "x", ann(6)));
    assertRefused(code, () -> text.insert(0, "xyz", ann(3)));
    assertRefused(code, () -> text.insert(0, "xy", ann(Long.MAX_VALUE)));
    text.insert(0, "x", ann(Long.MAX_VALUE));
    assertEquals("xac", text.toString());
    text.delete(0, 1);
  }

  @Test
  void applyReportsWhereTheChangeBecameVisible() {
    Text other = new Text();
    other.apply(text.insert(0, "abcdef", ann(1)), null);
    other.delete(1, 2);
    assertEquals(TextDelta.splice(2, 0, "xy"), other.apply(text.insert(4, "xy", ann(7)), null));
    assertEquals("adxyef", other.toString());
    // "cdxye" of the writer, of which "c" is gone here.
    assertEquals(TextDelta.splice(1, 4, ""), other.apply(text.delete(2, 5), null));
    assertEquals("af", other.toString());
    assertEquals("abf", text.toString());
  }

  @Test
  void deletionOfScatteredUnitsIsOneDelta() {
    text.insert(0, "abcdef", ann(1));
    Operation.TextDelete delete =
        new Operation.TextDelete(
            List.of(
                new ElementRange(ann(5), 1),
                new ElementRange(ann(1), 1),
                new ElementRange(ann(3), 1)));
    assertEquals(
        TextDelta.builder().delete(1).retain(1).delete(1).retain(1).delete(1).build(),
        text.apply(delete, null));
    assertEquals("bdf", text.toString());
  }

  @Test
  void operationWaitsForWhatItNames() {
    Operation.TextInsert insert = new Operation.TextInsert(ann(9), ann(1), ann(2), "x");
    assertEquals(new Refusal.Missing(ann(1)), text.check(insert));
    text.insert(0, "a", ann(1));
    assertEquals(new Refusal.Missing(ann(2)), text.check(insert));
    Operation.TextDelete delete = new Operation.TextDelete(List.of(new ElementRange(ann(1), 2)));
    assertEquals(new Refusal.Missing(ann(2)), text.check(delete));
    OperationException failure =
        assertThrows(OperationException.class, () -> text.apply(delete, null));
    assertEquals("MISSING_ELEMENT", failure.code());
    assertEquals("a", text.toString());
    text.insert(1, "b", ann(2));
    assertNull(text.check(insert));
    text.apply(insert, null);
    assertEquals("axb", text.toString());
  }

  @Test
  void operationsOfOtherTypesAreRefused() {
    Operation foreign = new Operation.ListInsert(ann(1), null, null, List.of());
    assertEquals(
        "WRONG_OPERATION",
        assertThrows(OperationException.class, () -> text.apply(foreign, null)).code());
    assertThrows(OperationException.class, () -> text.join(new State.OfList(List.of()), null));
  }

  @Test
  void rollbackOfADeletionBringsTheContentBack() {
    text.insert(0, "a" + SMILE + "b", ann(1));
    State.OfText before = text.state();
    Rollback rollback = new Rollback();
    text.delete(1, 3, rollback);
    text.insert(1, "new", ann(5), rollback);
    text.delete(0, 2, rollback);
    assertEquals("ew", text.toString());
    rollback.run();
    assertEquals(before, text.state());
    text.insert(4, "c", ann(5));
    assertEquals("a" + SMILE + "bc", text.toString());
    text.checkInvariants();
  }
}
