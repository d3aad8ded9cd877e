package dev.plait.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.replica.PresenceTable.Place;
import dev.plait.replica.PresenceTable.Shown;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PresenceTableTest {
  private static final Place ANN = new Place("d", ReplicaId.of(0, 1));
  private static final Place BOB = new Place("d", ReplicaId.of(0, 2));

  private final PresenceTable table = new PresenceTable();
  private final SessionLink one = link();
  private final SessionLink other = link();

  @SuppressWarnings("NullAway") // only its identity matters here
  private static SessionLink link() {
    return new SessionLink(null, null, null, null);
  }

  private static Shown shown(Place place, long serial, int data, SessionLink source) {
    return new Shown(place, serial, new byte[] {(byte) data}, source);
  }

  private static Shown nothing(Place place, long serial, SessionLink source) {
    return new Shown(place, serial, new byte[0], source);
  }

  private List<Integer> data() {
    return table.shown().stream().map(each -> (int) each.data()[0]).toList();
  }

  @Test
  void higherSerialReplacesAndLowerOrEqualOnesAreNoNews() {
    assertTrue(table.take(shown(ANN, 5, 1, one), false));
    assertFalse(table.take(shown(ANN, 5, 2, other), false));
    assertFalse(table.take(shown(ANN, 4, 3, one), false));
    assertEquals(List.of(1), data());

    assertTrue(table.take(shown(ANN, 6, 4, other), false));
    assertEquals(List.of(4), data());
  }

  @Test
  void clearedValueIsGoneAndLateOnesDoNotBringItBack() {
    table.take(shown(ANN, 5, 1, one), true);

    assertTrue(table.take(nothing(ANN, 6, other), false));
    assertFalse(table.take(shown(ANN, 5, 1, other), false));

    assertEquals(List.of(), data());
    assertTrue(table.take(shown(ANN, 7, 2, one), true));
  }

  @Test
  void clearOfWhatIsNotKnownIsNoNews() {
    assertFalse(table.take(nothing(ANN, 6, one), false));
  }

  @Test
  void endOfTheLinkItCameByWithdrawsIt() {
    table.take(shown(ANN, 5, 1, one), true);
    table.take(shown(BOB, 9, 2, other), true);

    List<Shown> lost = table.forget(one);

    assertEquals(List.of(ANN), lost.stream().map(Shown::place).toList());
    assertTrue(lost.get(0).isNothing());
    assertEquals(5, lost.get(0).serial());
    assertEquals(List.of(2), data());
    assertEquals(List.of(), table.forget(one));
  }

  @Test
  void withdrawalCountsOnlyByTheLinkThatBroughtTheValue() {
    table.take(shown(ANN, 5, 1, one), false);

    assertFalse(table.take(nothing(ANN, 5, other), false));
    assertEquals(List.of(1), data());
    assertTrue(table.take(nothing(ANN, 5, one), false));
    assertEquals(List.of(), data());
    assertFalse(table.take(shown(ANN, 5, 1, other), false), "it comes back around a circle");
  }

  @Test
  void valueFromItsOwnAuthorDoesNotDependOnARelay() {
    table.take(shown(ANN, 5, 1, one), false);
    assertFalse(table.take(shown(ANN, 5, 1, other), true));

    assertEquals(List.of(), table.forget(one));
    assertEquals(List.of(1), data());
    assertEquals(1, table.forget(other).size());
  }

  @Test
  void oldestMakesRoomWhenThereAreTooMany() {
    for (int i = 0; i < PresenceTable.MAX_ENTRIES; i++) {
      table.take(shown(new Place("d" + i, ANN.origin()), 1, 1, one), true);
    }
    table.take(shown(new Place("d0", ANN.origin()), 2, 1, one), true);

    table.take(shown(BOB, 1, 2, other), true);

    assertEquals(PresenceTable.MAX_ENTRIES, table.shown().size());
    List<String> documents = table.shown().stream().map(each -> each.place().document()).toList();
    assertTrue(documents.contains("d0"));
    assertFalse(documents.contains("d1"));
    assertEquals("d", Objects.requireNonNull(documents.get(documents.size() - 1)));
  }
}
