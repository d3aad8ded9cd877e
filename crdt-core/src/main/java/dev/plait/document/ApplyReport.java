package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of one import, change by change. Immutable.
 *
 * <p>It tells the fate of every change handed in, and of changes that had waited for them and could
 * now be applied.
 *
 * @param outcomes what became of which changes, in the order it was decided
 */
public record ApplyReport(List<ApplyOutcome> outcomes) {
  public ApplyReport {
    outcomes = List.copyOf(outcomes);
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

  /** How many changes were not taken. */
  public long rejected() {
    return count(ApplyOutcome.Rejected.class);
  }

  /** Whether everything handed in is part of the document now. */
  public boolean isComplete() {
    return pending() + quarantined() + rejected() == 0;
  }

  private long count(Class<? extends ApplyOutcome> kind) {
    long count = 0;
    for (ApplyOutcome outcome : outcomes) {
      if (kind.isInstance(outcome)) {
        count += outcome.changes().last() - outcome.changes().first() + 1;
      }
    }
    return count;
  }

  /** Collects outcomes, joining neighbours. */
  static final class Builder {
    private final List<ApplyOutcome> outcomes = new ArrayList<>();

    void applied(ReplicaId replica, long first, long last) {
      int top = outcomes.size() - 1;
      if (top >= 0
          && outcomes.get(top) instanceof ApplyOutcome.Applied before
          && continues(before.changes(), replica, first)) {
        outcomes.set(top, new ApplyOutcome.Applied(extend(before.changes(), last)));
      } else {
        outcomes.add(new ApplyOutcome.Applied(new DotRange(replica, first, last)));
      }
    }

    void duplicate(ReplicaId replica, long first, long last) {
      int top = outcomes.size() - 1;
      if (top >= 0
          && outcomes.get(top) instanceof ApplyOutcome.Duplicate before
          && continues(before.changes(), replica, first)) {
        outcomes.set(top, new ApplyOutcome.Duplicate(extend(before.changes(), last)));
      } else {
        outcomes.add(new ApplyOutcome.Duplicate(new DotRange(replica, first, last)));
      }
    }

    void pending(Dot dot, Dot missing) {
      outcomes.add(new ApplyOutcome.Pending(single(dot), missing));
    }

    void quarantined(Dot dot, long untilMillis) {
      outcomes.add(new ApplyOutcome.Quarantined(single(dot), untilMillis));
    }

    void rejected(Dot dot, String code, String reason, boolean permanent) {
      outcomes.add(new ApplyOutcome.Rejected(single(dot), code, reason, permanent));
    }

    /** There was no room for these to wait. */
    void excess(ReplicaId replica, long first, long last) {
      outcomes.add(
          new ApplyOutcome.Rejected(
              new DotRange(replica, first, last),
              ApplyOutcome.Rejected.INBOX_FULL,
              "too many changes wait for others; offer it again when those have come",
              false));
    }

    void clear() {
      outcomes.clear();
    }

    ApplyReport build() {
      return new ApplyReport(outcomes);
    }

    private static boolean continues(DotRange range, ReplicaId replica, long counter) {
      return range.last() + 1 == counter && range.replica().equals(replica);
    }

    private static DotRange extend(DotRange range, long last) {
      return new DotRange(range.replica(), range.first(), last);
    }

    private static DotRange single(Dot dot) {
      return new DotRange(dot.replica(), dot.counter(), dot.counter());
    }
  }
}
