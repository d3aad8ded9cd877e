package dev.plait.cli.replay;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.schedule.VirtualTime;
import java.util.SplittableRandom;

/**
 * Who takes part in a replay: the authors of the trace, and readers who never edit. Their ids are
 * the same in every replay and ordered as the agents are; everybody has a clock of their own over
 * the same simulated time, so that a replay gives the same bytes every time.
 */
record Participants(VirtualTime time, Codec codec) {
  private static final int READER = -1;

  /** 2026-01-01T00:00Z. */
  private static final long START_MILLIS = 1_767_225_600_000L;

  /** Everybody at the start of a replay. */
  static Participants atStart(Codec codec) {
    return new Participants(VirtualTime.startingAt(START_MILLIS), codec);
  }

  /** The id of an author. */
  static ReplicaId id(int agent) {
    // The rest is as good as random, because that is what ids are like and what bytes they take.
    SplittableRandom random = new SplittableRandom(agent);
    return ReplicaId.of(
        ((long) agent << 32) | Integer.toUnsignedLong(random.nextInt()), random.nextLong());
  }

  HybridLogicalClock clock() {
    return HybridLogicalClock.builder(time).build();
  }

  /** An author's document in memory, empty. */
  Document author(int agent) {
    return describe(agent).build();
  }

  /** An author's document in memory, opened from a snapshot. */
  Document author(int agent, byte[] snapshot) {
    return describe(agent).open(snapshot);
  }

  /** An empty document of somebody who only reads. */
  Document reader() {
    return describe(READER).build();
  }

  /** A reader's document, opened from a snapshot. */
  Document reader(byte[] snapshot) {
    return describe(READER).open(snapshot);
  }

  private DocumentBuilder describe(int agent) {
    return Document.builder(Copies.TEXT, id(agent)).clock(clock()).codec(codec);
  }
}
