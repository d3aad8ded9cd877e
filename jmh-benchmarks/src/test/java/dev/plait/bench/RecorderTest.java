package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.crdt.Text;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecorderTest {

  @Test
  void recordedOperationsGiveTheSameText() {
    for (int seed = 0; seed < 50; seed++) {
      for (Recorder recorder : new Recorder[] {Recorder.ofEdits(), Recorder.ofRuns()}) {
        SplittableRandom random = new SplittableRandom(seed);
        Author author = new Author(new Text(), Author.id(1), recorder);
        for (int i = 0; i < 200; i++) {
          author.editAnywhere(random);
        }
        Text replica = new Text();
        recorder.operations().applyTo(replica);
        assertEquals(author.text().state(), replica.state());
      }
    }
  }

  @Test
  void typingAndBackspacingAreOneOperationEach() {
    Recorder runs = Recorder.ofRuns();
    Author author = new Author(new Text(), Author.id(1), runs);
    author.insert(0, "h");
    author.insert(1, "ello");
    author.delete(4, 1);
    author.delete(3, 1);
    Operations operations = runs.operations();
    assertEquals(2, operations.size());
    Text replica = new Text();
    operations.applyTo(replica);
    assertEquals("hel", replica.toString());
  }

  @Test
  void fragmentedTextHasARunForTenUnits() {
    assertEquals(1, Shape.TYPED.state(100_000).columns().size());
    int runs = Shape.FRAGMENTED.state(100_000).columns().size();
    assertEquals(10_000, runs, 1_000.0);
  }
}
