package dev.plait.crdt;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import java.util.HexFormat;

/** One replica in a test: its name, a clock set by hand, and its own element ids. */
final class Site {
  final ReplicaId replica;
  private long time;
  private long seq;

  Site(int number) {
    replica = ReplicaId.of(0, number);
  }

  /** The stamp this replica would make at a time, counted from 1. */
  Stamp at(long time) {
    return at(time, 0);
  }

  /** The same for a later operation of one change. */
  Stamp at(long time, int ordinal) {
    return new Stamp(
        new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + time), replica, ordinal);
  }

  /** A stamp above all this replica has made or observed, by as much as {@code skip}. */
  Stamp next(int skip) {
    time += 1 + skip;
    return at(time);
  }

  /** Sees what another replica has seen, as a hybrid clock does. */
  void observe(Site other) {
    observe(other.time);
  }

  void observe(long otherTime) {
    time = Math.max(time, otherTime);
  }

  long time() {
    return time;
  }

  /** An element id of this replica. */
  ElementId id(long number) {
    return new ElementId(replica, number);
  }

  /** The next element id of this replica. */
  ElementId nextId() {
    seq++;
    return id(seq);
  }

  /** The canonical bytes, as text that a failed test can show. */
  static String canonical(Crdt crdt) {
    CanonicalBytes out = new CanonicalBytes();
    crdt.writeCanonical(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  /** The code of what {@code check} finds wrong. */
  static String refusalOf(Crdt crdt, Operation operation) {
    Refusal refusal = crdt.check(operation);
    if (refusal == null) {
      return "none";
    }
    return refusal instanceof Refusal.Invalid invalid ? invalid.code() : refusal.toString();
  }
}
