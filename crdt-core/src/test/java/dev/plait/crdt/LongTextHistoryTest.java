package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts that grow so long that whatever holds them gets several levels deep. */
class LongTextHistoryTest {
  private static final int STEPS = Boolean.getBoolean("plait.long") ? 20_000 : 3_000;
  private static final int MAX_LENGTH = 20_000;
  private static final String SMILE = "\uD83D\uDE00";

  /** One replica, and what its text must be. */
  private static final class Author {
    final ReplicaId replica;
    final Random random;
    final StringBuilder model = new StringBuilder();
    Text text = new Text();
    private long nextSeq = 1;
    private int cursor;
    private int steps;

    Author(int number, Random random) {
      this.replica = ReplicaId.of(0, number);
      this.random = random;
    }

    /** Edits at random: mostly goes on where the last edit was. */
    Operation edit(@Nullable Rollback rollback) {
      cursor = whole(Math.min(cursor, model.length()));
      if (random.nextInt(8) == 0) {
        cursor = whole(random.nextInt(model.length() + 1));
      }
      if (random.nextInt(50) == 0) {
        nextSeq += 1L << random.nextInt(40);
      }
      int kind = random.nextInt(20);
      if (model.length() > MAX_LENGTH) {
        return delete(whole(model.length() / 4), whole(model.length() / 2), rollback);
      } else if (kind < 4 && cursor > 0) {
        return delete(whole(cursor - 1), cursor, rollback);
      } else if (kind < 6 && cursor < model.length()) {
        return delete(cursor, whole(Math.min(model.length(), cursor + 2)), rollback);
      } else if (kind == 6 && cursor < model.length()) {
        return delete(
            cursor, whole(Math.min(model.length(), cursor + 1 + random.nextInt(200))), rollback);
      }
      int units = kind == 7 ? 100 + random.nextInt(300) : 1;
      StringBuilder words = new StringBuilder();
      while (words.length() < units) {
        words.append(random.nextInt(20) == 0 ? SMILE : (char) ('a' + random.nextInt(26)));
      }
      return insert(kind < 10 ? cursor : cursor / 2 * 2, words.toString(), rollback);
    }

    private Operation insert(int at, String words, @Nullable Rollback rollback) {
      int index = whole(at);
      Operation made = text.insert(index, words, new ElementId(replica, nextSeq), rollback);
      nextSeq += words.length();
      model.insert(index, words);
      cursor = index + words.length();
      check();
      return made;
    }

    private Operation delete(int from, int to, @Nullable Rollback rollback) {
      int end = from < to ? to : from + Character.charCount(model.codePointAt(from));
      Operation made = text.delete(from, end - from, rollback);
      model.delete(from, end);
      cursor = from;
      check();
      return made;
    }

    private int whole(int index) {
      boolean splits =
          index > 0
              && index < model.length()
              && Character.isSurrogatePair(model.charAt(index - 1), model.charAt(index));
      return splits ? index - 1 : index;
    }

    void hear(Operation operation) {
      String after = text.apply(operation, null).applyTo(model.toString());
      model.setLength(0);
      model.append(after);
      check();
    }

    /** Everything now and then, what is near the cursor always. */
    private void check() {
      steps++;
      assertEquals(model.length(), text.length());
      int to = whole(Math.min(model.length(), cursor + 20));
      int from = whole(Math.min(to, Math.max(0, cursor - 20)));
      assertEquals(model.substring(from, to), text.substring(from, to));
      if (model.length() < 2_000 || steps % 16 == 0) {
        text.checkInvariants();
        assertEquals(model.toString(), text.toString());
      }
    }
  }

  @Test
  void whatOneAuthorTypesIsWhatAStringBuilderHoldsAndAnotherReplicaGets() {
    Author author = new Author(1, new Random(1));
    Text other = new Text();
    for (int i = 0; i < STEPS; i++) {
      author.text.checkInvariants();
      applyAsColumns(other, author.edit(null));
      if (i % 200 == 0) {
        other.checkInvariants();
        assertEquals(author.text.state(), other.state());
      }
      if (i % 700 == 0) {
        author.text = Text.of(author.text.state());
        author.check();
      }
    }
    assertEquals(author.model.toString(), other.toString());
    assertEquals(History.canonical(author.text), History.canonical(other));
  }

  private static void applyAsColumns(Text text, Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      ElementId left = insert.left();
      ElementId right = insert.right();
      assertNull(
          text.applyInsert(
              insert.first().replica(),
              insert.first().seq(),
              left == null ? null : left.replica(),
              left == null ? 0 : left.seq(),
              right == null ? null : right.replica(),
              right == null ? 0 : right.seq(),
              insert.text(),
              0,
              insert.text().length(),
              null));
    } else if (operation instanceof Operation.TextDelete delete) {
      for (ElementRange range : delete.ranges()) {
        ElementId first = range.first();
        assertNull(text.applyDelete(first.replica(), first.seq(), range.length(), null));
      }
    }
  }

  @Test
  void authorsWhoMergeLongForksAgreeWhicheverForkComesFirst() {
    Random random = new Random(2);
    List<Author> authors = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      authors.add(new Author(i, random));
    }
    for (int round = 0; round < STEPS / 400; round++) {
      List<List<Operation>> forks = new ArrayList<>();
      for (Author author : authors) {
        List<Operation> fork = new ArrayList<>();
        for (int i = random.nextInt(100); i >= 0; i--) {
          fork.add(author.edit(null));
        }
        forks.add(fork);
      }
      State.OfText joined = joined(authors);
      for (int to = 0; to < authors.size(); to++) {
        for (int i = 1; i < authors.size(); i++) {
          int from = (to + (to % 2 == 0 ? i : authors.size() - i)) % authors.size();
          forks.get(from).forEach(authors.get(to)::hear);
        }
        authors.get(to).text.checkInvariants();
        assertEquals(joined, authors.get(to).text.state());
      }
    }
  }

  private static State.OfText joined(List<Author> authors) {
    Text text = new Text();
    String shadow = "";
    for (Author author : authors) {
      shadow = text.join(author.text.state(), null).applyTo(shadow);
      text.checkInvariants();
      assertEquals(shadow, text.toString());
    }
    assertEquals(text.state(), Text.of(text.state()).state());
    return text.state();
  }

  @Test
  void editsThatAreTakenBackInPortionsLeaveNothingBehind() {
    Author author = new Author(1, new Random(3));
    Author other = new Author(2, new Random(4));
    Rollback rollback = new Rollback();
    for (int round = 0; round < STEPS / 60; round++) {
      State.OfText before = author.text.state();
      String model = author.model.toString();
      for (int i = 0; i < 20; i++) {
        author.edit(rollback);
      }
      Operation foreign = other.edit(null);
      if (author.text.check(foreign) == null) {
        author.text.apply(foreign, rollback);
      }
      author.text.join(other.text.state(), rollback);
      author.text.checkInvariants();
      rollback.run();
      author.text.checkInvariants();
      assertEquals(before, author.text.state());
      author.model.setLength(0);
      author.model.append(model);
      for (int i = 0; i < 20; i++) {
        author.edit(null);
      }
    }
  }
}
