package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The index beside a map from each hash to the rows that have it. */
class RowIndexTest {
  private static final int ROUNDS = 200;
  private static final int STEPS = 400;

  private final RowIndex index = new RowIndex();
  private final Map<Integer, Set<Integer>> model = new HashMap<>();

  private Set<Integer> rowsOf(int hash) {
    Set<Integer> rows = new HashSet<>();
    for (int slot = index.first(hash); slot >= 0; slot = index.next(slot, hash)) {
      assertTrue(rows.add(index.row(slot)), "each row is found once");
    }
    return rows;
  }

  private void compare() {
    model.forEach((hash, rows) -> assertEquals(rows, rowsOf(hash)));
    assertEquals(model.values().stream().mapToInt(Set::size).sum(), index.size());
  }

  @Test
  void findsWhatIsThereAndNothingElse() {
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(round);
      index.clear();
      model.clear();
      // Few different hashes, of which many are neighbours, or differ in their highest bits only.
      int[] hashes = new int[1 + random.nextInt(60)];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = random.nextInt(24) | random.nextInt(4) << 30 | random.nextInt(4) << 24;
      }
      int next = 0;
      for (int step = 0; step < STEPS; step++) {
        int hash = hashes[random.nextInt(hashes.length)];
        Set<Integer> rows = model.computeIfAbsent(hash, any -> new HashSet<>());
        int choice = random.nextInt(8);
        if (choice < 4 || rows.isEmpty()) {
          index.add(hash, next);
          rows.add(next++);
        } else if (choice < 7) {
          int row = rows.iterator().next();
          index.remove(index.slotOf(hash, row));
          rows.remove(row);
        } else {
          int slot = index.first(hash);
          rows.remove(index.row(slot));
          index.replace(slot, next);
          rows.add(next++);
        }
        if (step % 50 == 0) {
          index.reserve(random.nextInt(200));
          compare();
        }
      }
      compare();
    }
  }
}
