package dev.plait.properties.document;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyOutcome;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the report of one import against what was handed in and what the document held before and
 * after.
 *
 * <p>Of a change that is handed in several times at once, the first counts; what is handed in again
 * may be told of as a duplicate.
 */
final class Accounting {
  private final Document document;
  private final List<Dot> handedIn;
  private final VersionVector before;
  private final int pendingBefore;

  Accounting(Document document, List<Dot> handedIn) {
    this.document = document;
    this.handedIn = handedIn;
    this.before = document.versionVector();
    this.pendingBefore = document.pendingCount();
  }

  List<String> problemsOf(ApplyReport report) {
    List<String> problems = new ArrayList<>();
    VersionVector after = document.versionVector();
    Set<Dot> applied = new HashSet<>();
    Set<Dot> duplicates = new HashSet<>();
    Set<Dot> pending = new HashSet<>();
    for (ApplyOutcome outcome : report.outcomes()) {
      if (outcome instanceof ApplyOutcome.Applied) {
        addOnce(applied, outcome, problems);
      } else if (outcome instanceof ApplyOutcome.Duplicate) {
        duplicates.addAll(dots(outcome.changes()));
      } else if (outcome instanceof ApplyOutcome.Pending waits) {
        addOnce(pending, outcome, problems);
        expect(!after.contains(waits.missing()), waits + ", which is there", problems);
      } else {
        problems.add("an honest change is " + outcome);
      }
    }
    for (Dot dot : Set.copyOf(handedIn)) {
      boolean known = before.contains(dot);
      expect(known != applied.contains(dot) || pending.contains(dot), "untold: " + dot, problems);
      expect(!known || duplicates.contains(dot), "known, but no duplicate: " + dot, problems);
      expect(after.contains(dot) != pending.contains(dot), "wrong fate: " + dot, problems);
    }
    for (Dot dot : applied) {
      expect(!before.contains(dot) && after.contains(dot), "not applied: " + dot, problems);
    }
    long gained = after.missingFrom(before).stream().mapToLong(DotRange::size).sum();
    expect(gained == applied.size(), gained + " gained, " + applied + " told", problems);
    int most = pendingBefore + pending.size();
    expect(document.pendingCount() <= most, "more wait than told", problems);
    return problems;
  }

  private void addOnce(Set<Dot> dots, ApplyOutcome outcome, List<String> problems) {
    for (Dot dot : dots(outcome.changes())) {
      expect(dots.add(dot), "told twice: " + outcome, problems);
    }
  }

  private void expect(boolean holds, String otherwise, List<String> problems) {
    if (!holds) {
      problems.add(otherwise + " (handed in " + handedIn + " at " + before + ")");
    }
  }

  private static List<Dot> dots(DotRange range) {
    List<Dot> dots = new ArrayList<>();
    for (long counter = range.first(); counter <= range.last(); counter++) {
      dots.add(new Dot(range.replica(), counter));
    }
    return dots;
  }
}
