package dev.plait.bench;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
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

/** Texts in which each unit has the one inserted before it as origin, and no two make a run. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 15)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class DeepChains {

  /** On which side the unit inserted before is. */
  public enum Side {
    /** It is the left origin. */
    LEFT,
    /** It is the right origin. */
    RIGHT
  }

  /** How many units there are. */
  @Param({"10000", "100000", "1000000"})
  public int operations;

  /** On which side the unit inserted before is. */
  @Param public Side side = Side.LEFT;

  private Operations made = Recorder.ofEdits().operations();
  private State.OfText state = new Text().state();

  /** Lets two authors take turns at one text. */
  @Setup
  public void write() {
    Text text = new Text();
    Recorder recorder = Recorder.ofEdits();
    Author[] authors = {
      new Author(text, Author.id(0), recorder), new Author(text, Author.id(1), recorder)
    };
    for (int i = 0; i < operations; i++) {
      authors[i % 2].insert(side == Side.LEFT ? i : 0, "x");
    }
    made = recorder.operations();
    state = text.state();
  }

  /** Applies the operations one by one. */
  @Benchmark
  public Text apply() {
    Text text = new Text();
    made.applyTo(text);
    return text;
  }

  /** Opens the state. */
  @Benchmark
  public String open() {
    return Text.of(state).toString();
  }

  /** Joins the state into an empty text. */
  @Benchmark
  public TextDelta join() {
    return new Text().join(state, null);
  }

  /** Opens the state and writes the canonical bytes. */
  @Benchmark
  public byte[] openAndWriteCanonical() {
    CanonicalBytes out = new CanonicalBytes();
    Text.of(state).writeCanonical(out);
    return out.toByteArray();
  }
}
