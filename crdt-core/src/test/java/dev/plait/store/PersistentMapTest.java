package dev.plait.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

  private static PersistentMap<Integer, String> empty() {
    return PersistentMap.empty(Comparator.<Integer>naturalOrder());
  }

  private static List<Map.Entry<Integer, String>> list(
      Iterable<PersistentMap.Entry<Integer, String>> entries) {
    List<Map.Entry<Integer, String>> list = new ArrayList<>();
    entries.forEach(entry -> list.add(Map.entry(entry.key(), entry.value())));
    return list;
  }

  @Test
  void holdsWhatATreeMapHoldsAfterAnyMix() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TreeMap<Integer, String> expected = new TreeMap<>();
      PersistentMap<Integer, String> map = empty();
      for (int step = 0; step < 400; step++) {
        int key = random.nextInt(1 + random.nextInt(100));
        if (random.nextInt(5) < 3) {
          expected.put(key, "v" + step);
          map = map.with(key, "v" + step);
        } else {
          expected.remove(key);
          map = map.without(key);
        }
        map.checkInvariants();
        assertEquals(expected.get(key), map.get(key));
        assertEquals(expected.isEmpty(), map.isEmpty());
        assertEquals(List.copyOf(expected.entrySet()), list(map.entries()));
        assertEquals(
            List.copyOf(expected.tailMap(key + 1, true).entrySet()),
            list(map.entriesFrom(key + 1)));
      }
    }
  }

  @Test
  void staysFlatWhenKeysComeInOrder() {
    PersistentMap<Integer, String> up = empty();
    PersistentMap<Integer, String> down = empty();
    for (int i = 0; i < 1000; i++) {
      up = up.with(i, "");
      down = down.with(-i, "");
    }
    up.checkInvariants();
    down.checkInvariants();
    assertEquals(1000, list(up.entries()).size());
    assertEquals(1000, list(down.entries()).size());
  }

  @Test
  void aChangeLeavesTheMapBeforeAsItWas() {
    PersistentMap<Integer, String> before = empty().with(1, "a").with(2, "b").with(3, "c");
    PersistentMap<Integer, String> after = before.with(2, "B").with(4, "d").without(1);
    assertEquals(
        List.of(Map.entry(1, "a"), Map.entry(2, "b"), Map.entry(3, "c")), list(before.entries()));
    assertEquals(
        List.of(Map.entry(2, "B"), Map.entry(3, "c"), Map.entry(4, "d")), list(after.entries()));
    assertNull(after.get(1));
  }

  @Test
  void withoutAnAbsentKeyIsTheSameMap() {
    PersistentMap<Integer, String> map = empty().with(1, "a");
    assertSame(map, map.without(2));
    assertTrue(map.without(1).isEmpty());
  }

  @Test
  void anExhaustedIterationSaysSo() {
    Iterator<PersistentMap.Entry<Integer, String>> entries = empty().entries().iterator();
    assertThrows(NoSuchElementException.class, entries::next);
  }
}
