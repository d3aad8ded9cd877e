package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Keystrokes at one place in the middle of a long text. Expected not to depend on its length. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class Typing {
  private static final int KEYS = 100_000;

  /** How many units the text has. */
  @Param({"1000", "10000000"})
  public int elements;

  /** What they stand in. */
  @Param public Shape shape = Shape.TYPED;

  private final ReplicaId editor = Author.id(1);
  private final Rollback rollback = new Rollback();
  private final EditCount edits = new EditCount();
  private State.OfText state = new Text().state();
  private Text text = new Text();

  /** Writes the text. */
  @Setup
  public void write() {
    state = shape.state(elements);
  }

  /** Opens a copy. */
  @Setup(Level.Iteration)
  public void open() {
    text = Text.of(state);
  }

  /** Types forwards. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int type(Allocation allocation) {
    return allocation.during(this::typeAll);
  }

  private int typeAll() {
    int middle = elements / 2;
    for (int i = 0; i < KEYS; i++) {
      text.insert(middle + i, "x", editor, 1 + i, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }

  /** Types four keys and takes the last one back. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int typeAndBackspace(Allocation allocation) {
    return allocation.during(this::typeAndBackspaceAll);
  }

  private int typeAndBackspaceAll() {
    int at = elements / 2;
    int seq = 1;
    for (int i = 0; i < KEYS / 5; i++) {
      for (int key = 0; key < 4; key++) {
        text.insert(at, "x", editor, seq, rollback, edits);
        rollback.forget();
        at++;
        seq++;
      }
      at--;
      text.delete(at, 1, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }
}
