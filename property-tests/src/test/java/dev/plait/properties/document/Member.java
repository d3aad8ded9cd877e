package dev.plait.properties.document;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.TimeSource;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.wire.WireCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One document of a {@link Group}, its clock, and somebody who only listens to it. */
final class Member {
  private static final String NAME = "notes/1";

  /** How far each wall clock is off; all within the drift bound. */
  private static final List<Long> SKEWS = List.of(0L, 2_000L, -90_000L, 60_000L, 1L, -1L);

  /** How many there may be. */
  static final int MOST = SKEWS.size();

  /** Their order is not that of their numbers, nor of their signed halves. */
  private static final List<ReplicaId> NAMES =
      List.of(
          ReplicaId.of(0, 2),
          ReplicaId.of(-1, 1),
          ReplicaId.of(0, 1),
          ReplicaId.of(1, 0),
          ReplicaId.of(0, -1),
          ReplicaId.of(-1, -1));

  /** So few operations in a change that some edits don't fit into their transaction any more. */
  private static final int MAX_CHANGE_OPERATIONS = 6;

  private static final Limits LIMITS = limits();
  private static final Codec CODEC = WireCodec.create();

  private final int number;
  private final HybridLogicalClock clock;
  private final Shadow shadow;
  private Document document;

  private Member(int number, HybridLogicalClock clock, Document document, Shadow shadow) {
    this.number = number;
    this.clock = clock;
    this.shadow = shadow;
    this.document = document;
    document.listen(shadow::onEvent);
  }

  private Member(int number, HybridLogicalClock clock) {
    this(number, clock, builder(NAMES.get(number), clock).build(), new Shadow());
  }

  /** A new, empty document. */
  Member(int number, AtomicLong wall) {
    this(number, clock(number, wall));
  }

  /** A clock whose wall clock is off in the way of this member. */
  static HybridLogicalClock clock(int number, AtomicLong wall) {
    long skew = SKEWS.get(number);
    TimeSource source = () -> wall.get() + skew;
    return HybridLogicalClock.builder(source).build();
  }

  /** Describes a document of the group. */
  static DocumentBuilder builder(ReplicaId replica, HybridLogicalClock clock) {
    return Document.builder(NAME, replica).clock(clock).codec(CODEC).limits(LIMITS);
  }

  int number() {
    return number;
  }

  Document document() {
    return document;
  }

  Shadow shadow() {
    return shadow;
  }

  /** A fork of the document for a new member. */
  Member fork(int newNumber, AtomicLong wall) {
    HybridLogicalClock newClock = clock(newNumber, wall);
    Document fork = document.fork(NAMES.get(newNumber), newClock);
    return new Member(newNumber, newClock, fork, shadow.copy());
  }

  /** Goes on with a document opened from the snapshot of this one. */
  void reopen() {
    Document reopened = builder(document.replica(), clock).open(document.encodedSnapshot());
    document.close();
    document = reopened;
    document.listen(shadow::onEvent);
  }

  private static Limits limits() {
    return Limits.builder().maxChangeOperations(MAX_CHANGE_OPERATIONS).build();
  }
}
