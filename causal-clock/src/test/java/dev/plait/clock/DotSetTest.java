package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DotSetTest {

  private static final ReplicaId A = ReplicaId.of(1, 0);
  private static final ReplicaId B = ReplicaId.of(-1, 0);

  private static DotSet set(DotRange... ranges) {
    DotSet set = new DotSet();
    for (DotRange range : ranges) {
      set.add(range);
      set.checkInvariants();
    }
    return set;
  }

  @Test
  void emptyHoldsNothing() {
    DotSet set = new DotSet();

    assertTrue(set.isEmpty());
    assertEquals(0, set.size());
    assertFalse(set.contains(new Dot(A, 1)));
    assertEquals(VersionVector.EMPTY, set.contiguous());
    assertEquals(List.of(), set.ranges());
  }

  @Test
  void neighboursBecomeOneRun() {
    DotSet set = set(new DotRange(A, 1, 2), new DotRange(A, 4, 5));

    assertEquals(List.of(new DotRange(A, 1, 2), new DotRange(A, 4, 5)), set.ranges());
    assertTrue(set.add(new Dot(A, 3)));
    assertEquals(List.of(new DotRange(A, 1, 5)), set.ranges());
    assertEquals(5, set.size());
  }

  @Test
  void addSaysWhetherAnythingWasMissing() {
    DotSet set = set(new DotRange(A, 2, 4));

    assertFalse(set.add(new Dot(A, 3)));
    assertFalse(set.add(new DotRange(A, 2, 4)));
    assertTrue(set.add(new DotRange(A, 3, 5)));
    assertTrue(set.add(new Dot(B, 3)));
  }

  @Test
  void oneRunCanSwallowMany() {
    DotSet set = set(new DotRange(A, 2, 2), new DotRange(A, 5, 6), new DotRange(A, 9, 9));

    assertTrue(set.add(new DotRange(A, 1, 20)));
    assertEquals(List.of(new DotRange(A, 1, 20)), set.ranges());
  }

  @Test
  void contiguousEndsBeforeTheFirstGap() {
    DotSet set = set(new DotRange(A, 1, 3), new DotRange(A, 5, 9), new DotRange(B, 2, 7));

    assertEquals(VersionVector.of(new Dot(A, 3)), set.contiguous());
    set.add(new Dot(A, 4));
    set.add(new Dot(B, 1));
    assertEquals(VersionVector.of(new Dot(A, 9), new Dot(B, 7)), set.contiguous());
  }

  @Test
  void runsAreSortedByUnsignedReplica() {
    DotSet set = set(new DotRange(B, 1, 1), new DotRange(A, 3, 3), new DotRange(A, 1, 1));

    assertEquals(
        List.of(new DotRange(A, 1, 1), new DotRange(A, 3, 3), new DotRange(B, 1, 1)), set.ranges());
  }

  @Test
  void greatestCountersDoNotOverflow() {
    DotSet set = set(new DotRange(A, Long.MAX_VALUE, Long.MAX_VALUE));

    assertTrue(set.contains(new Dot(A, Long.MAX_VALUE)));
    assertFalse(set.contains(new Dot(A, Long.MAX_VALUE - 1)));
    assertTrue(set.add(new DotRange(A, 1, Long.MAX_VALUE - 1)));
    set.checkInvariants();
    assertEquals(List.of(new DotRange(A, 1, Long.MAX_VALUE)), set.ranges());
    assertEquals(Long.MAX_VALUE, set.size());
    set.add(new Dot(B, 1));
    assertEquals(Long.MAX_VALUE, set.size());
  }

  @Test
  void addAllIsTheUnion() {
    DotSet left = set(new DotRange(A, 1, 2), new DotRange(A, 6, 7));
    DotSet right = set(new DotRange(A, 3, 5), new DotRange(B, 1, 1));

    assertTrue(left.addAll(right));
    assertEquals(List.of(new DotRange(A, 1, 7), new DotRange(B, 1, 1)), left.ranges());
    assertFalse(left.addAll(right));
    assertFalse(left.addAll(left));
    assertEquals(List.of(new DotRange(A, 3, 5), new DotRange(B, 1, 1)), right.ranges());
  }

  @Test
  void runsCannotBeChangedFromOutside() {
    assertThrows(
        UnsupportedOperationException.class, () -> set(new DotRange(A, 1, 2)).ranges().clear());
  }

  @Test
  void holdsExactlyWhatAPlainSetHolds() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      DotSet set = new DotSet();
      Set<Dot> model = new HashSet<>();
      for (int step = 0; step < 150; step++) {
        ReplicaId replica = random.nextBoolean() ? A : B;
        long first = 1L + random.nextInt(80);
        long last = first + random.nextInt(random.nextInt(10) == 0 ? 20 : 2);
        boolean changed = false;
        for (long counter = first; counter <= last; counter++) {
          changed |= model.add(new Dot(replica, counter));
        }
        boolean single = first == last && random.nextBoolean();
        assertEquals(
            changed,
            single
                ? set.add(new Dot(replica, first))
                : set.add(new DotRange(replica, first, last)));
        set.checkInvariants();
        assertSameContent(model, set);
      }
    }
  }

  private static void assertSameContent(Set<Dot> model, DotSet set) {
    assertEquals(model.size(), set.size());
    VersionVector contiguous = set.contiguous();
    for (ReplicaId replica : List.of(A, B)) {
      long withoutGap = 0;
      for (long counter = 1; counter <= 110; counter++) {
        Dot dot = new Dot(replica, counter);
        assertEquals(model.contains(dot), set.contains(dot));
        if (withoutGap == counter - 1 && model.contains(dot)) {
          withoutGap = counter;
        }
      }
      assertEquals(withoutGap, contiguous.get(replica));
    }
  }

  @Test
  void setThatHoldsADotIsNotEmpty() {
    DotSet set = new DotSet();
    set.add(new Dot(ReplicaId.of(7, 7), 3));

    assertFalse(set.isEmpty());
    set.checkInvariants();
  }
}
