package dev.plait.bench;

import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.ArrayList;
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
 * Replicas that know nothing of each other all insert at one spot, unit by unit, and somebody else
 * merges it all. Expected to be linear.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 15)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class OneSpot {

  /** Where an author puts the next unit. */
  public enum Direction {
    /** Behind the one before. */
    FORWARDS,
    /** In front of the one before. */
    BACKWARDS
  }

  /** In which order the operations arrive. */
  public enum Delivery {
    /** All of one author, then all of the next. */
    AUTHOR_BY_AUTHOR,
    /** One of each author in turn. */
    ROUND_ROBIN
  }

  /** How many operations there are in all. */
  @Param({"10000", "100000", "1000000"})
  public int operations;

  /** How many replicas make them. */
  @Param("100")
  public int authors;

  /** Where an author puts the next unit. */
  @Param public Direction direction = Direction.FORWARDS;

  /** In which order the operations arrive. */
  @Param public Delivery delivery = Delivery.AUTHOR_BY_AUTHOR;

  private State.OfText before = new Text().state();
  private List<Operations> made = List.of();

  /** Lets everybody write. */
  @Setup
  public void write() {
    Author first = new Author(new Text(), Author.id(0), Recorder.ofEdits());
    first.insert(0, "[]");
    before = first.text().state();
    made = new ArrayList<>();
    for (int number = 1; number <= authors; number++) {
      Recorder recorder = Recorder.ofEdits();
      Author author = new Author(Text.of(before), Author.id(number), recorder);
      for (int i = 0; i < operations / authors; i++) {
        author.insert(direction == Direction.FORWARDS ? 1 + i : 1, "x");
      }
      made.add(recorder.operations());
    }
  }

  /** Merges it all. */
  @Benchmark
  public Text merge() {
    Text text = Text.of(before);
    if (delivery == Delivery.AUTHOR_BY_AUTHOR) {
      for (Operations all : made) {
        all.applyTo(text);
      }
    } else {
      for (int i = 0; i < operations / authors; i++) {
        for (Operations all : made) {
          all.applyTo(text, i);
        }
      }
    }
    return text;
  }
}
