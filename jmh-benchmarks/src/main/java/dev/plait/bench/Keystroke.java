package dev.plait.bench;

import dev.plait.change.Change;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.Text;
import dev.plait.document.Document;
import dev.plait.schedule.VirtualTime;
import dev.plait.wire.WireCodec;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one keystroke costs and allocates, on a text and on a document. The bytes of a text are the
 * room its content takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class Keystroke {
  private static final int KEYS = 100_000;
  private static final int LINE = 40;
  private static final String ROOT = "text";

  private final ReplicaId editor = Author.id(1);
  private final Rollback rollback = new Rollback();
  private final EditCount edits = new EditCount();
  private final VirtualTime time = VirtualTime.startingAt(1_767_225_600_000L);
  private Text text = new Text();
  private Text written = new Text();
  private Document document = newDocument();

  private Document newDocument() {
    return Document.builder("doc", editor)
        .clock(HybridLogicalClock.builder(time).build())
        .codec(WireCodec.create())
        .build();
  }

  /** Makes new texts: an empty one, and one with something to delete. */
  @Setup(Level.Iteration)
  public void open() {
    text = new Text();
    document = newDocument();
    written = new Text();
    written.insert(0, "x".repeat(KEYS), editor, 1, null, edits);
  }

  /** Types at the end of a text. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int type(Allocation allocation) {
    return allocation.during(this::typeAll);
  }

  private int typeAll() {
    for (int i = 0; i < KEYS; i++) {
      text.insert(i, "x", editor, 1 + i, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }

  /** Types lines, each above the one before. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int typeAtOtherPlaces(Allocation allocation) {
    return allocation.during(this::typeAtOtherPlacesAll);
  }

  private int typeAtOtherPlacesAll() {
    for (int i = 0; i < KEYS; i++) {
      text.insert(i % LINE, "x", editor, 1 + i, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }

  /** Deletes from the end of a text. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int backspace(Allocation allocation) {
    return allocation.during(this::backspaceAll);
  }

  private int backspaceAll() {
    for (int i = KEYS - 1; i >= 0; i--) {
      written.delete(i, 1, rollback, edits);
      rollback.forget();
    }
    return edits.units();
  }

  /** Types at the end of a document, one transaction a key. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Document typeInTransactions(Allocation allocation, Blackhole out) {
    return allocation.during(() -> typeInTransactionsAll(out));
  }

  private Document typeInTransactionsAll(Blackhole out) {
    for (int i = 0; i < KEYS; i++) {
      int at = i;
      time.advance(100);
      Optional<Change> change = document.transact(tx -> tx.text(ROOT).insert(at, "x"));
      out.consume(change);
    }
    return document;
  }
}
