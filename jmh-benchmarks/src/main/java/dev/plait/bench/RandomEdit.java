package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.SplittableRandom;
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

/**
 * One unit inserted or deleted anywhere in a text of so many. Expected to grow as the logarithm.
 *
 * <p>Few edits are made to each copy of the text, so that it keeps its size and its shape.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 60)
@Measurement(iterations = 60)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class RandomEdit {
  private static final int EDITS = 200;
  private static final int COMPILED = 50_000;

  /** How many units the text has. */
  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  public int elements;

  /** What they stand in. */
  @Param public Shape shape = Shape.TYPED;

  private final ReplicaId editor = Author.id(1);
  private final Rollback rollback = new Rollback();
  private final EditCount edits = new EditCount();
  private final int[] positions = new int[EDITS];
  private final SplittableRandom random = new SplittableRandom(1);
  private State.OfText state = new Text().state();
  private Text text = new Text();

  /** Writes the text, and lets all code be compiled on another one. */
  @Setup
  public void write() {
    state = shape.state(elements);
    Author author = new Author(Text.of(Shape.FRAGMENTED.state(1000)), editor, Recorder.ofEdits());
    for (int i = 0; i < COMPILED; i++) {
      author.editAnywhere(random);
    }
  }

  /** Opens a copy and chooses where to edit it. */
  @Setup(Level.Iteration)
  public void open() {
    text = Text.of(state);
    for (int i = 0; i < EDITS; i++) {
      positions[i] = random.nextInt(elements - EDITS);
    }
  }

  /** Inserts one unit. */
  @Benchmark
  @OperationsPerInvocation(EDITS)
  public int insert(Allocation allocation) {
    return allocation.during(this::insertAll);
  }

  private int insertAll() {
    for (int i = 0; i < EDITS; i++) {
      text.insert(positions[i], "x", editor, 1 + i, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }

  /** Deletes one unit. */
  @Benchmark
  @OperationsPerInvocation(EDITS)
  public int delete(Allocation allocation) {
    return allocation.during(this::deleteAll);
  }

  private int deleteAll() {
    for (int i = 0; i < EDITS; i++) {
      text.delete(positions[i], 1, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }
}
