package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapBufferTest {

  @Test
  void gapBufferEndsAsAStringBuilder() {
    SplittableRandom random = new SplittableRandom(1);
    GapBuffer buffer = new GapBuffer();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      int position = random.nextInt(expected.length() + 1);
      int deleted = random.nextInt(Math.min(8, expected.length() - position + 1));
      String inserted = "abcdefghij".substring(random.nextInt(10));
      buffer.splice(position, deleted, inserted);
      expected.replace(position, position + deleted, inserted);
      assertEquals(expected.toString(), buffer.toString());
    }
  }
}
