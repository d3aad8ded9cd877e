package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Places that stay with their element. */
final class CursorTest {
  private static final ReplicaId ALICE = ReplicaId.of(0, 1);
  private static final ReplicaId BOB = ReplicaId.of(0, 2);

  private final Text text = new Text();

  private static ElementId id(ReplicaId replica, long seq) {
    return new ElementId(replica, seq);
  }

  @Test
  void cursorMovesWithItsUnit() {
    text.insert(0, "world", id(ALICE, 1));
    Cursor beforeR = text.cursorAt(2, Cursor.Side.BEFORE);
    Cursor afterO = text.cursorAt(2, Cursor.Side.AFTER);

    text.insert(0, "hello ", id(ALICE, 6));

    assertEquals(8, text.indexOf(beforeR));
    assertEquals(8, text.indexOf(afterO));
  }

  @Test
  void sideDecidesWhatAnInsertionAtTheCursorDoes() {
    text.insert(0, "ab", id(ALICE, 1));
    Cursor beforeB = text.cursorAt(1, Cursor.Side.BEFORE);
    Cursor afterA = text.cursorAt(1, Cursor.Side.AFTER);

    text.insert(1, "--", id(ALICE, 3));

    assertEquals(3, text.indexOf(beforeB));
    assertEquals(1, text.indexOf(afterA));
  }

  @Test
  void cursorsAtTheEdgesStayThere() {
    Cursor start = text.cursorAt(0, Cursor.Side.AFTER);
    Cursor end = text.cursorAt(0, Cursor.Side.BEFORE);

    text.insert(0, "abc", id(ALICE, 1));

    assertEquals(0, text.indexOf(start));
    assertEquals(3, text.indexOf(end));
  }

  @Test
  void cursorOfADeletedUnitIsWhereItStood() {
    text.insert(0, "abcdef", id(ALICE, 1));
    Cursor beforeD = text.cursorAt(3, Cursor.Side.BEFORE);
    Cursor afterD = text.cursorAt(4, Cursor.Side.AFTER);

    text.delete(2, 3);
    assertEquals(2, text.indexOf(beforeD));
    assertEquals(2, text.indexOf(afterD));

    text.insert(0, "__", id(ALICE, 7));
    assertEquals(4, text.indexOf(beforeD));
  }

  @Test
  void cursorWorksOnAnotherReplicaAndAfterReopening() {
    Operation.TextInsert insert = text.insert(0, "shared", id(ALICE, 1));
    Cursor cursor = text.cursorAt(3, Cursor.Side.BEFORE);

    Text bob = new Text();
    assertEquals(
        EditException.UNKNOWN_ELEMENT,
        assertThrows(EditException.class, () -> bob.indexOf(cursor)).code());
    bob.apply(insert, null);
    bob.insert(0, "> ", id(BOB, 1));

    assertEquals(5, bob.indexOf(cursor));
    assertEquals(5, Text.of(bob.state()).indexOf(cursor));
  }

  @Test
  void cursorNeedsAPlaceBetweenCharacters() {
    text.insert(0, "a\uD83D\uDE00", id(ALICE, 1));

    assertEquals(
        EditException.SURROGATE_SPLIT,
        assertThrows(EditException.class, () -> text.cursorAt(2, Cursor.Side.BEFORE)).code());
    assertEquals(
        EditException.INDEX_OUT_OF_RANGE,
        assertThrows(EditException.class, () -> text.cursorAt(4, Cursor.Side.AFTER)).code());
  }

  /**
   * Every unit has a cursor on each side; a model that moves marks in a list says where they are.
   */
  @Test
  void cursorsAgreeWithMarksInAListOfUnits() {
    SplittableRandom random = new SplittableRandom(7);
    List<ElementId> all = new ArrayList<>();
    List<Boolean> visible = new ArrayList<>();
    long seq = 1;
    for (int step = 0; step < 400; step++) {
      int length = text.length();
      if (length < 5 || random.nextInt(3) > 0) {
        int at = random.nextInt(length + 1);
        int units = 1 + random.nextInt(4);
        text.insert(at, "wxyz".substring(0, units), id(ALICE, seq));
        int place = at == 0 ? 0 : placeOfVisible(visible, at - 1) + 1;
        for (int i = 0; i < units; i++) {
          all.add(place + i, id(ALICE, seq + i));
          visible.add(place + i, true);
        }
        seq += units;
      } else {
        int at = random.nextInt(length);
        text.delete(at, 1);
        visible.set(placeOfVisible(visible, at), false);
      }
      int before = 0;
      for (int i = 0; i < all.size(); i++) {
        int behind = before + (visible.get(i) ? 1 : 0);
        assertEquals(before, text.indexOf(new Cursor(all.get(i), Cursor.Side.BEFORE)));
        assertEquals(behind, text.indexOf(new Cursor(all.get(i), Cursor.Side.AFTER)));
        before = behind;
      }
    }
  }

  private static int placeOfVisible(List<Boolean> visible, int index) {
    int left = index;
    int place = 0;
    while (left > 0 || !visible.get(place)) {
      left -= visible.get(place) ? 1 : 0;
      place++;
    }
    return place;
  }
}
