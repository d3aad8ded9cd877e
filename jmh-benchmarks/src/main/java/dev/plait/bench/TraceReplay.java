package dev.plait.bench;

import dev.plait.cli.trace.Patch;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The recorded writing of one person on a text, beside a {@link GapBuffer} that replays the same
 * edits. The recordings are not part of the project; {@link Benchmarks} says how to name them, and
 * without any the {@link TypingModel} is replayed.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class TraceReplay {
  private static final int MODEL_EDITS = 250_000;

  /** The {@link TypingModel}, or a trace by its name in the folder. */
  @Param(Traces.MODEL)
  public String trace = Traces.MODEL;

  /** How long the model writes; recordings are as long as they are. */
  @Param("" + MODEL_EDITS)
  public int edits = MODEL_EDITS;

  private final ReplicaId editor = Author.id(1);
  private final Rollback rollback = new Rollback();
  private final EditCount count = new EditCount();
  private List<Patch> patches = List.of();
  private Operations keystrokes = Recorder.ofEdits().operations();
  private Operations runs = keystrokes;
  private State.OfText state = new Text().state();

  /** Reads the trace and replays it once, for what the others start from. */
  @Setup
  public void read() {
    Recording recorded = Traces.recording(trace, edits);
    patches = recorded.patches();
    keystrokes = record(Recorder.ofEdits(), recorded.end());
    runs = record(Recorder.ofRuns(), recorded.end());
    requireEnd(gapBuffer(), recorded.end());
    requireEnd(local().toString(), recorded.end());
    requireEnd(remoteOneByOne().toString(), recorded.end());
    requireEnd(wholeHistory(), recorded.end());
    requireEnd(open(), recorded.end());
  }

  private Operations record(Recorder recorder, String end) {
    Author author = new Author(new Text(), editor, recorder);
    for (Patch patch : patches) {
      if (patch.deleted() > 0) {
        author.delete(patch.position(), patch.deleted());
      }
      if (!patch.inserted().isEmpty()) {
        author.insert(patch.position(), patch.inserted());
      }
    }
    requireEnd(author.text().toString(), end);
    state = author.text().state();
    return recorder.operations();
  }

  private static void requireEnd(String text, String end) {
    if (!text.equals(end)) {
      throw new IllegalStateException("the trace does not end as recorded");
    }
  }

  /** The floor: edits without identities. */
  @Benchmark
  public String gapBuffer() {
    GapBuffer buffer = new GapBuffer();
    for (Patch patch : patches) {
      buffer.splice(patch.position(), patch.deleted(), patch.inserted());
    }
    return buffer.toString();
  }

  /** Every edit made here. */
  @Benchmark
  public Text local() {
    Text text = new Text();
    long seq = 1;
    for (Patch patch : patches) {
      if (patch.deleted() > 0) {
        text.delete(patch.position(), patch.deleted(), rollback, count);
      }
      String inserted = patch.inserted();
      if (!inserted.isEmpty()) {
        text.insert(patch.position(), inserted, editor, seq, rollback, count);
        seq += inserted.length();
      }
      rollback.forget();
    }
    return text;
  }

  /** Every edit made elsewhere and applied here. */
  @Benchmark
  public Text remoteOneByOne() {
    Text text = new Text();
    keystrokes.applyTo(text);
    return text;
  }

  /** All edits made elsewhere, those that continue each other as one, and the text they give. */
  @Benchmark
  public String wholeHistory() {
    Text text = new Text();
    runs.applyTo(text);
    return text.toString();
  }

  /** The state opened, and the text it gives. */
  @Benchmark
  public String open() {
    return Text.of(state).toString();
  }
}
