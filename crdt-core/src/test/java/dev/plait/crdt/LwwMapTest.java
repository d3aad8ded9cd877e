package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LwwMapTest {
  private static final Value RED = Value.of("red");
  private static final Value BLUE = Value.of("blue");
  private static final Child TEXT = new Child(ContainerType.TEXT);

  private final Site alice = new Site(1);
  private final Site bob = new Site(2);

  private static LwwMap replay(Operation... operations) {
    LwwMap map = new LwwMap();
    for (Operation operation : operations) {
      map.apply(operation);
      map.checkInvariants();
    }
    return map;
  }

  private Operation put(String key, Content content, Site site, long time) {
    return new LwwMap().put(key, content, site.at(time));
  }

  @Test
  void keysAreIndependent() {
    Operation here = put("a", RED, alice, 9);
    Operation there = put("b", BLUE, bob, 1);
    LwwMap map = replay(here, there);
    assertEquals(RED, map.get("a"));
    assertEquals(BLUE, map.get("b"));
    assertEquals(bob.at(1), map.stamp("b"));
    assertEquals(canonical(map), canonical(replay(there, here)));
  }

  @Test
  void greaterStampWinsPerKeyWhetherItPutOrRemoved() {
    Operation seen = put("a", RED, alice, 1);
    Operation remove = Objects.requireNonNull(replay(seen).remove("a", bob.at(3)));
    Operation before = put("a", BLUE, alice, 2);
    Operation after = put("a", BLUE, alice, 4);
    assertNull(replay(seen, before, remove).get("a"));
    assertNull(replay(seen, remove, before).get("a"));
    assertEquals(BLUE, replay(seen, remove, after).get("a"));
    assertEquals(BLUE, replay(seen, after, remove).get("a"));
  }

  @Test
  void removedKeyLeavesATombstoneThatIsNotShown() {
    LwwMap map = new LwwMap();
    map.put("a", RED, alice.at(1));
    map.remove("a", alice.at(2));
    assertEquals(0, map.size());
    assertEquals(List.of(), map.keys());
    assertEquals(alice.at(2), map.stamp("a"));
    assertNull(map.remove("a", alice.at(3)));
    assertNull(map.remove("never", alice.at(3)));
    assertEquals(1, map.state().entries().size());
  }

  @Test
  void clearHidesTheWriteItSawButNoGreaterOne() {
    LwwMap here = new LwwMap();
    Operation seen = here.put("a", RED, alice.at(5));
    Operation clear = Objects.requireNonNull(here.clear("a"));
    Operation lesser = put("a", BLUE, bob, 4);
    Operation greater = put("a", BLUE, bob, 6);
    assertNull(here.get("a"));
    assertNull(here.clear("a"));
    assertNull(replay(seen, clear, lesser).get("a"));
    assertNull(replay(clear, seen).get("a"));
    assertEquals(BLUE, replay(seen, clear, greater).get("a"));
    assertEquals(canonical(replay(seen, clear, greater)), canonical(replay(greater, seen, clear)));
  }

  @Test
  void keysComeInCodePointOrder() {
    LwwMap map = new LwwMap();
    for (String key : List.of("\uD83D\uDE00", "b", "\uFF5E", "", "a")) {
      map.put(key, RED, alice.next(0));
    }
    assertEquals(List.of("", "a", "b", "\uFF5E", "\uD83D\uDE00"), map.keys());
    assertEquals(5, map.size());
  }

  @Test
  void orderOfWritesLeavesNoTraceInTheState() {
    List<String> keys = List.of("BB", "\uD83D\uDE00", "Aa", "\uFF5E", "z", "10", "9", "");
    LwwMap forwards = new LwwMap();
    LwwMap backwards = new LwwMap();
    for (int i = 0; i < keys.size(); i++) {
      int j = keys.size() - 1 - i;
      forwards.put(keys.get(i), RED, alice.at(1 + i));
      backwards.put(keys.get(j), RED, alice.at(1 + j));
    }
    assertEquals(canonical(forwards), canonical(backwards));
    assertEquals(
        List.of("", "10", "9", "Aa", "BB", "z", "\uFF5E", "\uD83D\uDE00"),
        forwards.state().entries().stream().map(State.MapEntry::key).toList());
  }

  @Test
  void childrenAreVisitedApartFromValues() {
    LwwMap map = new LwwMap();
    map.put("value", RED, alice.at(1));
    map.put("child", TEXT, alice.at(2));
    map.put("gone", TEXT, alice.at(3));
    map.remove("gone", alice.at(4));
    Map<String, Child> children = new TreeMap<>();
    map.forEachChild(children::put);
    assertEquals(Map.of("child", TEXT), children);
    Map<String, Content> all = new TreeMap<>();
    map.forEach(all::put);
    assertEquals(Map.of("value", RED, "child", TEXT), all);
  }

  @Test
  void localWriteMustBeatWhatWasSeenForItsKey() {
    LwwMap map = new LwwMap();
    map.put("a", RED, bob.at(5));
    String before = canonical(map);
    EditException put = assertThrows(EditException.class, () -> map.put("a", BLUE, alice.at(5)));
    EditException remove = assertThrows(EditException.class, () -> map.remove("a", bob.at(5)));
    assertEquals(EditException.STAMP_NOT_NEWER, put.code());
    assertEquals(EditException.STAMP_NOT_NEWER, remove.code());
    assertEquals(before, canonical(map));
    map.put("b", BLUE, alice.at(1));
    assertEquals(BLUE, map.get("b"));
  }

  @Test
  void keyThatIsTooLargeOrNotWellFormedIsRefusedHereAndFromElsewhere() {
    LwwMap map = new LwwMap();
    String longest = "é".repeat(LwwMap.MAX_KEY_BYTES / 2);
    map.put(longest, RED, alice.at(1));
    String before = canonical(map);
    Map<String, String> codes =
        Map.of(
            longest + "x",
            EditException.VALUE_TOO_LARGE,
            "x".repeat(LwwMap.MAX_KEY_BYTES + 1),
            EditException.VALUE_TOO_LARGE,
            "a\uD83D",
            EditException.LONE_SURROGATE);
    codes.forEach(
        (key, code) -> {
          EditException local =
              assertThrows(EditException.class, () -> map.put(key, RED, alice.at(2)));
          assertEquals(code, local.code());
          Operation put = new Operation.MapPut(bob.at(1), key, RED);
          assertEquals(code, refusalOf(map, put));
          assertEquals(code, refusalOf(map, new Operation.MapRemove(bob.at(1), key)));
          assertEquals(code, refusalOf(map, new Operation.MapClear(key, bob.at(1))));
          assertThrows(OperationException.class, () -> map.apply(put));
        });
    assertEquals(before, canonical(map));
  }

  @Test
  void patchNamesOnlyKeysThatShowSomethingElse() {
    LwwMap map = new LwwMap();
    assertEquals(
        new Patch.OfMap(List.of(new Patch.KeyChange("a", null, RED))),
        map.apply(put("a", RED, alice, 1)));
    assertTrue(map.apply(put("a", RED, bob, 2)).isEmpty());
    assertEquals(bob.at(2), map.stamp("a"));
    assertTrue(map.apply(put("a", BLUE, alice, 1)).isEmpty());
    LwwMap other = new LwwMap();
    other.put("b", BLUE, alice.at(3));
    other.put("a", BLUE, alice.at(4));
    assertEquals(
        new Patch.OfMap(
            List.of(new Patch.KeyChange("a", RED, BLUE), new Patch.KeyChange("b", null, BLUE))),
        map.join(other.state()));
  }

  @Test
  void forgedWritesWithOneStampDoNotSplitReplicas() {
    List<Operation> forged =
        List.of(
            new Operation.MapPut(alice.at(5), "a", RED),
            new Operation.MapPut(alice.at(5), "a", BLUE),
            new Operation.MapPut(alice.at(5), "a", TEXT),
            new Operation.MapPut(alice.at(5), "a", new Child(ContainerType.LIST)),
            new Operation.MapRemove(alice.at(5), "a"),
            new Operation.MapClear("a", alice.at(5)));
    for (Operation one : forged) {
      for (Operation other : forged) {
        assertEquals(canonical(replay(one, other)), canonical(replay(other, one)));
      }
    }
  }

  @Test
  void stateThatContradictsItselfIsRefused() {
    State.MapEntry a = new State.MapEntry("a", alice.at(1), false, RED);
    State.MapEntry b = new State.MapEntry("b", alice.at(1), true, null);
    assertEquals(1, LwwMap.of(new State.OfMap(List.of(a, b))).size());
    for (State.OfMap malformed :
        List.of(
            new State.OfMap(List.of(b, a)),
            new State.OfMap(List.of(a, a)),
            new State.OfMap(List.of(new State.MapEntry("c", alice.at(1), true, RED))),
            new State.OfMap(List.of(new State.MapEntry("\uD83D", alice.at(1), false, RED))))) {
      OperationException refused =
          assertThrows(OperationException.class, () -> LwwMap.of(malformed));
      assertEquals("MALFORMED_STATE", refused.code());
    }
  }
}
