package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.trace.Patch;
import org.junit.jupiter.api.Test;

class TypingModelTest {

  @Test
  void sameSeedGivesTheSameWriting() {
    assertEquals(TypingModel.write(1, 5000), TypingModel.write(1, 5000));
    assertNotEquals(TypingModel.write(1, 5000), TypingModel.write(2, 5000));
  }

  @Test
  void editsGiveTheTextItEndsWith() {
    for (int seed = 0; seed < 20; seed++) {
      Recording written = TypingModel.write(seed, 2000);
      StringBuilder text = new StringBuilder();
      for (Patch patch : written.patches()) {
        int end = patch.position() + patch.deleted();
        assertTrue(end <= text.length(), patch::toString);
        text.replace(patch.position(), end, patch.inserted());
      }
      assertEquals(written.end(), text.toString());
    }
  }

  @Test
  void thereIsTypingAtTheCursorMovingAndDeleting() {
    Recording written = TypingModel.write(1, 50_000);
    assertTrue(written.patches().size() >= 50_000);
    int goingOn = 0;
    int deletions = 0;
    int cursor = 0;
    for (Patch patch : written.patches()) {
      goingOn += patch.position() + patch.deleted() == cursor ? 1 : 0;
      deletions += patch.deleted() > 0 ? 1 : 0;
      cursor = patch.position() + patch.inserted().length();
    }
    double all = written.patches().size();
    assertEquals(0.99, goingOn / all, 0.01);
    assertEquals(0.17, deletions / all, 0.05);
  }
}
