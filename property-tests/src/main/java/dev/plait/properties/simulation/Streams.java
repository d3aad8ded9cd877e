package dev.plait.properties.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seed, and as many sources of chance as there are names: whoever draws more from one of them
 * changes nothing in the others.
 *
 * @param seed decides all
 */
record Streams(long seed) {

  RandomGenerator named(String name) {
    long mixed = seed;
    for (int i = 0; i < name.length(); i++) {
      mixed = (mixed ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return new SplittableRandom(mixed);
  }
}
