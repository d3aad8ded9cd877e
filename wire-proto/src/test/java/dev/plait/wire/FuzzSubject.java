package dev.plait.wire;

import java.util.Random;

/** Something that takes bytes of strangers. */
interface FuzzSubject {
  /** What {@link #take} says of bytes that are what they should be. */
  String ACCEPTED = "accepted";

  /** Names it, in reports and in the names of files. */
  String name();

  /** How many inputs it gets in a round; the quicker it is, the more. */
  int turns();

  /** Bytes that it takes. */
  byte[] sample(Random random);

  /** Damages bytes where it hurts. */
  byte[] damaged(byte[] sample, byte[] donor, Random random);

  /**
   * Takes the bytes, and fails by throwing if it does anything but refuse them, with nothing
   * changed, or accept them wholly.
   *
   * @return the code of the refusal, or {@link #ACCEPTED}
   */
  String take(byte[] input);
}
