package dev.plait.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CodePointIndexTest {

  @Test
  void positionsAreTheSameWithoutSurrogatePairs() {
    CodePointIndex index = CodePointIndex.of("Grüße, ₿ und 漢字");

    assertEquals(15, index.codePoints());
    for (int position = 0; position <= 15; position++) {
      assertEquals(position, index.toUtf16(position));
    }
  }

  @Test
  void pairsInFrontShiftPositions() {
    CodePointIndex index = CodePointIndex.of("a🌳b🌱🌱");

    assertEquals(5, index.codePoints());
    assertEquals(8, index.length());
    assertEquals(0, index.toUtf16(0));
    assertEquals(1, index.toUtf16(1));
    assertEquals(3, index.toUtf16(2));
    assertEquals(4, index.toUtf16(3));
    assertEquals(6, index.toUtf16(4));
    assertEquals(8, index.toUtf16(5));
  }

  @Test
  void followsEditsInFrontOfAndBehindPairs() {
    CodePointIndex index = CodePointIndex.of("🌳🌱");
    index.insert(2, "between");
    index.insert(0, "🥐");
    index.delete(0, 4);

    assertEquals("between🌱".length(), index.length());
    assertEquals(7, index.toUtf16(7));
    assertEquals(9, index.toUtf16(8));
  }

  @Test
  void agreesWithTheStringUnderManyRandomEdits() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    CodePointIndex index = new CodePointIndex();
    for (int step = 0; step < 5_000; step++) {
      int codePoints = text.codePointCount(0, text.length());
      int start = text.offsetByCodePoints(0, random.nextInt(codePoints + 1));
      if (random.nextInt(3) > 0 || start == text.length()) {
        String inserted = random.nextBoolean() ? "x🌱".repeat(random.nextInt(4)) : "yz";
        text.insert(start, inserted);
        index.insert(start, inserted);
      } else {
        int left = text.codePointCount(start, text.length());
        int end = text.offsetByCodePoints(start, 1 + random.nextInt(Math.min(6, left)));
        text.delete(start, end);
        index.delete(start, end - start);
      }
      int now = text.codePointCount(0, text.length());
      int position = random.nextInt(now + 1);
      assertEquals(now, index.codePoints());
      assertEquals(text.offsetByCodePoints(0, position), index.toUtf16(position));
    }
  }
}
