package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideSumTest {
  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final long[] EDGES = {
    0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1
  };

  @Test
  void sumsAndDifferencesAreExactBeyondALong() {
    Random random = new Random(23);
    for (int round = 0; round < 300; round++) {
      WideSum sum = WideSum.ZERO;
      BigInteger expected = BigInteger.ZERO;
      for (int i = 0; i < 40; i++) {
        long amount =
            random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
        if (random.nextInt(3) > 0) {
          sum = sum.plus(amount);
          expected = expected.add(BigInteger.valueOf(amount));
        } else {
          sum = sum.minus(amount);
          expected = expected.subtract(BigInteger.valueOf(amount));
        }
        assertEquals(expected, sum.exact());
        assertEquals(expected.signum() < 0, sum.isNegative());
        assertEquals(expected.bitLength() < Long.SIZE, sum.fitsLong());
        assertEquals(expected.max(LOWEST).min(HIGHEST).longValueExact(), sum.saturated());
      }
    }
  }
}
