package dev.plait.bench;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.Operation;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Operations made on an old version of a text, merged into the newest. Expected to cost at most
 * twice what they cost when made on the newest, whatever was done in between.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 15)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class ForkMerge {
  private static final int FIRST_UNITS = 100_000;

  /** How many operations were made on the text by its author. */
  @Param("1000000")
  public int history;

  /** How many of them were made since the fork. */
  @Param({"0", "1000", "10000", "100000", "1000000"})
  public int forkAge;

  /** How many operations the fork has made. */
  @Param("100000")
  public int operations;

  private State.OfText newest = new Text().state();
  private Operations made = Recorder.ofEdits().operations();
  private Text text = new Text();

  /** Writes the text, forks it, and lets both go on. */
  @Setup
  public void write() {
    SplittableRandom random = new SplittableRandom(history);
    Author author = new Author(new Text(), Author.id(0), Recorder.ofEdits());
    author.insert(0, "x".repeat(FIRST_UNITS));
    for (int i = 0; i < history - forkAge; i++) {
      author.editAnywhere(random);
    }
    State.OfText forked = author.text().state();
    for (int i = 0; i < forkAge; i++) {
      author.editAnywhere(random);
    }
    newest = author.text().state();
    Recorder recorder = Recorder.ofEdits();
    Author other = new Author(Text.of(forked), Author.id(1), recorder);
    for (int i = 0; i < operations; i++) {
      other.editAnywhere(random);
    }
    made = recorder.operations();
  }

  /** Opens the newest version and looks for some elements, so that it has an index of them. */
  @Setup(Level.Iteration)
  public void open() {
    text = Text.of(newest);
    for (int seq = 1; seq < FIRST_UNITS; seq += FIRST_UNITS / 10) {
      ElementRange unit = new ElementRange(new ElementId(Author.id(0), seq), 1);
      if (text.check(new Operation.TextDelete(List.of(unit))) != null) {
        throw new IllegalStateException(unit + " is not there");
      }
    }
  }

  /** Merges what the fork has made. */
  @Benchmark
  public Text merge(Allocation allocation) {
    return allocation.during(
        () -> {
          made.applyTo(text);
          return text;
        });
  }
}
