package dev.plait.cli.store;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An inventory for people. Times are in UTC. */
final class InventoryText {
  private final PrintWriter out;

  InventoryText(PrintWriter out) {
    this.out = out;
  }

  void write(Inventory inventory, boolean withHistory) {
    ReplicaId identity = inventory.identity();
    out.println("replica     " + (identity == null ? "(none yet)" : identity));
    inventory.former().forEach(former -> out.println("before      " + former));
    out.println("clock       " + time(inventory.clock()));
    out.println("durability  " + inventory.durability().name().toLowerCase(Locale.ROOT));
    out.println("stored      " + inventory.size().storedBytes() + " bytes");
    out.println();
    documents(inventory.documents());
    if (withHistory) {
      inventory.documents().forEach(this::history);
    }
  }

  private void documents(List<Inventory.Entry> documents) {
    TextTable table =
        new TextTable(
            "document", "replicas", "changes", "chunks", "bytes", "snapshot", "quarantined");
    for (Inventory.Entry entry : documents) {
      table.row(
          Quoted.of(entry.name()),
          entry.authors().size(),
          entry.changes(),
          entry.size().chunks(),
          entry.size().chunkBytes(),
          entry.size().snapshotBytes(),
          entry.size().quarantined());
    }
    table.print(out);
  }

  private void history(Inventory.Entry entry) {
    out.println();
    out.println("history of " + Quoted.of(entry.name()));
    if (!entry.compacted().isEmpty()) {
      out.println("  kept as state only:");
      entry
          .compacted()
          .dots()
          .forEach(dot -> out.println("    " + dot.replica() + " up to " + dot.counter()));
    }
    TextTable table = new TextTable("replica", "from", "to", "first made", "last made", "bytes");
    entry.history().forEach(piece -> row(table, piece, ""));
    entry.quarantined().forEach(piece -> row(table, piece, " (kept aside)"));
    table.print(out);
  }

  private static void row(TextTable table, Inventory.Piece piece, String remark) {
    table.row(
        piece.header().replica() + remark,
        piece.header().firstCounter(),
        piece.header().lastCounter(),
        time(piece.header().firstTime()),
        time(piece.header().lastTime()),
        piece.bytes());
  }

  private static String time(HybridTimestamp time) {
    return time.equals(HybridTimestamp.ZERO)
        ? "(never)"
        : Instant.ofEpochMilli(time.millis()).toString();
  }
}
