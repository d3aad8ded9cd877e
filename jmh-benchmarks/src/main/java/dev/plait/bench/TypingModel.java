package dev.plait.bench;

import dev.plait.cli.trace.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Somebody who writes a text that nobody has ever written: what is replayed where no recording is
 * at hand. The same seed gives the same keystrokes on every machine.
 *
 * <p>The writing is a row of bursts. Before a burst the cursor mostly stays (70 %); otherwise it
 * goes back a line or two to correct something (20 %) or anywhere (10 %). A burst is 5 to 80 keys
 * at the cursor, in words of 2 to 10 letters, with a line's end at times; one key in 12 is a
 * mistake, which 1 to 4 backspaces take back. Behind one burst in 15 a stretch of up to 200 units
 * before the cursor is deleted in one go, and behind one in 40 up to 120 units from elsewhere are
 * put in, as cut and paste do it. All else is one key a patch.
 */
public final class TypingModel {
  private static final int LEAST_BURST = 5;
  private static final int MOST_BURST = 80;
  private static final int KEYS_A_MISTAKE = 12;
  private static final int BURSTS_A_DELETION = 15;
  private static final int BURSTS_A_PASTE = 40;
  private static final int MOST_DELETED = 200;
  private static final int MOST_PASTED = 120;
  private static final int NEAR = 120;
  private static final int WORDS_A_LINE = 12;

  private final SplittableRandom random;
  private final List<Patch> patches = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int cursor;
  private int lettersLeft;

  private TypingModel(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * What somebody writes.
   *
   * @param edits how many patches that are, at least
   */
  public static Recording write(long seed, int edits) {
    TypingModel model = new TypingModel(seed);
    while (model.patches.size() < edits) {
      model.move();
      model.burst();
      if (model.random.nextInt(BURSTS_A_DELETION) == 0) {
        model.backspace(1 + model.random.nextInt(MOST_DELETED));
      }
      if (model.random.nextInt(BURSTS_A_PASTE) == 0) {
        model.paste();
      }
    }
    return new Recording(model.patches, model.text.toString());
  }

  private void move() {
    int choice = random.nextInt(10);
    if (choice == 0) {
      cursor = random.nextInt(text.length() + 1);
    } else if (choice <= 2) {
      cursor = Math.max(0, cursor - random.nextInt(NEAR));
    }
  }

  private void burst() {
    int keys = LEAST_BURST + random.nextInt(MOST_BURST - LEAST_BURST + 1);
    for (int i = 0; i < keys; i++) {
      insert(nextLetter());
      if (random.nextInt(KEYS_A_MISTAKE) == 0) {
        int wrong = 1 + random.nextInt(4);
        for (int back = 0; back < wrong; back++) {
          backspace(1);
        }
      }
    }
  }

  private String nextLetter() {
    if (lettersLeft == 0) {
      lettersLeft = 2 + random.nextInt(9);
      return random.nextInt(WORDS_A_LINE) == 0 ? "\n" : " ";
    }
    lettersLeft--;
    return String.valueOf((char) ('a' + random.nextInt('z' - 'a' + 1)));
  }

  private void paste() {
    int length = Math.min(text.length(), 1 + random.nextInt(MOST_PASTED));
    int from = random.nextInt(text.length() - length + 1);
    if (length > 0) {
      insert(text.substring(from, from + length));
    }
  }

  private void insert(String units) {
    patches.add(new Patch(cursor, 0, units));
    text.insert(cursor, units);
    cursor += units.length();
  }

  private void backspace(int most) {
    int length = Math.min(most, cursor);
    if (length > 0) {
      cursor -= length;
      patches.add(new Patch(cursor, length, ""));
      text.delete(cursor, cursor + length);
    }
  }
}
