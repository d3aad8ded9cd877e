package dev.plait.cli.repair;

import dev.plait.cli.store.CheckText;
import dev.plait.cli.store.Counted;
import dev.plait.cli.store.Quoted;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.store.StoreCheck;
import dev.plait.sync.DocumentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a repair has to tell, for people: a line for each thing. */
final class RepairReport {
  private static final String NOT_SAVED = "not saved: ";

  /** What is told when a power loss took the report of a repair that was all but done. */
  static final String LOST = NOT_SAVED + "perhaps something: the report of this repair is lost\n";

  private static final String SAVED = "saved ";
  private static final String SAVED_OWN = "saved-own ";
  private static final String LINE = "line ";
  private static final String LOSS = "loss ";

  private final List<String> lines = new ArrayList<>();
  private final Set<String> losses = new LinkedHashSet<>();
  private long saved;
  private long savedOwn;

  /** What is written down of a report that has no end yet; {@link #resumed} reads it. */
  String unfinished() {
    StringBuilder text = new StringBuilder();
    text.append(SAVED).append(saved).append('\n').append(SAVED_OWN).append(savedOwn).append('\n');
    lines.forEach(line -> text.append(LINE).append(line.replace('\n', ' ')).append('\n'));
    losses.forEach(loss -> text.append(LOSS).append(loss.replace('\n', ' ')).append('\n'));
    return text.toString();
  }

  /** A report that goes on from what was written down; lines of others are left alone. */
  static RepairReport resumed(String unfinished) {
    RepairReport report = new RepairReport();
    for (String line : unfinished.lines().toList()) {
      if (line.startsWith(SAVED)) {
        report.saved = Long.parseLong(line.substring(SAVED.length()));
      } else if (line.startsWith(SAVED_OWN)) {
        report.savedOwn = Long.parseLong(line.substring(SAVED_OWN.length()));
      } else if (line.startsWith(LINE)) {
        report.lines.add(line.substring(LINE.length()));
      } else if (line.startsWith(LOSS)) {
        report.losses.add(line.substring(LOSS.length()));
      }
    }
    return report;
  }

  /** Whether a report that was kept says that everything that could be read is there. */
  static boolean isComplete(String report) {
    return report.lines().noneMatch(line -> line.startsWith(NOT_SAVED));
  }

  /** What the peer had. */
  void brought(Collection<VersionVector> versions) {
    long changes = versions.stream().mapToLong(RepairReport::count).sum();
    lines.add(
        "from the peer: "
            + Counted.of(versions.size(), "document")
            + ", "
            + Counted.of(changes, "change"));
  }

  /** What could be read. */
  void read(StoreCheck check) {
    lines.add("read of the damaged store: " + CheckText.read(check));
  }

  /** What a document has gained beyond what the peer had. */
  void saved(VersionVector before, VersionVector after, Set<ReplicaId> own) {
    for (DotRange range : after.missingFrom(before)) {
      saved += range.size();
      savedOwn += own.contains(range.replica()) ? range.size() : 0;
    }
  }

  /** So many changes have other names now. */
  void madeAgain(String document, long changes) {
    if (changes == 0) {
      return;
    }
    lines.add(
        "saved under other names: document "
            + Quoted.of(document)
            + ": "
            + Counted.of(changes, "change")
            + " made here, whose names the peer knows as other changes");
  }

  /** What a document did not take. */
  void notSaved(String document, String what) {
    losses.add(NOT_SAVED + "document " + Quoted.of(document) + ": " + what);
  }

  /** Changes that a document did not take. */
  void notSaved(Document document, DotRange range) {
    notSaved(
        document.name(),
        "changes "
            + range.first()
            + " to "
            + range.last()
            + " of replica "
            + range.replica()
            + " were read, but can't be applied"
            + whatFor(document));
  }

  /** What a document that was settled with the peer still could not apply. */
  void waiting(Document document) {
    if (document.pendingCount() > 0) {
      notSaved(
          document.name(),
          Counted.of(document.pendingCount(), "change")
              + " could be read, but not applied"
              + whatFor(document));
    }
  }

  private static String whatFor(Document document) {
    String missing =
        document.missing().stream().map(Objects::toString).collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? ""
        : ": what comes before is neither in the store nor at the peer (" + missing + ")";
  }

  /** A replica gave one name to two changes, and nobody could tell which is to have another. */
  void contradicted(Document document, Dot change) {
    notSaved(
        document.name(),
        "the peer knows another change "
            + change
            + " than was read; what was read of this replica from there on is kept aside");
  }

  /** The peer does not give a document, or does not take changes of it. */
  void refused(DocumentStatus status) {
    String code = status.code();
    lines.add(
        "not the same at the peer: document "
            + Quoted.of(status.document())
            + ": "
            + (code == null ? status.phase().toString() : code));
  }

  /** Who writes from now on, and who did. */
  void becomes(@Nullable ReplicaId identity, Set<ReplicaId> former) {
    lines.add(
        "saved, which the peer did not have: "
            + Counted.of(saved, "change")
            + ", "
            + savedOwn
            + " of them made here");
    lines.addAll(losses);
    lines.add(
        "this replica is now "
            + identity
            + (former.isEmpty()
                ? "; who it was could not be read"
                : ", and was "
                    + former.stream().map(Objects::toString).collect(Collectors.joining(", "))));
  }

  private static long count(VersionVector version) {
    return version.dots().stream().mapToLong(dot -> dot.counter()).sum();
  }

  /** All lines. */
  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
