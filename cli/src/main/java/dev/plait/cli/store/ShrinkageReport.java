package dev.plait.cli.store;

import dev.plait.cli.json.JsonWriter;
import dev.plait.store.DocumentSize;
import java.io.PrintWriter;

/** What compaction has made of a store, for people and for programs. */
final class ShrinkageReport {
  private ShrinkageReport() {}

  /** A table: a line for each document and one for all. */
  static void write(Shrinkage shrinkage, PrintWriter out) {
    TextTable table =
        new TextTable("document", "chunks", "bytes", "chunks now", "bytes now", "of that snapshot");
    for (Shrinkage.Entry entry : shrinkage.documents()) {
      String remark = entry.inDoubt() ? " (in doubt, left as it is)" : "";
      row(table, Quoted.of(entry.name()) + remark, entry.before(), entry.after());
    }
    String all = "all " + Counted.of(shrinkage.documents().size(), "document");
    row(table, all, shrinkage.sumBefore(), shrinkage.sumAfter());
    table.print(out);
    out.println();
    out.println(
        "stored: "
            + shrinkage.before().storedBytes()
            + " bytes before, "
            + shrinkage.after().storedBytes()
            + " now");
  }

  private static void row(TextTable table, String name, DocumentSize before, DocumentSize after) {
    table.row(
        name,
        before.chunks(),
        before.chunkBytes() + before.snapshotBytes(),
        after.chunks(),
        after.chunkBytes() + after.snapshotBytes(),
        after.snapshotBytes());
  }

  /** One object on one line. */
  static String json(Shrinkage shrinkage) {
    JsonWriter out = new JsonWriter().object();
    out.name("documents").array();
    for (Shrinkage.Entry entry : shrinkage.documents()) {
      out.object().name("document").string(entry.name());
      out.name("inDoubt").truth(entry.inDoubt());
      size(out.name("before"), entry.before());
      size(out.name("after"), entry.after());
      out.endObject();
    }
    out.endArray();
    size(out.name("before"), shrinkage.sumBefore());
    size(out.name("after"), shrinkage.sumAfter());
    out.name("storedBytesBefore").number(shrinkage.before().storedBytes());
    out.name("storedBytesAfter").number(shrinkage.after().storedBytes());
    return out.endObject().toString();
  }

  private static void size(JsonWriter out, DocumentSize size) {
    out.object().name("chunks").number(size.chunks());
    out.name("chunkBytes").number(size.chunkBytes());
    out.name("snapshotBytes").number(size.snapshotBytes());
    out.endObject();
  }
}
