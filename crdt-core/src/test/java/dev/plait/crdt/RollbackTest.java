package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackTest {
  /** Notes numbers in its journal and forgets them on the way back. */
  private static final class Noted implements Undo {
    final ArrayList<Integer> journal = new ArrayList<>();
    final Rollback rollback;
    int undone;

    Noted(Rollback rollback) {
      this.rollback = rollback;
    }

    void note(int number) {
      rollback.add(this, journal.size());
      journal.add(number);
    }

    @Override
    public void undo(long mark) {
      undone++;
      while (journal.size() > mark) {
        journal.remove(journal.size() - 1);
      }
    }

    @Override
    public void forgotten() {
      journal.clear();
    }
  }

  private final Rollback rollback = new Rollback();

  @Test
  void stepsRunInReverseOrder() {
    List<String> ran = new ArrayList<>();
    rollback.add(() -> ran.add("first"));
    int mark = rollback.mark();
    rollback.add(() -> ran.add("second"));
    rollback.add(() -> ran.add("third"));
    rollback.runTo(mark);
    assertEquals(List.of("third", "second"), ran);
    rollback.run();
    assertEquals(List.of("third", "second", "first"), ran);
  }

  @Test
  void journalGoesBackToTheMarkAndThenToItsStart() {
    Noted noted = new Noted(rollback);
    noted.note(1);
    noted.note(2);
    int mark = rollback.mark();
    noted.note(3);
    noted.note(4);
    rollback.runTo(mark);
    assertEquals(List.of(1, 2), noted.journal);
    rollback.run();
    assertEquals(List.of(), noted.journal);
  }

  @Test
  void journalIsUndoneOnceForEditsBetweenMarks() {
    Noted noted = new Noted(rollback);
    for (int i = 0; i < 100; i++) {
      noted.note(i);
    }
    rollback.run();
    assertEquals(1, noted.undone);
    assertEquals(List.of(), noted.journal);
  }

  @Test
  void journalsThatTakeTurnsGoBackInTurns() {
    Noted one = new Noted(rollback);
    Noted two = new Noted(rollback);
    one.note(1);
    int mark = rollback.mark();
    two.note(2);
    one.note(3);
    two.note(4);
    rollback.runTo(mark);
    assertEquals(List.of(1), one.journal);
    assertEquals(List.of(), two.journal);
    one.note(5);
    rollback.runTo(mark);
    assertEquals(List.of(1), one.journal);
  }

  @Test
  void forgottenJournalsAreEmptiedAndNeverUndone() {
    Noted noted = new Noted(rollback);
    noted.note(1);
    rollback.mark();
    noted.note(2);
    rollback.forget();
    assertEquals(List.of(), noted.journal);
    noted.note(3);
    rollback.run();
    assertEquals(List.of(), noted.journal);
    assertEquals(1, noted.undone);
  }
}
