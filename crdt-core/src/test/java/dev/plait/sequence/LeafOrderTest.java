package dev.plait.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The inner nodes against a plain list of leaves. */
final class LeafOrderTest {
  private final LeafOrder order = new LeafOrder();
  private final List<Integer> leaves = new ArrayList<>(List.of(0));
  private int[] visible = new int[4];

  private void check() {
    order.checkInvariants(leaves.stream().mapToInt(leaf -> leaf).toArray(), visible);
  }

  private void insertAfter(int place, int added, int taken) {
    if (added >= visible.length) {
      visible = java.util.Arrays.copyOf(visible, 2 * added);
    }
    int leaf = leaves.get(place);
    order.insertAfter(leaf, visible[leaf], added, taken);
    visible[leaf] -= taken;
    visible[added] = taken;
    leaves.add(place + 1, added);
  }

  private void add(int leaf, int change) {
    order.add(leaf, change);
    visible[leaf] += change;
  }

  @Test
  void sumsAndOrderHoldWhateverIsInsertedWherever() {
    SplittableRandom random = new SplittableRandom(5);
    for (int next = 1; next < 3_000; next++) {
      int place = next % 3 == 0 ? leaves.size() - 1 : random.nextInt(leaves.size());
      int leaf = leaves.get(place);
      add(leaf, random.nextInt(20));
      insertAfter(place, next, random.nextInt(visible[leaf] + 1));
      if (next % 50 == 0) {
        check();
      }
    }
    int at = 0;
    for (int leaf : leaves) {
      for (int i = 0; i < visible[leaf]; i++) {
        assertEquals(leaf, order.descend(at));
        assertEquals(i, order.remainder());
        at++;
      }
    }
    for (int i = 0; i < 2_000; i++) {
      int one = random.nextInt(leaves.size());
      int other = random.nextInt(leaves.size());
      assertEquals(
          Integer.signum(Integer.compare(one, other)),
          Integer.signum(order.compare(leaves.get(one), leaves.get(other))));
    }
  }

  @Test
  void emptyLeavesGoUntilOneIsLeft() {
    SplittableRandom random = new SplittableRandom(6);
    for (int next = 1; next < 600; next++) {
      insertAfter(random.nextInt(leaves.size()), next, 0);
    }
    while (leaves.size() > 1) {
      order.remove(leaves.remove(random.nextInt(leaves.size())));
      check();
    }
    assertEquals(0, order.height());
    insertAfter(0, leaves.get(0) == 1 ? 2 : 1, 0);
    check();
  }

  @Test
  void buildingGivesWhatInsertingGives() {
    for (int count = 1; count < 600; count += 7) {
      LeafOrder built = new LeafOrder();
      int[] sums = new int[count];
      int[] all = new int[count];
      for (int i = 0; i < count; i++) {
        sums[i] = i % 5;
        all[i] = i;
      }
      built.build(count, sums);
      built.checkInvariants(all, sums);
    }
  }
}
