package dev.plait.document;

import java.math.BigInteger;

/** A counter, to be read. */
public interface CounterView {
  /**
   * The sum of all that was added; held at the nearest end of the range of a long when concurrent
   * additions have pushed it out.
   */
  long value();

  /** The sum of all that was added, whatever its size. */
  BigInteger exactValue();
}
