package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long random histories of many authors. */
class TextHistoryTest {

  @Test
  void allReplicasEndWithTheSameTextWhateverTheOrder() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 3 + random.nextInt(6), 120);
      history.meet();
      Text expected = History.replay(history.operations());
      for (History.Author author : history.authors()) {
        assertEquals(expected.toString(), author.text.toString());
        assertEquals(History.canonical(expected), History.canonical(author.text));
      }
      for (int order = 0; order < 5; order++) {
        Text text = History.replay(history.inRandomOrder(random));
        text.checkInvariants();
        assertEquals(expected.state(), text.state());
      }
    }
  }

  @Test
  void orderIsThatOfTheFugueTreeAfterEveryStep() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 3 + random.nextInt(6), 60);
      Text text = new Text();
      FugueTree tree = new FugueTree();
      for (Operation operation : history.inRandomOrder(random)) {
        text.apply(operation, null);
        tree.apply(operation);
        assertEquals(tree.toString(), text.toString());
      }
    }
  }

  @Test
  void applyingAgainChangesNothing() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Operation> operations = History.random(random, 4, 60).inRandomOrder(random);
      Text text = new Text();
      for (int i = 0; i < operations.size(); i++) {
        text.apply(operations.get(i), null);
        State.OfText state = text.state();
        TextDelta again = text.apply(operations.get(random.nextInt(i + 1)), null);
        assertTrue(again.isEmpty());
        assertEquals(state, text.state());
      }
    }
  }

  @Test
  void deltasAloneKeepAShadowEqualToTheText() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 5, 80);
      Text text = new Text();
      String shadow = "";
      for (Operation operation : history.inRandomOrder(random)) {
        if (random.nextInt(10) == 0) {
          History.Author other = history.authors().get(random.nextInt(5));
          shadow = text.join(other.text.state(), null).applyTo(shadow);
          assertEquals(text.toString(), shadow);
        }
        shadow = text.apply(operation, null).applyTo(shadow);
        assertEquals(text.toString(), shadow);
      }
    }
  }

  @Test
  void joinEqualsApplyingTheOperationsItStandsFor() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 3 + random.nextInt(6), 80);
      List<History.Author> authors = new ArrayList<>(history.authors());
      Text byJoin = new Text();
      while (!authors.isEmpty()) {
        History.Author author = authors.remove(random.nextInt(authors.size()));
        byJoin.join(author.text.state(), null);
        byJoin.checkInvariants();
      }
      assertEquals(History.replay(history.operations()).state(), byJoin.state());
    }
  }

  @Test
  void joinIsCommutativeAssociativeAndIdempotent() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<History.Author> authors = History.random(random, 3, 40).authors();
      State.OfText a = authors.get(0).text.state();
      State.OfText b = authors.get(1).text.state();
      State.OfText c = authors.get(2).text.state();
      assertEquals(a, joined(a, a));
      assertEquals(joined(a, b), joined(b, a));
      assertEquals(joined(joined(a, b), c), joined(a, joined(b, c)));
      assertEquals(a, joined(a, new Text().state()));
      assertEquals(a, joined(new Text().state(), a));
    }
  }

  private static State.OfText joined(State.OfText first, State.OfText second) {
    Text text = Text.of(first);
    String before = text.toString();
    TextDelta delta = text.join(second, null);
    text.checkInvariants();
    assertEquals(text.toString(), delta.applyTo(before));
    return text.state();
  }

  @Test
  void lateJoinersGoOnFromAState() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 4, 60);
      History.Author first = history.authors().get(0);
      History.Author late = history.author(9);
      late.hearFrom(first);
      late.text = Text.of(first.text.state());
      for (int i = 0; i < 20; i++) {
        late.editAtRandom(random);
        first.editAtRandom(random);
      }
      history.meet();
      Text expected = History.replay(history.operations());
      assertEquals(expected.state(), late.text.state());
      assertEquals(expected.state(), first.text.state());
    }
  }

  @Test
  void rollbackLeavesTheCanonicalBytesAsTheyWere() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      History history = History.random(random, 4, 60);
      History.Author author = history.authors().get(0);
      List<Operation> operations = history.operations();
      Text text = Text.of(author.text.state());
      List<Byte> bytes = History.canonical(text);
      String shown = text.toString();
      Rollback rollback = new Rollback();
      for (int i = 0; i < 30; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        if (random.nextInt(5) == 0) {
          text.join(history.authors().get(random.nextInt(4)).text.state(), rollback);
        } else if (text.check(operation) == null) {
          text.apply(operation, rollback);
        }
        if (random.nextBoolean() && text.length() > 0) {
          int start = History.whole(text, random.nextInt(text.length()));
          int units = Character.charCount(text.toString().codePointAt(start));
          text.delete(start, units, rollback);
        }
        int index = History.whole(text, random.nextInt(text.length() + 1));
        text.insert(index, "new", new ElementId(author.replica, 1000 + 3L * i), rollback);
        text.checkInvariants();
      }
      rollback.run();
      text.checkInvariants();
      assertEquals(shown, text.toString());
      assertEquals(bytes, History.canonical(text));
    }
  }
}
