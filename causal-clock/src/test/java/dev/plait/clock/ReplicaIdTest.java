package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaIdTest {

  private static final ReplicaId SAMPLE = ReplicaId.of(0x0123456789abcdefL, 0xfedcba9876543210L);

  @Test
  void textIsThirtyTwoLowerCaseHexDigits() {
    assertEquals("0123456789abcdeffedcba9876543210", SAMPLE.toString());
    assertEquals("01234567", SAMPLE.brief());
  }

  @Test
  void textAndBytesRoundTrip() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      ReplicaId id = ReplicaId.random(random);
      assertEquals(id, ReplicaId.parse(id.toString()));
      assertEquals(id, ReplicaId.fromBytes(id.toBytes()));
      assertEquals(id, ReplicaId.of(id.high(), id.low()));
      assertEquals(id.hashCode(), ReplicaId.parse(id.toString()).hashCode());
    }
  }

  @Test
  void bytesAreBigEndian() {
    byte[] expected = {
      0x01,
      0x23,
      0x45,
      0x67,
      (byte) 0x89,
      (byte) 0xab,
      (byte) 0xcd,
      (byte) 0xef,
      (byte) 0xfe,
      (byte) 0xdc,
      (byte) 0xba,
      (byte) 0x98,
      0x76,
      0x54,
      0x32,
      0x10
    };
    assertArrayEquals(expected, SAMPLE.toBytes());
  }

  @Test
  void orderIsThatOfUnsignedBytesAndOfTexts() {
    Random random = new Random(2);
    List<ReplicaId> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // Few different halves, so that equal first halves occur.
      ids.add(ReplicaId.of((random.nextInt(4) - 2) * Long.MAX_VALUE, random.nextLong()));
    }
    for (ReplicaId a : ids) {
      for (ReplicaId b : ids) {
        int expected = Integer.signum(Arrays.compareUnsigned(a.toBytes(), b.toBytes()));
        assertEquals(expected, Integer.signum(a.compareTo(b)));
        assertEquals(expected, Integer.signum(a.toString().compareTo(b.toString())));
      }
    }
  }

  @Test
  void idWithTopBitSetIsGreaterThanOneWithout() {
    assertTrue(ReplicaId.of(-1, 0).compareTo(ReplicaId.of(1, 0)) > 0);
    assertTrue(ReplicaId.of(0, -1).compareTo(ReplicaId.of(0, 1)) > 0);
    assertEquals(
        ReplicaId.of(-1, -1),
        Collections.max(List.of(ReplicaId.of(0, 0), ReplicaId.of(-1, -1), ReplicaId.of(1, 1))));
  }

  @Test
  void differsWhenEitherHalfDiffers() {
    assertNotEquals(ReplicaId.of(1, 2), ReplicaId.of(1, 3));
    assertNotEquals(ReplicaId.of(1, 2), ReplicaId.of(3, 2));
    assertNotEquals(ReplicaId.of(1, 2), ReplicaId.of(2, 1));
  }

  @Test
  void smallIdsSpreadOverTheLowBitsOfTheHash() {
    Set<Integer> buckets = new HashSet<>();
    for (int i = 0; i < 64; i++) {
      buckets.add(ReplicaId.of(0, i).hashCode() & 0xff);
      buckets.add(ReplicaId.of(i, 0).hashCode() & 0xff);
    }
    assertTrue(buckets.size() > 64, () -> buckets.size() + " of 256 buckets used by 127 ids");
  }

  @Test
  void otherTextsAreRefused() {
    String good = SAMPLE.toString();
    for (String bad :
        List.of(
            "",
            "0",
            good.substring(1),
            good + "0",
            good.replace('f', 'F'),
            good.replace('f', 'g'),
            "+" + good.substring(1),
            " " + good.substring(1),
            good.replace('1', '\u0661'))) {
      assertCode(ClockException.REPLICA_ID_SYNTAX, () -> ReplicaId.parse(bad));
    }
  }

  @Test
  void otherNumbersOfBytesAreRefused() {
    assertCode(ClockException.REPLICA_ID_LENGTH, () -> ReplicaId.fromBytes(new byte[0]));
    assertCode(ClockException.REPLICA_ID_LENGTH, () -> ReplicaId.fromBytes(new byte[15]));
    assertCode(ClockException.REPLICA_ID_LENGTH, () -> ReplicaId.fromBytes(new byte[17]));
  }
}
