package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strings that somebody chose because all have one hash. */
class CrowdedHashesTest {
  private static final int BITS = 12;
  private static final ReplicaId REPLICA = ReplicaId.of(1, 2);

  /** In each place one of two pieces that have one hash: 4,096 strings. */
  private static List<String> crowd() {
    List<String> crowd = new ArrayList<>();
    for (int number = 0; number < 1 << BITS; number++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < BITS; bit++) {
        text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
      }
      crowd.add(text.toString());
    }
    return crowd;
  }

  private static Stamp stamp(int number) {
    return new Stamp(HybridTimestamp.of(1_800_000_000_000L + number, 0), REPLICA, 0);
  }

  @Test
  void theyDoHaveOneHash() {
    assertEquals(1, crowd().stream().mapToInt(String::hashCode).distinct().count());
  }

  @Test
  void aMapGoesOverToHashesThatTellThemApart() {
    LwwMap map = new LwwMap();
    List<String> crowd = crowd();
    for (int i = 0; i < crowd.size(); i++) {
      map.put(crowd.get(i), Value.of(i), stamp(i));
    }
    for (int i = 0; i < crowd.size(); i++) {
      assertEquals(Value.of(i), map.get(crowd.get(i)));
    }
    map.checkInvariants();
  }

  @Test
  void whatIsTakenBackIsGoneWhereTheTableWentOverInBetween() {
    LwwMap map = new LwwMap();
    AddWinsSet set = new AddWinsSet();
    Rollback rollback = new Rollback();
    List<String> crowd = crowd();
    map.put("before", Value.of(1), stamp(0));
    set.add(Value.of("before"), new ElementId(REPLICA, 1));
    for (int i = 0; i < crowd.size(); i++) {
      map.put(crowd.get(i), Value.of(i), stamp(i + 1), rollback);
      set.add(Value.of(crowd.get(i)), new ElementId(REPLICA, i + 2), rollback);
    }
    rollback.run();
    map.checkInvariants();
    set.checkInvariants();
    assertEquals(List.of("before"), map.keys());
    assertEquals(List.of(Value.of("before")), set.values());
  }

  @Test
  void aSetGoesOverToHashesThatTellThemApart() {
    AddWinsSet set = new AddWinsSet();
    List<String> crowd = crowd();
    for (int i = 0; i < crowd.size(); i++) {
      set.add(Value.of(crowd.get(i)), new ElementId(REPLICA, i + 1));
    }
    set.checkInvariants();
    for (int i = 0; i < crowd.size(); i += 2) {
      set.remove(Value.of(crowd.get(i)));
    }
    set.checkInvariants();
    assertEquals(crowd.size() / 2, set.size());
    assertTrue(set.contains(Value.of(crowd.get(1))));
  }
}
