package dev.plait.bench;

import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceReader;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.nio.file.Path;
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
 * edits. The recordings are not part of the project; {@link Benchmarks} says how to name them.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class TraceReplay {
  /** The system property that names the folder of traces. */
  static final String FOLDER = "plait.traces";

  /** A sequential trace without characters that take two units, by its name in the folder. */
  @Param("sequential/automerge-paper.json.gz")
  public String trace = "";

  private final ReplicaId editor = Author.id(1);
  private final Rollback rollback = new Rollback();
  private final EditCount edits = new EditCount();
  private List<Patch> patches = List.of();
  private Operations keystrokes = Recorder.ofEdits().operations();
  private Operations runs = keystrokes;
  private State.OfText state = new Text().state();

  /** Reads the trace and replays it once, for what the others start from. */
  @Setup
  public void read() {
    Path file = Path.of(System.getProperty(FOLDER, ""), trace);
    Trace recorded = TraceReader.read(file);
    if (recorded.kind() != Trace.Kind.SEQUENTIAL || !recorded.isBasicPlane()) {
      throw new IllegalArgumentException(file + " is not sequential or holds surrogate pairs");
    }
    patches =
        recorded.transactions().stream()
            .flatMap(transaction -> transaction.patches().stream())
            .toList();
    if (!recorded.startContent().isEmpty()) {
      throw new IllegalArgumentException(file + " does not start with an empty text");
    }
    keystrokes = record(Recorder.ofEdits(), recorded.endContent());
    runs = record(Recorder.ofRuns(), recorded.endContent());
    requireEnd(gapBuffer(), recorded.endContent());
    requireEnd(local().toString(), recorded.endContent());
    requireEnd(remoteOneByOne().toString(), recorded.endContent());
    requireEnd(wholeHistory(), recorded.endContent());
    requireEnd(open(), recorded.endContent());
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
        text.delete(patch.position(), patch.deleted(), rollback, edits);
      }
      String inserted = patch.inserted();
      if (!inserted.isEmpty()) {
        text.insert(patch.position(), inserted, editor, seq, rollback, edits);
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
