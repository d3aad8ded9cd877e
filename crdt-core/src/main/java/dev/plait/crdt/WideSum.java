package dev.plait.crdt;

import java.math.BigInteger;

/**
 * A sum of longs that can't overflow: 128 bits in two's complement.
 *
 * @param high the upper 64 bits, signed
 * @param low the lower 64 bits, unsigned
 */
record WideSum(long high, long low) {
  static final WideSum ZERO = new WideSum(0, 0);

  WideSum plus(long amount) {
    long sum = low + amount;
    int carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new WideSum(high + signOf(amount) + carry, sum);
  }

  WideSum minus(long amount) {
    int borrow = Long.compareUnsigned(low, amount) < 0 ? 1 : 0;
    return new WideSum(high - signOf(amount) - borrow, low - amount);
  }

  boolean fitsLong() {
    return high == signOf(low);
  }

  boolean isNegative() {
    return high < 0;
  }

  /** The sum, or the end of the range of a long that is nearest to it. */
  long saturated() {
    if (fitsLong()) {
      return low;
    }
    return isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  BigInteger exact() {
    // Reading the lower half as signed takes 2^64 away when its top bit is set.
    return BigInteger.valueOf(high + (low >>> (Long.SIZE - 1)))
        .shiftLeft(Long.SIZE)
        .add(BigInteger.valueOf(low));
  }

  /** The upper half of a long widened to 128 bits. */
  private static long signOf(long value) {
    return value >> (Long.SIZE - 1);
  }
}
