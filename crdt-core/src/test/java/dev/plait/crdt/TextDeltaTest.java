package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What deltas do, alone and one after the other. */
class TextDeltaTest {

  private static TextDelta random(Random random, int length) {
    DeltaBuilder<String, TextDelta> delta = TextDelta.builder();
    int left = length;
    for (int step = random.nextInt(8); step > 0; step--) {
      int count = random.nextInt(Math.min(left, 4) + 1);
      switch (random.nextInt(3)) {
        case 0 -> {
          delta.retain(count);
          left -= count;
        }
        case 1 -> {
          delta.delete(count);
          left -= count;
        }
        default -> delta.insert("uvwxyz".substring(0, random.nextInt(4)));
      }
    }
    return delta.build();
  }

  @Test
  void emptyDeltaChangesNothing() {
    assertTrue(TextDelta.empty().isEmpty());
    assertEquals("abc", TextDelta.empty().applyTo("abc"));
    assertEquals(TextDelta.empty(), TextDelta.builder().build());
    assertEquals(TextDelta.empty(), TextDelta.builder().retain(5).build());
    assertEquals(TextDelta.empty(), TextDelta.splice(3, 0, ""));
  }

  @Test
  void spliceReplacesUnits() {
    assertEquals("aXYd", TextDelta.splice(1, 2, "XY").applyTo("abcd"));
    assertEquals("abcdX", TextDelta.splice(4, 0, "X").applyTo("abcd"));
    assertEquals("cd", TextDelta.splice(0, 2, "").applyTo("abcd"));
  }

  @Test
  void stepsAreCanonical() {
    TextDelta delta =
        TextDelta.builder()
            .retain(1)
            .retain(0)
            .retain(1)
            .delete(1)
            .insert("x")
            .insert("")
            .delete(2)
            .insert("y")
            .retain(4)
            .build();
    assertEquals(
        List.of(
            new DeltaStep.Retain<String>(2),
            new DeltaStep.Insert<>("xy"),
            new DeltaStep.Delete<String>(3)),
        delta.steps());
    assertEquals(TextDelta.splice(2, 3, "xy"), delta);
    assertEquals(TextDelta.splice(2, 3, "xy").hashCode(), delta.hashCode());
    assertNotEquals(TextDelta.splice(2, 3, "xz"), delta);
  }

  @Test
  void valueThatIsTooShortIsRefused() {
    EditException failure =
        assertThrows(EditException.class, () -> TextDelta.splice(2, 2, "x").applyTo("abc"));
    assertEquals(EditException.INDEX_OUT_OF_RANGE, failure.code());
    assertThrows(EditException.class, () -> TextDelta.splice(4, 0, "x").applyTo("abc"));
  }

  @Test
  void negativeCountsAreRefused() {
    assertThrows(EditException.class, () -> TextDelta.splice(-1, 0, "x"));
    assertThrows(EditException.class, () -> TextDelta.splice(0, -1, "x"));
  }

  @Test
  void compositionDoesBoth() {
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      String before = "abcdefghij".substring(0, random.nextInt(11));
      TextDelta first = random(random, before.length());
      String between = first.applyTo(before);
      TextDelta next = random(random, between.length());
      assertEquals(next.applyTo(between), first.compose(next).applyTo(before));
    }
  }

  @Test
  void compositionIsAssociativeAndEmptyIsNeutral() {
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      String before = "abcdefghij".substring(0, random.nextInt(11));
      TextDelta a = random(random, before.length());
      String afterA = a.applyTo(before);
      TextDelta b = random(random, afterA.length());
      TextDelta c = random(random, b.applyTo(afterA).length());
      assertEquals(a.compose(b).compose(c), a.compose(b.compose(c)));
      assertEquals(a, a.compose(TextDelta.empty()));
      assertEquals(a, TextDelta.empty().compose(a));
    }
  }

  @Test
  void insertionThatIsDeletedAgainLeavesNothing() {
    TextDelta insert = TextDelta.splice(3, 0, "xyz");
    assertEquals(TextDelta.empty(), insert.compose(TextDelta.splice(3, 3, "")));
    assertEquals(TextDelta.splice(3, 0, "xz"), insert.compose(TextDelta.splice(4, 1, "")));
  }
}
