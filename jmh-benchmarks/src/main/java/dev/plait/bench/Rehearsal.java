package dev.plait.bench;

import dev.plait.document.Document;

/**
 * Merges of small documents between the first iteration of a JVM and the second. The first is
 * thereby as cold as it can be after the setup, and all others are warm, however short they are.
 * Not thread-safe.
 */
final class Rehearsal {
  private static final int SIZE = 100;
  private static final int ENOUGH = 300;

  private final int times;
  private int iterations;

  /** One that is long enough. */
  Rehearsal() {
    this(ENOUGH);
  }

  /** One of so many merges. */
  Rehearsal(int times) {
    this.times = times;
  }

  /** Whether one iteration has passed; to be asked before each. */
  boolean isDue() {
    return iterations++ == 1;
  }

  /** Merges until the code is compiled. */
  void run(Kind type, Way way) {
    Branches small = new Branches(type, SIZE, SIZE, SIZE);
    for (int i = 0; i < times; i++) {
      Document receiver = small.receiver();
      way.merge(receiver, small);
      if (receiver.pendingCount() > 0) {
        throw new IllegalStateException("a change of the rehearsal waits for another one");
      }
    }
  }
}
