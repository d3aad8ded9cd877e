package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one import, change by change. Immutable.
 *
 * <p>It tells the fate of every change handed in, and of changes that had waited for them and could
 * now be applied.
 */
public final class ApplyReport {
  /** What became of which changes; null while that is only told by the range. */
  private final @Nullable List<ApplyOutcome> outcomes;

  // Mostly all changes were applied, of one author and in a row, and nobody asks for more.
  private final @Nullable ReplicaId author;
  private final long first;
  private final long last;

  /** A report of these outcomes, in the order they were decided. */
  public ApplyReport(List<ApplyOutcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
    this.author = null;
    this.first = 1;
    this.last = 0;
  }

  /** A report that all changes handed in were applied, and are these. */
  private ApplyReport(ReplicaId author, long first, long last) {
    this.outcomes = null;
    this.author = author;
    this.first = first;
    this.last = last;
  }

  /** What became of which changes, in the order it was decided. */
  public List<ApplyOutcome> outcomes() {
    if (outcomes != null) {
      return outcomes;
    }
    return author == null
        ? List.of()
        : List.of(new ApplyOutcome.Applied(new DotRange(author, first, last)));
  }

  /** How many changes became part of the document. */
  public long applied() {
    return count(ApplyOutcome.Applied.class);
  }

  /** How many changes had been part of the document before. */
  public long duplicates() {
    return count(ApplyOutcome.Duplicate.class);
  }

  /** How many changes wait for others. */
  public long pending() {
    return count(ApplyOutcome.Pending.class);
  }

  /** How many changes wait for their time. */
  public long quarantined() {
    return count(ApplyOutcome.Quarantined.class);
  }

  /** How many changes are kept aside, other than for their time. */
  public long held() {
    return count(ApplyOutcome.Held.class);
  }

  /** How many changes were not taken. */
  public long rejected() {
    return count(ApplyOutcome.Rejected.class);
  }

  /** Whether everything handed in is part of the document now. */
  public boolean isComplete() {
    return pending() + quarantined() + held() + rejected() == 0;
  }

  private long count(Class<? extends ApplyOutcome> kind) {
    long count = 0;
    for (ApplyOutcome outcome : outcomes()) {
      if (kind.isInstance(outcome)) {
        count += outcome.changes().last() - outcome.changes().first() + 1;
      }
    }
    return count;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ApplyReport other && outcomes().equals(other.outcomes());
  }

  @Override
  public int hashCode() {
    return outcomes().hashCode();
  }

  @Override
  public String toString() {
    return "ApplyReport" + outcomes();
  }

  /** Collects outcomes, joining neighbours. */
  static final class Builder {
    private final List<ApplyOutcome> outcomes = new ArrayList<>(1);

    /** The last outcome, while changes may join it: applied ones, or duplicates. */
    private @Nullable ReplicaId author;

    private long first;
    private long last;
    private boolean open;
    private boolean known;

    void applied(ReplicaId replica, long from, long to) {
      join(false, replica, from, to);
    }

    void duplicate(ReplicaId replica, long from, long to) {
      join(true, replica, from, to);
    }

    private void join(boolean duplicate, ReplicaId replica, long from, long to) {
      if (open && known == duplicate && last + 1 == from && replica.equals(author)) {
        last = to;
        return;
      }
      close();
      if (!replica.equals(author)) {
        author = replica;
      }
      first = from;
      last = to;
      known = duplicate;
      open = true;
    }

    private void close() {
      if (open) {
        outcomes.add(joined());
        open = false;
      }
    }

    private ApplyOutcome joined() {
      DotRange range = new DotRange(Objects.requireNonNull(author), first, last);
      return known ? new ApplyOutcome.Duplicate(range) : new ApplyOutcome.Applied(range);
    }

    private void add(ApplyOutcome outcome) {
      close();
      outcomes.add(outcome);
    }

    void pending(Dot dot, Dot missing) {
      add(new ApplyOutcome.Pending(single(dot), missing));
    }

    void quarantined(Dot dot, long untilMillis) {
      add(new ApplyOutcome.Quarantined(single(dot), untilMillis));
    }

    void held(ReplicaId replica, long from, long to, String code, String reason) {
      close();
      long begin = from;
      int end = outcomes.size() - 1;
      if (end >= 0
          && outcomes.get(end) instanceof ApplyOutcome.Held before
          && before.changes().last() + 1 == from
          && before.changes().replica().equals(replica)
          && before.code().equals(code)
          && before.reason().equals(reason)) {
        outcomes.remove(end);
        begin = before.changes().first();
      }
      outcomes.add(new ApplyOutcome.Held(new DotRange(replica, begin, to), code, reason));
    }

    /** Another change of this name is here. */
    void another(Dot dot) {
      rejected(
          dot,
          ApplyOutcome.Rejected.EQUIVOCATION,
          "another change of this name is here; its author's id is in use twice",
          false);
    }

    /** There was no room to keep these aside. */
    void noRoom(ReplicaId replica, long from, long to) {
      add(
          new ApplyOutcome.Rejected(
              new DotRange(replica, from, to),
              ApplyOutcome.Rejected.QUARANTINE_FULL,
              "too many changes are kept aside; offer it again later",
              false));
    }

    void rejected(Dot dot, String code, String reason, boolean permanent) {
      add(new ApplyOutcome.Rejected(single(dot), code, reason, permanent));
    }

    /** There was no room for these to wait. */
    void excess(ReplicaId replica, long from, long to) {
      add(
          new ApplyOutcome.Rejected(
              new DotRange(replica, from, to),
              ApplyOutcome.Rejected.INBOX_FULL,
              "too many changes wait for others; offer it again when those have come",
              false));
    }

    void clear() {
      if (!outcomes.isEmpty()) {
        outcomes.clear();
      }
      open = false;
    }

    ApplyReport build() {
      if (open && outcomes.isEmpty()) {
        open = false;
        return known
            ? new ApplyReport(List.of(joined()))
            : new ApplyReport(Objects.requireNonNull(author), first, last);
      }
      close();
      return new ApplyReport(outcomes);
    }

    private static DotRange single(Dot dot) {
      return new DotRange(dot.replica(), dot.counter(), dot.counter());
    }
  }
}
