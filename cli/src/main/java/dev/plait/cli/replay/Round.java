package dev.plait.cli.replay;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.cli.trace.MergePlan;
import dev.plait.cli.trace.Trace;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A trace replayed once, start to end: the authors replay it on their copies; a reader takes every
 * change from its own bytes; others take the whole history at once, and others open a snapshot.
 * Encoding is not measured.
 */
final class Round {
  /**
   * How many readers take the whole history or open the snapshot in rounds after the first: both
   * take so little time that a JVM is warm only after many.
   */
  private static final int READERS = 25;

  private final Trace trace;
  private final MergePlan plan;
  private final Settings settings;
  private final Codec codec;
  private final Stopwatch stopwatch;
  private final Progress progress;
  private final Participants participants;

  Round(Trace trace, MergePlan plan, Settings settings, Codec codec, Instruments instruments) {
    this.trace = trace;
    this.plan = plan;
    this.settings = settings;
    this.codec = codec;
    this.stopwatch = instruments.stopwatch();
    this.progress = instruments.progress();
    this.participants = Participants.atStart(codec);
  }

  /**
   * The times that rounds took.
   *
   * @param local the authors' replay
   * @param remote taking each change from its own bytes
   * @param merge taking the whole history at once
   * @param open opening a snapshot and producing the text
   */
  record Times(Samples local, Samples remote, Samples merge, Samples open) {
    static Times none() {
      return new Times(new Samples(), new Samples(), new Samples(), new Samples());
    }
  }

  /**
   * What a round leaves behind.
   *
   * @param text what the reader of the whole history shows
   * @param stateHash of that reader
   * @param converged whether everybody who was compared is in that state
   * @param historyBytes size of the whole history
   * @param snapshotBytes size of the final state
   * @param opener opens the final state anew each time
   */
  record Ending(
      String text,
      long stateHash,
      boolean converged,
      long historyBytes,
      long snapshotBytes,
      Supplier<Document> opener) {}

  /**
   * Plays the round.
   *
   * @param times takes what was measured
   * @param first whether it is the first round; in that one the authors merge everything in the end
   *     and are compared, too
   * @throws dev.plait.cli.trace.TraceException TRACE_EDIT if a patch can't be made
   */
  Ending play(Times times, boolean first) {
    int readers = first ? 1 : READERS;
    try (Copies copies = settings.store().apply(participants)) {
      byte[][] bundles = bundles(replay(copies, times.local()));
      Document oneByOne = takeOneByOne(bundles, times.remote());
      byte[] history = oneByOne.changesSince(VersionVector.empty());
      Document atOnce = takeAtOnce(history, readers, times.merge());
      byte[] snapshot = atOnce.encodedSnapshot();
      String opened = open(snapshot, readers, times.open());
      progress.next("comparing");
      String text = text(atOnce);
      boolean converged = isSame(oneByOne, atOnce) && opened.equals(text);
      if (first) {
        converged &= authorsReach(atOnce, copies);
      }
      return new Ending(
          text,
          atOnce.stateHash(),
          converged,
          history.length,
          snapshot.length,
          () -> participants.reader(snapshot));
    }
  }

  private List<Change> replay(Copies copies, Samples samples) {
    progress.next("the authors edit");
    LocalReplay replay =
        new LocalReplay(trace, plan, copies, participants.time(), settings.tickMillis());
    replay.start();
    return stopwatch.time(samples, replay::run);
  }

  /** Each change as it would come over the network by itself, one behind the other. */
  private byte[][] bundles(List<Change> changes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] ends = new int[changes.size()];
    for (int i = 0; i < ends.length; i++) {
      Chunk chunk = codec.encodeChunk(Copies.TEXT, List.of(changes.get(i)));
      all.writeBytes(codec.encodeBundle(List.of(chunk)));
      ends[i] = all.size();
    }
    // Cut in the end, so that they lie side by side as what just came in would.
    byte[] bytes = all.toByteArray();
    byte[][] bundles = new byte[ends.length][];
    for (int i = 0; i < ends.length; i++) {
      bundles[i] = Arrays.copyOfRange(bytes, i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    return bundles;
  }

  private Document takeOneByOne(byte[][] bundles, Samples samples) {
    progress.next("a reader takes change by change");
    Document reader = participants.reader();
    return stopwatch.time(
        samples,
        pause -> {
          for (byte[] bundle : bundles) {
            reader.apply(bundle);
          }
          return reader;
        });
  }

  private Document takeAtOnce(byte[] history, int readers, Samples samples) {
    progress.next("readers take the whole history");
    Document reader = takeHistory(history, samples);
    for (int i = 1; i < readers; i++) {
      takeHistory(history, samples);
    }
    return reader;
  }

  private Document takeHistory(byte[] history, Samples samples) {
    Document reader = participants.reader();
    return stopwatch.time(
        samples,
        pause -> {
          reader.apply(history);
          return reader;
        });
  }

  private String open(byte[] snapshot, int readers, Samples samples) {
    progress.next("readers open the snapshot");
    String text = openAndRead(snapshot, samples);
    for (int i = 1; i < readers; i++) {
      openAndRead(snapshot, samples);
    }
    return text;
  }

  private String openAndRead(byte[] snapshot, Samples samples) {
    return stopwatch.time(samples, pause -> text(participants.reader(snapshot)));
  }

  /** Lets each author merge what they lack, and compares what is kept of that with a reader. */
  private boolean authorsReach(Document reader, Copies copies) {
    boolean same = true;
    for (int agent : trace.agents()) {
      Document copy = copies.of(agent);
      copy.apply(reader.changesSince(copy.versionVector()));
      same &= isSame(copies.reopened(agent), reader);
      copies.forget(agent);
    }
    return same;
  }

  private static boolean isSame(Document one, Document other) {
    return one.versionVector().equals(other.versionVector())
        && one.stateHash() == other.stateHash()
        && text(one).equals(text(other));
  }

  private static String text(Document document) {
    return document.text(Copies.TEXT).toString();
  }
}
