package dev.plait.replica;

import dev.plait.document.ApplyOutcome;
import dev.plait.document.ApplyReport;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of changes of others. Safe for use by many threads. */
final class Tally {
  private final LongAdder applied = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final ConcurrentHashMap<String, LongAdder> rejected = new ConcurrentHashMap<>();

  void add(ApplyReport report) {
    for (ApplyOutcome outcome : report.outcomes()) {
      long count = outcome.changes().last() - outcome.changes().first() + 1;
      if (outcome instanceof ApplyOutcome.Applied) {
        applied.add(count);
      } else if (outcome instanceof ApplyOutcome.Duplicate) {
        duplicates.add(count);
      } else if (outcome instanceof ApplyOutcome.Rejected refused) {
        addRejected(refused.code(), count);
      }
    }
  }

  void addRejected(String code, long count) {
    rejected.computeIfAbsent(code, any -> new LongAdder()).add(count);
  }

  ReplicaStatistics read() {
    TreeMap<String, Long> codes = new TreeMap<>();
    rejected.forEach((code, count) -> codes.put(code, count.sum()));
    return new ReplicaStatistics(applied.sum(), duplicates.sum(), codes);
  }
}
