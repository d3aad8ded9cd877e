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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a repair has to tell, for people: a line for each thing. */
final class RepairReport {
  private static final String NOT_SAVED = "not saved: ";

  private final List<String> lines = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private long saved;
  private long savedOwn;

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
