package dev.plait.properties.law;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import java.util.List;

/** Who makes an edit: a name, and whatever ids and stamps an edit may need. */
public final class Author {
  private static final List<String> NAMES = List.of("A", "B", "C");

  /** Their order is not that of their names, nor of their signed halves. */
  private static final List<ReplicaId> REPLICAS =
      List.of(ReplicaId.of(0, 2), ReplicaId.of(-1, 1), ReplicaId.of(0, 1));

  private final int number;
  private long lamport;
  private int ordinal;
  private long nextSeq = 1;

  Author(int number) {
    this.number = number;
  }

  /** The ids of all that there may be in a history, in the order of their names. */
  public static List<ReplicaId> replicas() {
    return REPLICAS;
  }

  /** A letter, the same in all of a history. */
  public String name() {
    return NAMES.get(number);
  }

  /** The replica's id, for types that use Plait's. */
  public ReplicaId replica() {
    return REPLICAS.get(number);
  }

  /**
   * The stamp of the edit: greater than all that this replica has heard of. Concurrent edits often
   * have the same time, so that the replica has to decide.
   */
  public Stamp stamp() {
    HybridTimestamp time = new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + lamport);
    return new Stamp(time, replica(), ordinal);
  }

  /** The first of so many consecutive ids that nobody has had before. */
  public ElementId ids(int count) {
    ElementId first = new ElementId(replica(), nextSeq);
    nextSeq += count;
    return first;
  }

  /** One who gives the stamp and the ids that this one will: for an edit that is only tried. */
  public Author copy() {
    Author copy = new Author(number);
    copy.lamport = lamport;
    copy.ordinal = ordinal;
    copy.nextSeq = nextSeq;
    return copy;
  }

  /** Begins the next edit: a change of its own, or the next operation of the previous one. */
  void begin(boolean sameChange) {
    if (sameChange) {
      ordinal++;
    } else {
      lamport++;
      ordinal = 0;
    }
  }

  /** Takes note of an operation of another replica. */
  void hear(long otherLamport) {
    lamport = Math.max(lamport, otherLamport);
  }

  long lamport() {
    return lamport;
  }
}
