package dev.plait.cli.replay;

import dev.plait.cli.trace.MergePlan;
import dev.plait.cli.trace.Trace;
import dev.plait.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Replays a trace as often as asked and reports. */
final class Replay {
  private final Trace trace;
  private final MergePlan plan;
  private final Settings settings;
  private final Codec codec;
  private final Instruments instruments;

  /**
   * Prepares a replay.
   *
   * @throws dev.plait.cli.trace.TraceException TRACE_PARENTS
   */
  Replay(Trace trace, Settings settings, Codec codec, Instruments instruments) {
    this.trace = trace;
    this.plan = MergePlan.of(trace);
    this.settings = settings;
    this.codec = codec;
    this.instruments = instruments;
  }

  /**
   * Replays and reports.
   *
   * @param name the trace's name in the report
   * @throws dev.plait.cli.trace.TraceException TRACE_EDIT if a patch can't be made
   */
  ReplayReport run(String name) {
    Round.Times times = Round.Times.none();
    Round.Ending first = round(1).play(times, true);
    boolean converged = first.converged();
    for (int number = 2; number <= settings.repeats(); number++) {
      Round.Ending next = round(number).play(times, false);
      converged &= next.converged() && next.stateHash() == first.stateHash();
    }
    instruments.progress().next("measuring the heap");
    long heapBytes = instruments.retainedHeap().applyAsLong(first.opener());
    return new ReplayReport(
        name,
        trace.kind(),
        trace.edits(),
        trace.agents().size(),
        converged,
        first.text().equals(trace.endContent()),
        sha256(first.text()),
        times,
        first.historyBytes(),
        first.snapshotBytes(),
        heapBytes,
        settings.repeats());
  }

  private Round round(int number) {
    String label = "run " + number + " of " + settings.repeats() + ", ";
    return new Round(trace, plan, settings, codec, instruments.labelled(label));
  }

  private static String sha256(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
