package dev.plait.properties.exhaustive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Counter;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.exhaustive.EverySmallHistory.Count;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tries every history of up to four operations, of five with {@code -Dplait.long=true}, by three
 * replicas with two keys and two values; and sees that it would find mistakes.
 */
class EverySmallHistoryTest {
  private static final int SIZE = Boolean.getBoolean("plait.long") ? 5 : 4;

  /** What there is to try, so that nobody makes it less by accident. */
  private static final Map<String, Count> UP_TO_FOUR =
      Map.ofEntries(
          Map.entry("register", new Count(36_720, 139_944, 16_812)),
          Map.entry("mv-register", new Count(36_864, 140_376, 16_812)),
          Map.entry("set", new Count(19_556, 49_212, 9_630)),
          Map.entry("counter", new Count(36_864, 140_376, 16_812)),
          Map.entry("map", new Count(674_100, 2_502_516, 138_060)),
          Map.entry("list", new Count(716_832, 1_882_752, 72_972)),
          Map.entry("text", new Count(462_032, 861_486, 51_741)));

  /** What there is in addition, with the states after four operations. */
  private static final Map<String, Count> OF_FIVE =
      Map.ofEntries(
          Map.entry("register", new Count(1_032_912, 7_891_656, 626_832)),
          Map.entry("mv-register", new Count(1_044_672, 7_974_504, 628_704)),
          Map.entry("set", new Count(394_248, 1_751_544, 252_486)),
          Map.entry("counter", new Count(1_044_672, 7_974_504, 628_704)),
          Map.entry("map", new Count(44_192_160, 322_373_760, 11_430_144)),
          Map.entry("list", new Count(103_728_648, 475_513_224, 9_913_344)),
          Map.entry("text", new Count(49_256_511, 139_458_054, 5_327_493)));

  @Test
  void everyOrderLeadsToTheOneStateThatTheSpecificationDemands() {
    Map<String, Count> counts = new TreeMap<>();
    Count total = Count.NONE;
    for (SmallType<?> type : SmallTypes.all()) {
      Count count = upTo(SIZE, type);
      counts.put(type.toString(), count);
      total = total.plus(count);
      System.out.println("every small history of a " + type + ": " + count);
    }
    System.out.println("every small history: " + counts.size() + " types, " + total);
    Map<String, Count> expected = new TreeMap<>(UP_TO_FOUR);
    if (SIZE == 5) {
      OF_FIVE.forEach((type, count) -> expected.merge(type, count, Count::plus));
    }
    assertEquals(expected, counts);
  }

  /** All histories of this size and less; of the largest, states are not joined. */
  private static <C extends Crdt> Count upTo(int size, SmallType<C> type) {
    Count count = Count.NONE;
    for (int operations = 1; operations <= size; operations++) {
      count = count.plus(EverySmallHistory.of(type, operations, operations < size));
    }
    return count;
  }

  // ---- that there are no more histories

  @Test
  void whoMadeWhatAfterWhatIsTriedInAllWays() {
    for (int size = 1; size <= 4; size++) {
      Shapes shapes = Shapes.of(size);
      Count stamped = EverySmallHistory.of(new OneEdit<>(SmallTypes.counter()), size, false);
      Count unstamped = EverySmallHistory.of(new OneEdit<>(SmallTypes.set()), size, false);
      assertEquals(shapes.ordered(), stamped.histories());
      assertEquals(shapes.orders(), stamped.deliveries());
      assertEquals(shapes.different(), unstamped.histories());
      assertEquals(shapes.ordered(), unstamped.deliveries());
    }
  }

  /** A type with a single edit, so that there are as many histories as shapes of them. */
  private static final class OneEdit<C extends Crdt> extends AlteredType<C> {
    OneEdit(SmallType<C> original) {
      super(original);
    }

    @Override
    public List<Edit<C>> edits(C crdt) {
      return super.edits(crdt).subList(0, 1);
    }
  }

  // ---- that mistakes are found

  @Test
  void aSetWhoseRemoveDropsUnseenAddsIsCaught() {
    assertCaught(new DropsUnseenAdds(), 3, "the altered set of this history depends on the order");
  }

  @Test
  void aRegisterThatBreaksTiesWithoutTheReplicaIsCaught() {
    assertCaught(new TiesByValue(), 2, "the altered register of this history shows");
  }

  @Test
  void aCounterWhoseJoinForgetsIsCaught() {
    assertCaught(new JoinsNothing(), 1, "differs when the states after {} and {0} are joined");
  }

  private static <C extends Crdt> void assertCaught(SmallType<C> type, int size, String message) {
    for (int smaller = 1; smaller < size; smaller++) {
      EverySmallHistory.of(type, smaller, true);
    }
    AssertionError caught =
        assertThrows(AssertionError.class, () -> EverySmallHistory.of(type, size, true));
    assertTrue(String.valueOf(caught.getMessage()).contains(message), caught::getMessage);
  }

  /** A remove takes away whatever has the value, where it arrives. */
  private static final class DropsUnseenAdds extends AlteredType<AddWinsSet> {
    DropsUnseenAdds() {
      super(SmallTypes.set());
    }

    @Override
    public void apply(AddWinsSet set, Operation operation, @Nullable Rollback rollback) {
      if (operation instanceof Operation.SetRemove remove) {
        for (State.SetEntry entry : set.state().entries()) {
          if (remove.observed().contains(entry.id())) {
            set.remove(entry.value(), rollback);
          }
        }
      } else {
        super.apply(set, operation, rollback);
      }
    }
  }

  /** Of two writes of one time the greater value wins, whoever wrote it. */
  private static final class TiesByValue extends AlteredType<LwwRegister> {
    private static final ReplicaId NOBODY = ReplicaId.of(0, 9);

    TiesByValue() {
      super(SmallTypes.register());
    }

    @Override
    public void apply(LwwRegister register, Operation operation, @Nullable Rollback rollback) {
      Operation applied = operation;
      if (operation instanceof Operation.RegisterWrite write) {
        Stamp stamp = new Stamp(write.stamp().time(), NOBODY, 0);
        applied = new Operation.RegisterWrite(stamp, write.value());
      }
      super.apply(register, applied, rollback);
    }
  }

  /** What the other replica has is lost. */
  private static final class JoinsNothing extends AlteredType<Counter> {
    JoinsNothing() {
      super(SmallTypes.counter());
    }

    @Override
    public void join(Counter counter, Counter other) {
      // what is forgotten here is the whole point
    }
  }
}
