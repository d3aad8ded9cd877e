package dev.plait.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ints that stand for ids, against a map of every id. */
final class ElementIdsTest {
  private final ElementIds ids = new ElementIds();

  private int use(int replica, long seq, int count) {
    int first = ids.reserve(replica, seq, count);
    ids.use(first, count);
    return first;
  }

  @Test
  void intsStandForTheirIdsBothWays() {
    SplittableRandom random = new SplittableRandom(1);
    Map<ElementId, Integer> model = new HashMap<>();
    long[] next = new long[5];
    for (int i = 0; i < next.length; i++) {
      assertEquals(i, ids.number(ReplicaId.of(0, 10 - i)));
      next[i] = 1;
    }
    for (int step = 0; step < 3_000; step++) {
      int replica = random.nextInt(next.length);
      int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 500 : 9);
      next[replica] += random.nextInt(6) == 0 ? random.nextLong(1L << random.nextInt(40)) : 0;
      assertTrue(ids.isNew(replica, next[replica]));
      int first = use(replica, next[replica], count);
      for (int i = 0; i < count; i++) {
        ElementId id = new ElementId(ids.replica(replica), next[replica] + i);
        model.put(id, first + i);
      }
      assertFalse(ids.isNew(replica, next[replica] + count - 1));
      next[replica] += count;
    }
    Map<Integer, ElementId> back = new HashMap<>();
    model.forEach(
        (id, element) -> {
          assertEquals(element, ids.find(ids.number(id.replica()), id.seq()));
          assertEquals(id, ids.elementId(element));
          assertEquals(null, back.put(element, id), "no two ids share an int");
        });
    back.forEach(
        (element, id) ->
            assertEquals(
                id.plus(1).equals(back.get(element + 1)),
                back.containsKey(element + 1),
                "ints that follow each other are ids that follow each other"));
  }

  @Test
  void idsThatComeLateGetTheirPlace() {
    int replica = ids.number(ReplicaId.of(0, 1));
    use(replica, 1_000, 10);
    int late = use(replica, 1, 999);

    assertEquals(late, ids.find(replica, 1));
    assertEquals(late + 998, ids.find(replica, 999));
    assertEquals(1_000, ids.seq(ids.find(replica, 1_000)));
  }

  @Test
  void reservedIdsThatNobodyUsedCanBeNeededAgain() {
    int replica = ids.number(ReplicaId.of(0, 1));
    use(replica, 1, 1);
    ids.reserve(replica, 500, 3);

    int first = use(replica, 400, 400);

    for (int i = 0; i < 400; i++) {
      assertEquals(first + i, ids.find(replica, 400 + i));
      assertEquals(400 + i, ids.seq(first + i));
    }
    int again = use(replica, 800, 5);
    assertEquals(800, ids.seq(again));
    assertEquals(again, ids.find(replica, 800));
  }

  /** As transactions do that are taken back: their ids are used again, by other containers too. */
  @Test
  void whatStandsBehindAnIdInItsStretchIsFoundThoughIdsWereTakenBack() {
    SplittableRandom random = new SplittableRandom(2);
    int replica = ids.number(ReplicaId.of(0, 1));
    Map<Long, Integer> model = new HashMap<>();
    long next = 1;
    for (int step = 0; step < 5_000; step++) {
      long seq = next + random.nextInt(4);
      int count = 1 + random.nextInt(9);
      int first = use(replica, seq, count);
      for (int element = first; element < ids.end(first); element++) {
        assertEquals(element, ids.find(replica, ids.seq(element)));
      }
      if (random.nextInt(4) > 0) {
        for (int i = 0; i < count; i++) {
          model.put(seq + i, first + i);
        }
        next = seq + count;
      }
    }
    model.forEach((seq, element) -> assertEquals(element, ids.find(replica, seq)));
  }

  @Test
  void neighboursOfTwoReplicasAreNotNeighbours() {
    int one = ids.number(ReplicaId.of(0, 1));
    int other = ids.number(ReplicaId.of(0, 2));
    int first = use(one, 1, 63);
    int second = use(other, 64, 1);

    assertNotEquals(first + 63, second);
    assertFalse(ids.follows(first + 62, second));
    assertTrue(ids.compare(first, second) < 0);
  }
}
