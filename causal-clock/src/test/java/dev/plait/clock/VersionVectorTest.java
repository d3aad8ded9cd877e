package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

  private static final ReplicaId A = ReplicaId.of(1, 0);
  private static final ReplicaId B = ReplicaId.of(2, 0);
  private static final ReplicaId C = ReplicaId.of(-1, 0);

  private static VersionVector vector(long a, long b, long c) {
    VersionVector vector = VersionVector.empty();
    vector = a == 0 ? vector : vector.with(new Dot(A, a));
    vector = b == 0 ? vector : vector.with(new Dot(B, b));
    return c == 0 ? vector : vector.with(new Dot(C, c));
  }

  @Test
  void emptyHoldsNothing() {
    assertTrue(VersionVector.EMPTY.isEmpty());
    assertEquals(0, VersionVector.EMPTY.size());
    assertEquals(0, VersionVector.EMPTY.get(A));
    assertFalse(VersionVector.EMPTY.contains(new Dot(A, 1)));
    assertEquals(VersionVector.EMPTY, VersionVector.of());
  }

  @Test
  void holdsADotAndAllBeforeIt() {
    VersionVector vector = VersionVector.of(new Dot(A, 3));

    assertTrue(vector.contains(new Dot(A, 1)));
    assertTrue(vector.contains(new Dot(A, 3)));
    assertFalse(vector.contains(new Dot(A, 4)));
    assertFalse(vector.contains(new Dot(B, 1)));
  }

  @Test
  void neverGoesBack() {
    VersionVector vector = vector(3, 0, 0);

    assertSame(vector, vector.with(new Dot(A, 2)));
    assertEquals(5, vector.with(new Dot(A, 5)).get(A));
    assertEquals(3, vector.get(A));
    assertEquals(5, VersionVector.of(new Dot(A, 5), new Dot(A, 2)).get(A));
  }

  @Test
  void comparesAsAPartialOrder() {
    assertEquals(CausalOrder.EQUAL, vector(1, 2, 0).compare(vector(1, 2, 0)));
    assertEquals(CausalOrder.BEFORE, vector(1, 2, 0).compare(vector(1, 3, 0)));
    assertEquals(CausalOrder.BEFORE, vector(1, 2, 0).compare(vector(1, 2, 1)));
    assertEquals(CausalOrder.AFTER, vector(1, 2, 0).compare(VersionVector.EMPTY));
    assertEquals(CausalOrder.CONCURRENT, vector(2, 1, 0).compare(vector(1, 2, 0)));
    assertEquals(CausalOrder.CONCURRENT, vector(1, 0, 0).compare(vector(0, 1, 0)));
  }

  @Test
  void dominatesWhatItHoldsCompletely() {
    assertTrue(vector(1, 2, 0).dominates(vector(1, 2, 0)));
    assertTrue(vector(1, 2, 0).dominates(vector(0, 2, 0)));
    assertFalse(vector(1, 2, 0).dominates(vector(0, 0, 1)));
    assertFalse(vector(9, 9, 0).dominates(vector(0, 0, 1)));
  }

  @Test
  void mergeAndMeetTakeTheGreaterAndTheLesserPerReplica() {
    assertEquals(vector(3, 2, 5), vector(3, 1, 0).merge(vector(1, 2, 5)));
    assertEquals(vector(1, 1, 0), vector(3, 1, 0).meet(vector(1, 2, 5)));
    assertEquals(VersionVector.EMPTY, vector(3, 0, 0).meet(vector(0, 2, 5)));
  }

  @Test
  void vectorsFormALattice() {
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      VersionVector x = vector(random.nextInt(3), random.nextInt(3), random.nextInt(3));
      VersionVector y = vector(random.nextInt(3), random.nextInt(3), random.nextInt(3));
      VersionVector z = vector(random.nextInt(3), random.nextInt(3), random.nextInt(3));

      assertEquals(x.merge(y), y.merge(x));
      assertEquals(x.meet(y), y.meet(x));
      assertEquals(x.merge(y).merge(z), x.merge(y.merge(z)));
      assertEquals(x.meet(y).meet(z), x.meet(y.meet(z)));
      assertEquals(x, x.merge(x.meet(y)));
      assertEquals(x, x.meet(x.merge(y)));
      assertEquals(x.dominates(y), x.merge(y).equals(x));
      assertEquals(x.dominates(y), x.meet(y).equals(y));
      assertEquals(x.compare(y).reverse(), y.compare(x));
      assertEquals(x.compare(y) == CausalOrder.EQUAL, x.equals(y));
    }
  }

  @Test
  void missingIsWhatTheOtherLacks() {
    assertEquals(
        List.of(new DotRange(A, 3, 5), new DotRange(C, 1, 2)),
        vector(5, 1, 2).missingFrom(vector(2, 1, 0)));
    assertEquals(List.of(), vector(2, 1, 0).missingFrom(vector(5, 1, 2)));
    assertEquals(List.of(new DotRange(B, 1, 1)), vector(0, 1, 0).missingFrom(VersionVector.EMPTY));
  }

  @Test
  void listsAreSortedByUnsignedReplica() {
    VersionVector vector = VersionVector.of(new Dot(C, 1), new Dot(B, 2), new Dot(A, 3));

    assertEquals(List.of(A, B, C), vector.replicas());
    assertEquals(List.of(new Dot(A, 3), new Dot(B, 2), new Dot(C, 1)), vector.dots());
    assertEquals(vector, VersionVector.from(vector.dots()));
    assertEquals(3, vector.size());
  }

  @Test
  void equalityAndPrintedFormDoNotDependOnTheWayThere() {
    VersionVector oneWay = VersionVector.of(new Dot(C, 1), new Dot(A, 1), new Dot(A, 3));
    VersionVector otherWay = VersionVector.of(new Dot(A, 3), new Dot(C, 1));

    assertEquals(oneWay, otherWay);
    assertEquals(oneWay.hashCode(), otherWay.hashCode());
    assertEquals(oneWay.toString(), otherWay.toString());
    assertNotEquals(oneWay, otherWay.with(new Dot(B, 1)));
  }

  @Test
  void builderGoesOnWithoutTouchingWhatItBuilt() {
    VersionVector.Builder builder = vector(1, 0, 0).toBuilder();
    VersionVector first = builder.advance(new Dot(B, 1)).build();
    VersionVector second = builder.advance(new Dot(B, 2)).build();

    assertEquals(vector(1, 1, 0), first);
    assertEquals(vector(1, 2, 0), second);
  }

  @Test
  void listsCannotBeChanged() {
    VersionVector vector = vector(1, 0, 0);

    assertThrows(UnsupportedOperationException.class, () -> vector.replicas().clear());
    assertThrows(UnsupportedOperationException.class, () -> vector.dots().clear());
    assertThrows(
        UnsupportedOperationException.class, () -> vector.missingFrom(VersionVector.EMPTY).clear());
  }

  @Test
  void vectorThatHoldsSomethingIsNotEmptyAndPrintsItsHighestDots() {
    Dot dot = new Dot(ReplicaId.of(7, 7), 3);
    VersionVector vector = VersionVector.of(dot);

    assertFalse(vector.isEmpty());
    assertEquals(List.of(dot).toString(), vector.toString());
    assertNotEquals(VersionVector.empty().hashCode(), vector.hashCode());
  }
}
