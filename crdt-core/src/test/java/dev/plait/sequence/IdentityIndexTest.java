package dev.plait.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The index against a map of every id. */
final class IdentityIndexTest {
  private static final int IDS = 700;

  private final Map<Integer, Integer> model = new HashMap<>();
  private final IdentityIndex index = new IdentityIndex();

  private void put(int from, int count, int leaf) {
    boolean newest = true;
    for (int id = from + count; id < 2 * IDS && newest; id++) {
      newest = !model.containsKey(id);
    }
    index.put(from, count, leaf, newest);
    for (int id = from; id < from + count; id++) {
      model.put(id, leaf);
    }
  }

  private void check() {
    model.forEach((id, leaf) -> assertEquals(leaf, index.leafOf(id), () -> "leaf of " + id));
  }

  @Test
  void everyUsedIdIsFoundWhereItWasPutLast() {
    SplittableRandom random = new SplittableRandom(11);
    for (int step = 0; step < 3_000; step++) {
      int count = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : 1 + random.nextInt(6);
      put(random.nextInt(IDS - count), count, random.nextInt(40));
      check();
    }
  }

  @Test
  void runThatGoesOnInItsBlockNeedsNoEntry() {
    put(0, 1, 7);
    for (int id = 1; id < 64; id++) {
      assertEquals(7, index.leafOf(id), "what will be typed next is there already");
    }
    put(1, 63, 7);
    check();
  }

  @Test
  void unknownBlocksHaveNoLeaf() {
    put(0, 10, 3);

    assertEquals(SpanTree.NONE, index.leafOf(64));
    assertEquals(SpanTree.NONE, index.leafOf(1_000_000));
  }

  @Test
  void blockMayHoldAnotherLeafForEveryId() {
    for (int id = 63; id >= 0; id--) {
      put(id, 1, id);
      check();
    }
    for (int id = 0; id < 64; id++) {
      put(id, 1, 5);
      check();
    }
  }

  @Test
  void buildIndexesAllSpansOfATree() {
    SpanTree tree = new SpanTree();
    SplittableRandom random = new SplittableRandom(3);
    tree.beginBuild(400);
    int id = 0;
    for (int span = 0; span < 400; span++) {
      int length = 1 + random.nextInt(150);
      tree.append(id, random.nextBoolean() ? length : -length, SpanTree.NONE, SpanTree.NONE);
      id += length + random.nextInt(3);
    }
    tree.endBuild();
    assertFalse(index.isBuilt());

    index.build(tree);

    assertTrue(index.isBuilt());
    for (int slot = tree.first(); slot != SpanTree.NONE; slot = tree.next(slot)) {
      for (int i = 0; i < tree.length(slot); i++) {
        assertEquals(Leaves.leafOf(slot), index.leafOf(tree.id(slot) + i));
      }
    }
  }
}
