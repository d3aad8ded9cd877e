package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state of a text: its runs, what is made of them, and which ones are refused. */
class TextStateTest {

  private static ElementId id(int replica, long seq) {
    return new ElementId(ReplicaId.of(0, replica), seq);
  }

  private static State.TextRun run(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, String text) {
    return new State.TextRun(first, text.length(), left, right, text);
  }

  private static State.TextRun deletedRun(
      ElementId first, int length, @Nullable ElementId left, @Nullable ElementId right) {
    return new State.TextRun(first, length, left, right, null);
  }

  private static State.OfText state(State.TextRun... runs) {
    return new State.OfText(List.of(runs));
  }

  private static void assertRefused(String code, State.OfText state) {
    assertEquals(code, assertThrows(OperationException.class, () -> Text.of(state)).code());
    Text text = new Text();
    text.insert(0, "here", id(7, 1));
    State.OfText before = text.state();
    assertEquals(code, assertThrows(OperationException.class, () -> text.join(state, null)).code());
    assertEquals(before, text.state());
    text.checkInvariants();
  }

  @Test
  void typingKeyByKeyMakesOneRun() {
    Text text = new Text();
    for (int i = 0; i < 5; i++) {
      text.insert(i, "hello".substring(i, i + 1), id(1, i + 1));
    }
    assertEquals(state(run(id(1, 1), null, null, "hello")), text.state());
  }

  @Test
  void runsEndWhereSomethingStandsBetweenOrIsDeletedOrHasAnotherOrigin() {
    Text text = new Text();
    text.insert(0, "abcdef", id(1, 1));
    text.insert(2, "X", id(1, 7));
    text.delete(4, 2);
    assertEquals("abXcf", text.toString());
    assertEquals(
        state(
            run(id(1, 1), null, null, "ab"),
            run(id(1, 7), id(1, 2), id(1, 3), "X"),
            run(id(1, 3), id(1, 2), null, "c"),
            deletedRun(id(1, 4), 2, id(1, 3), null),
            run(id(1, 6), id(1, 5), null, "f")),
        text.state());
  }

  @Test
  void neighboursWithConsecutiveIdsButOtherOriginsAreTwoRuns() {
    Text text = new Text();
    text.insert(0, "b", id(1, 2));
    text.insert(0, "a", id(1, 1));
    assertEquals(
        state(run(id(1, 1), null, id(1, 2), "a"), run(id(1, 2), null, null, "b")), text.state());
  }

  @Test
  void textOfAStateIsThatText() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Text text = History.random(random, 3, 40).authors().get(0).text;
      Text again = Text.of(text.state());
      again.checkInvariants();
      assertEquals(text.toString(), again.toString());
      assertEquals(text.state(), again.state());
      assertEquals(History.canonical(text), History.canonical(again));
    }
  }

  @Test
  void canonicalBytesTellDeletedFromVisible() {
    State.OfText one = state(run(id(1, 1), null, null, "a"));
    State.OfText other = state(deletedRun(id(1, 1), 1, null, null));
    assertEquals(false, History.canonical(Text.of(one)).equals(History.canonical(Text.of(other))));
  }

  @Test
  void stateWithRepeatedIdsIsRefused() {
    assertRefused(
        Foreign.MALFORMED_STATE,
        state(run(id(1, 1), null, null, "ab"), run(id(1, 2), id(1, 1), null, "c")));
  }

  @Test
  void stateWithUnknownOriginsIsRefused() {
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, 1), id(2, 1), null, "ab")));
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, 1), null, id(2, 1), "ab")));
  }

  @Test
  void stateWithOriginsOnTheWrongSideIsRefused() {
    assertRefused(
        Foreign.MALFORMED_STATE,
        state(run(id(1, 1), id(2, 1), null, "a"), run(id(2, 1), null, null, "b")));
    assertRefused(
        Foreign.MALFORMED_STATE,
        state(run(id(2, 1), null, null, "b"), run(id(1, 1), null, id(2, 1), "a")));
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, 1), null, id(1, 2), "ab")));
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, 1), id(1, 2), null, "ab")));
  }

  @Test
  void stateWithRunsOfTheWrongLengthIsRefused() {
    assertRefused(Foreign.MALFORMED_STATE, state(new State.TextRun(id(1, 1), 3, null, null, "ab")));
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, 1), null, null, "")));
    assertRefused(Foreign.MALFORMED_STATE, state(deletedRun(id(1, 1), -1, null, null)));
    assertRefused(Foreign.MALFORMED_STATE, state(run(id(1, Long.MAX_VALUE), null, null, "ab")));
  }

  @Test
  void stateWithHalfAPairIsRefused() {
    assertRefused(
        "LONE_SURROGATE",
        state(run(id(1, 1), null, null, "a\uD83D"), deletedRun(id(1, 3), 1, id(1, 2), null)));
  }

  @Test
  void runsThatWaitForEachOtherAreNotJoined() {
    State.OfText circle =
        state(run(id(1, 1), null, id(2, 1), "a"), run(id(2, 1), id(1, 1), null, "b"));
    Text text = new Text();
    assertEquals(
        Foreign.MALFORMED_STATE,
        assertThrows(OperationException.class, () -> text.join(circle, null)).code());
    assertEquals("", text.toString());
  }

  @Test
  void failedJoinLeavesNothingBehind() {
    Text text = new Text();
    text.insert(0, "own", id(1, 1));
    State.OfText before = text.state();
    // The first run is fine; the second holds a sibling that its author can't have made beside
    // "own".
    State.OfText forged =
        state(run(id(0, 1), null, null, "fine"), run(id(1, 9), null, null, "forged"));
    assertEquals(
        "FORGED_SIBLING",
        assertThrows(OperationException.class, () -> text.join(forged, null)).code());
    assertEquals(before, text.state());
    text.checkInvariants();
  }

  @Test
  void stateThatKnowsAnIdByOtherOriginsIsNotJoined() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    State.OfText before = text.state();
    State.OfText other = state(run(id(1, 2), null, null, "x"));
    assertEquals(
        "DUPLICATE_ID",
        assertThrows(OperationException.class, () -> text.join(other, null)).code());
    assertEquals(before, text.state());
  }

  @Test
  void longChainsAreJoinedWithoutRecursion() {
    int units = 50_000;
    Text backwards = new Text();
    Text forwards = new Text();
    for (int i = 0; i < units; i++) {
      backwards.insert(0, "b", id(1, i + 1));
      forwards.insert(i, "f", id(i % 2 + 1, i + 1));
    }
    for (Text text : List.of(backwards, forwards)) {
      Text joined = new Text();
      joined.join(text.state(), null);
      assertEquals(units, text.state().runs().size());
      assertEquals(text.state(), joined.state());
    }
  }
}
