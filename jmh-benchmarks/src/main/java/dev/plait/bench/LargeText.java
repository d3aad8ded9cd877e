package dev.plait.bench;

import dev.plait.document.Document;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A document with a text of ten million units, all of it one run (10 MB of typing) or pieces of 20
 * units put anywhere: opened, read, encoded, and edited right after it was opened.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 8)
@Fork(value = 2, jvmArgsAppend = "-Xmx8g")
public class LargeText {
  private static final String LINE = "forty units of text, one below another,\n";
  private static final int LINES = 1000;
  private static final int EDITS = 100;

  /** How many units the text has. */
  @Param("10000000")
  public int elements;

  /** What they stand in. */
  @Param public Shape shape = Shape.TYPED;

  private byte[] bytes = {};
  private Document document = Documents.empty(0);

  /** Writes the text and checks what is opened. */
  @Setup
  public void write() {
    if (shape == Shape.TYPED) {
      document = typed();
      bytes = document.encodedSnapshot();
    } else {
      bytes = Documents.filled(Kind.TEXT, elements);
    }
    document = Documents.open(bytes, 1);
    if (document.text(Kind.ROOT).length() != elements) {
      throw new IllegalStateException("the text opened does not have " + elements + " units");
    }
  }

  private Document typed() {
    Document written = Documents.empty(0);
    String page = LINE.repeat(LINES);
    for (int length = 0; length < elements; length += page.length()) {
      String part = page.substring(0, Math.min(page.length(), elements - length));
      written.transact(transaction -> transaction.text(Kind.ROOT).append(part));
    }
    return written;
  }

  /** Opens a copy to be edited. */
  @Setup(Level.Invocation)
  public void open() {
    document = Documents.open(bytes, 1);
  }

  /** Bytes to a document, with its text. */
  @Benchmark
  public String openAndRead(Allocation allocation) {
    return allocation.during(() -> Documents.open(bytes, 1).text(Kind.ROOT).toString());
  }

  /** Document to bytes. */
  @Benchmark
  public byte[] encodeSnapshot(Allocation allocation) {
    return allocation.during(document::encodedSnapshot);
  }

  /** A hundred transactions anywhere. */
  @Benchmark
  @OperationsPerInvocation(EDITS)
  public Document edit(Allocation allocation, Blackhole out) {
    return allocation.during(() -> editAll(out));
  }

  private Document editAll(Blackhole out) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < EDITS; i++) {
      out.consume(document.transact(transaction -> Kind.TEXT.edit(transaction, elements, random)));
    }
    return document;
  }
}
