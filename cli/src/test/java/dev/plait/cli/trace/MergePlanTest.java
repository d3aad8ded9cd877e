package dev.plait.cli.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MergePlanTest {

  private static TraceTransaction by(int agent, Integer... parents) {
    return new TraceTransaction(agent, List.of(parents), List.of());
  }

  private static Trace trace(TraceTransaction... transactions) {
    return new Trace(Trace.Kind.CONCURRENT, "", "", List.of(transactions));
  }

  @Test
  void mergesAllAncestorsOfTheParentsAndNothingElse() {
    MergePlan plan = MergePlan.of(trace(by(0), by(0, 0), by(1, 0), by(1, 2), by(2, 1, 2)));

    assertArrayEquals(new int[0], plan.before(0));
    assertArrayEquals(new int[0], plan.before(1));
    assertArrayEquals(new int[] {0}, plan.before(2));
    assertArrayEquals(new int[0], plan.before(3));
    assertArrayEquals(new int[] {0, 1, 2}, plan.before(4));
  }

  @Test
  void mergesOnlyWhatIsLacking() {
    MergePlan plan = MergePlan.of(trace(by(0), by(1, 0), by(0, 1), by(1, 2), by(0, 3)));

    assertArrayEquals(new int[] {1}, plan.before(2));
    assertArrayEquals(new int[] {2}, plan.before(3));
    assertArrayEquals(new int[] {3}, plan.before(4));
  }

  @Test
  void severalRootsAreAllowed() {
    MergePlan plan = MergePlan.of(trace(by(0), by(1), by(2), by(1, 0, 1, 2)));

    assertArrayEquals(new int[0], plan.before(1));
    assertArrayEquals(new int[0], plan.before(2));
    assertArrayEquals(new int[] {0, 2}, plan.before(3));
  }

  @Test
  void sequentialTraceHasNothingToMerge() {
    MergePlan plan = MergePlan.of(trace(by(0), by(0, 0), by(0, 1)));

    assertArrayEquals(new int[0], plan.before(2));
  }

  @Test
  void transactionMadeBesideThePreviousOneOfItsAgentIsRefused() {
    Trace trace = trace(by(0), by(0, 0), by(0, 0));

    TraceException refused = assertThrows(TraceException.class, () -> MergePlan.of(trace));

    assertEquals(TraceException.TRACE_PARENTS, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("transaction 2"), refused::getMessage);
  }

  @Test
  void orderOfAnAgentMayBeKeptThroughOthers() {
    MergePlan plan = MergePlan.of(trace(by(0), by(1, 0), by(2, 1), by(0, 2)));

    assertArrayEquals(new int[] {1, 2}, plan.before(3));
  }

  @Test
  void secondRootOfAnAgentIsRefused() {
    Trace trace = trace(by(0), by(0));

    assertThrows(TraceException.class, () -> MergePlan.of(trace));
  }
}
