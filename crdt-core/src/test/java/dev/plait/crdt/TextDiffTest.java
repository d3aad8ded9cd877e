package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDiffTest {
  private static final String SMILE = "\uD83D\uDE00";
  private static final String GRIN = "\uD83D\uDE01";

  private static TextDelta between(String before, String after) {
    TextDelta delta = TextDelta.between(before, after);
    assertEquals(after, delta.applyTo(before));
    return delta;
  }

  /** How many units the delta inserts and deletes. */
  private static int size(TextDelta delta) {
    int size = 0;
    for (DeltaStep<String> step : delta.steps()) {
      if (step instanceof DeltaStep.Insert<String> insert) {
        size += insert.piece().length();
      } else if (step instanceof DeltaStep.Delete<String> delete) {
        size += delete.count();
      }
    }
    return size;
  }

  @Test
  void equalTextsDifferInNothing() {
    assertTrue(between("", "").isEmpty());
    assertTrue(between("a" + SMILE, "a" + SMILE).isEmpty());
  }

  @Test
  void onlyWhatDiffersIsTouched() {
    assertEquals(TextDelta.splice(0, 0, "abc"), between("", "abc"));
    assertEquals(TextDelta.splice(0, 3, ""), between("abc", ""));
    assertEquals(TextDelta.splice(4, 0, "brown "), between("the fox", "the brown fox"));
    assertEquals(TextDelta.splice(2, 1, ""), between("aaa", "aa"));
    assertEquals(
        TextDelta.builder().insert("x").delete(1).retain(3).insert("y").delete(1).build(),
        between("abcde", "xbcdy"));
  }

  @Test
  void surrogatePairsStayWhole() {
    assertEquals(TextDelta.splice(1, 2, GRIN), between("a" + SMILE + "b", "a" + GRIN + "b"));
    // These two end alike.
    String grass = "\uD83C\uDE00";
    assertEquals(TextDelta.splice(1, 2, grass), between("a" + SMILE + "b", "a" + grass + "b"));
  }

  @Test
  void halfAPairIsRefused() {
    assertEquals(
        EditException.LONE_SURROGATE,
        assertThrows(EditException.class, () -> TextDelta.between("a", "a\uD83D")).code());
    assertEquals(
        EditException.LONE_SURROGATE,
        assertThrows(EditException.class, () -> TextDelta.between("\uDE00", "a")).code());
  }

  private static String lines(Random random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(i).append(' ').append(random.nextInt()).append('\n');
    }
    return lines.toString();
  }

  @Test
  void fewChangesFarApartInManyLinesStaySmall() {
    for (int lines : new int[] {1_000, 3_000, 30_000}) {
      String before = lines(new Random(1), lines);
      String after =
          "first " + before.replaceFirst("line " + lines / 2, "the middle of all") + "last";
      assertTrue(size(between(before, after)) < 60);
    }
  }

  @Test
  void fewChangesFarApartInOneLongLineStaySmall() {
    String before = lines(new Random(2), 30_000).replace('\n', ' ');
    String after = before.replaceFirst("line 10", "the 10").replaceFirst("line 29990", "end");
    assertTrue(size(between(before, after)) < 20);
  }

  @Test
  void insertedAndDeletedParagraphsLeaveTheOthersAlone() {
    String one = lines(new Random(3), 2_000);
    String two = lines(new Random(4), 2_000);
    String three = lines(new Random(5), 2_000);
    String gone = lines(new Random(6), 300);
    String young = lines(new Random(7), 300);
    TextDelta delta = between(one + gone + two + three, one + two + young + three);
    assertTrue(size(delta) <= gone.length() + young.length());
  }

  @Test
  void textsWithNothingInCommonAreReplaced() {
    Random random = new Random(8);
    for (int alphabet : new int[] {2, 26, 50_000}) {
      StringBuilder before = new StringBuilder();
      StringBuilder after = new StringBuilder();
      for (int i = 0; i < 1_000_000; i++) {
        before.append((char) ('0' + random.nextInt(alphabet)));
        after.append((char) ('0' + random.nextInt(alphabet)));
      }
      between(before.toString(), after.toString());
    }
  }

  @Test
  void textsMadeToBeSlowAreComparedToo() {
    Random random = new Random(9);
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      for (int j = 0; j < 2_000; j++) {
        before.append((char) ('a' + random.nextInt(4)));
        after.append((char) ('a' + random.nextInt(4)));
      }
      before.append("\nmark ").append(i).append('\n');
      after.append("\nmark ").append(i).append('\n');
    }
    between(before.toString(), after.toString());
    between("\n".repeat(500_000) + "a", "b" + "\n\n".repeat(400_000));
    between("ab".repeat(300_000), "ba".repeat(400_000) + "c");
    between("x".repeat(1_000_000), "y" + "x".repeat(3_000) + "y");
  }
}
