package dev.plait.cli.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceException;
import dev.plait.cli.trace.TraceTransaction;
import dev.plait.wire.WireCodec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReplayTest {

  private static TraceTransaction by(int agent, List<Integer> parents, Patch... patches) {
    return new TraceTransaction(agent, parents, List.of(patches));
  }

  private static Patch insert(int position, String text) {
    return new Patch(position, 0, text);
  }

  private static Trace concurrent(String end, TraceTransaction... transactions) {
    return new Trace(Trace.Kind.CONCURRENT, "", end, List.of(transactions));
  }

  private static Trace sequential(String start, String end, TraceTransaction... transactions) {
    return new Trace(Trace.Kind.SEQUENTIAL, start, end, List.of(transactions));
  }

  private static ReplayReport replay(Trace trace, Store store, int repeats) {
    return new Replay(
            trace,
            new Settings(store::open, 100, repeats),
            WireCodec.create(),
            new Instruments(new Stopwatch(() -> 0), factory -> 0, Progress.NONE))
        .run("test");
  }

  private static ReplayReport replay(Trace trace) {
    return replay(trace, Store.MEMORY, 1);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void authorsApartEndTogether(Store store) {
    Trace trace =
        concurrent(
            "one 1 two 2",
            by(0, List.of(), insert(0, "one two")),
            by(0, List.of(0), insert(3, " 1")),
            by(1, List.of(0), insert(7, " 2")));

    ReplayReport report = replay(trace, store, 2);

    assertTrue(report.isGood(), report::toString);
    assertEquals(2, report.replicas());
    assertEquals(3, report.edits());
    assertEquals(2, report.repeats());
  }

  @Test
  void authorSeesTheParentsAndNotWhatTheirAuthorsDidLater() {
    Trace trace =
        concurrent(
            "B1 A1 A2",
            by(0, List.of(), insert(0, "A1")),
            by(0, List.of(0), insert(2, " A2")),
            by(1, List.of(0), insert(0, "B1 "), new Patch(5, 0, "")));

    assertTrue(replay(trace).isGood());

    Trace beyond =
        concurrent(
            "",
            by(0, List.of(), insert(0, "A1")),
            by(0, List.of(0), insert(2, " A2")),
            by(1, List.of(0), insert(3, "?")));
    TraceException outside = assertThrows(TraceException.class, () -> replay(beyond));
    assertEquals(TraceException.TRACE_EDIT, outside.code());
    assertTrue(
        String.valueOf(outside.getMessage()).contains("transaction 2, patch 0"),
        outside::getMessage);
  }

  @Test
  void severalRootsMerge() {
    Trace trace =
        concurrent(
            "left right",
            by(0, List.of(), insert(0, "left")),
            by(1, List.of(), insert(0, "right")),
            by(2, List.of(0, 1), insert(4, " ")));

    ReplayReport report = replay(trace);

    assertTrue(report.isGood(), report::toString);
    assertEquals(3, report.replicas());
  }

  @Test
  void patchesOfATransactionBuildOnEachOther() {
    Trace trace =
        concurrent(
            "abcd", by(0, List.of(), insert(0, "ad"), insert(1, "bx"), new Patch(2, 1, "c")));

    assertTrue(replay(trace).isGood());
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void positionsCountCodePointsAlsoAfterMergesOfOthersEmoji(Store store) {
    Trace trace =
        concurrent(
            "🌱🌳a🌳b!",
            by(0, List.of(), insert(0, "🌳ab")),
            by(1, List.of(0), insert(2, "🌳")),
            by(1, List.of(1), new Patch(4, 0, "!")),
            by(0, List.of(0), insert(0, "🌱x"), new Patch(1, 1, "")),
            by(0, List.of(2, 3), new Patch(2, 2, "a🌳")));

    assertTrue(replay(trace, store, 1).isGood());
  }

  @Test
  void lengthInCodePointsBoundsPositions() {
    Trace trace =
        sequential("🌳🌳", "", by(0, List.of(), insert(2, "x")), by(0, List.of(0), insert(4, "y")));

    TraceException outside = assertThrows(TraceException.class, () -> replay(trace));

    assertTrue(
        String.valueOf(outside.getMessage()).contains("transaction 1, patch 0"),
        outside::getMessage);
    assertTrue(String.valueOf(outside.getMessage()).contains("3 code points"), outside::getMessage);
  }

  @Test
  void deletionBeyondTheEndIsRefused() {
    Trace trace =
        sequential("abc", "", by(0, List.of(), insert(0, ""), new Patch(1, Integer.MAX_VALUE, "")));

    TraceException outside = assertThrows(TraceException.class, () -> replay(trace));

    assertEquals(TraceException.TRACE_EDIT, outside.code());
    assertTrue(
        String.valueOf(outside.getMessage()).contains("transaction 0, patch 1"),
        outside::getMessage);
  }

  @Test
  void textThatOneChangeCannotHoldIsRefusedAndNamed() {
    String large = "x".repeat(2_000_000);

    TraceException edit =
        assertThrows(
            TraceException.class,
            () -> replay(sequential("", large, by(0, List.of(), insert(0, large)))));
    TraceException start =
        assertThrows(TraceException.class, () -> replay(sequential(large, large)));

    assertTrue(String.valueOf(edit.getMessage()).startsWith("transaction 0: "), edit::getMessage);
    assertTrue(String.valueOf(start.getMessage()).startsWith("startContent: "), start::getMessage);
  }

  @Test
  void traceWithoutTransactionsIsItsStart() {
    ReplayReport start = replay(sequential("as it was", "as it was"));
    ReplayReport nothing = replay(sequential("", ""));

    assertTrue(start.isGood(), start::toString);
    assertEquals(0, start.edits());
    assertTrue(nothing.isGood(), nothing::toString);
  }

  @Test
  void otherEndContentIsNoticed() {
    ReplayReport report = replay(sequential("", "expected", by(0, List.of(), insert(0, "found"))));

    assertTrue(report.converged());
    assertFalse(report.matchesEndContent());
    assertFalse(report.isGood());
  }

  @Test
  void sameTraceGivesTheSameBytesEachTime() {
    Trace trace =
        concurrent("xy", by(0, List.of(), insert(0, "x")), by(1, List.of(), insert(0, "y")));

    ReplayReport one = replay(trace);
    ReplayReport other = replay(trace);

    assertEquals(one.historyBytes(), other.historyBytes());
    assertEquals(one.snapshotBytes(), other.snapshotBytes());
    assertEquals(one.sha256(), other.sha256());
  }
}
