package dev.plait.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalHashTest {

  private static long hash(String text) {
    return CanonicalHash.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hashIsXxh64() {
    assertEquals(0xef46db3751d8e999L, hash(""));
    assertEquals(0xd24ec4f1a98c6e5bL, hash("a"));
    assertEquals(0x44bc2cf5ad770999L, hash("abc"));
    assertEquals(0xfbcea83c8a378bf1L, hash("Nobody inspects the spammish repetition"));
    assertEquals(
        0x02a2e85470d6fd96L,
        hash("Call me Ishmael. Some years ago--never mind how long precisely-"));
  }

  @Test
  void hashDoesNotDependOnHowTheBytesWereSplit() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      CanonicalHash split = new CanonicalHash();
      int next = 0;
      while (next < bytes.length) {
        next += writeSome(split, bytes, next, random);
      }
      assertEquals(CanonicalHash.hash(bytes), split.value());
    }
  }

  private static int writeSome(CanonicalHash out, byte[] bytes, int from, Random random) {
    int left = bytes.length - from;
    switch (random.nextInt(3)) {
      case 0 -> {
        out.u8(bytes[from]);
        return 1;
      }
      case 1 -> {
        if (left < Long.BYTES) {
          return 0;
        }
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
          word = (word << 8) | (bytes[from + i] & 0xff);
        }
        out.fixed64(word);
        return Long.BYTES;
      }
      default -> {
        int length = random.nextInt(left + 1);
        out.raw(bytes, from, length);
        return length;
      }
    }
  }

  @Test
  void readingTheHashDoesNotDisturbIt() {
    CanonicalHash hash = new CanonicalHash();
    byte[] bytes = new byte[100];
    new Random(9).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(CanonicalHash.hash(Arrays.copyOf(bytes, i)), hash.value());
      hash.u8(bytes[i]);
    }
  }

  @Test
  void everyBitMatters() {
    byte[] bytes = new byte[77];
    long original = CanonicalHash.hash(bytes);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      assertNotEquals(original, CanonicalHash.hash(bytes));
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    assertNotEquals(original, CanonicalHash.hash(new byte[78]));
  }

  @Test
  void rangeOutsideTheArrayIsRefusedByBothSinks() {
    for (CanonicalWriter out : new CanonicalWriter[] {new CanonicalHash(), new CanonicalBytes()}) {
      assertThrows(IndexOutOfBoundsException.class, () -> out.raw(new byte[4], 2, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> out.raw(new byte[4], -1, 2));
    }
  }
}
