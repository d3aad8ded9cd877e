package dev.plait.cli.store;

import dev.plait.cli.json.JsonWriter;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.DocumentSize;
import java.util.List;
import java.util.Locale;

/** An inventory for programs: one object on one line. */
final class InventoryJson {
  private final JsonWriter out = new JsonWriter();

  private InventoryJson() {}

  static String of(Inventory inventory) {
    InventoryJson json = new InventoryJson();
    json.write(inventory);
    return json.out.toString();
  }

  private void write(Inventory inventory) {
    out.object().name("replica");
    ReplicaId identity = inventory.identity();
    if (identity == null) {
      out.nothing();
    } else {
      out.string(identity.toString());
    }
    out.name("former").array();
    inventory.former().forEach(former -> out.string(former.toString()));
    out.endArray();
    time("clockMillis", inventory.clock());
    out.name("durability").string(inventory.durability().name().toLowerCase(Locale.ROOT));
    out.name("storedBytes").number(inventory.size().storedBytes());
    out.name("documents").array();
    inventory.documents().forEach(this::write);
    out.endArray().endObject();
  }

  private void write(Inventory.Entry entry) {
    out.object().name("document").string(entry.name());
    out.name("changes").number(entry.changes());
    out.name("replicas").object();
    entry.authors().forEach((replica, last) -> out.name(replica.toString()).number(last));
    out.endObject();
    DocumentSize size = entry.size();
    out.name("chunks").number(size.chunks()).name("chunkBytes").number(size.chunkBytes());
    out.name("snapshotBytes").number(size.snapshotBytes());
    out.name("compacted").object();
    entry
        .compacted()
        .dots()
        .forEach(dot -> out.name(dot.replica().toString()).number(dot.counter()));
    out.endObject();
    pieces("history", entry.history());
    pieces("quarantined", entry.quarantined());
    out.endObject();
  }

  private void pieces(String name, List<Inventory.Piece> pieces) {
    out.name(name).array();
    for (Inventory.Piece piece : pieces) {
      out.object().name("replica").string(piece.header().replica().toString());
      out.name("first").number(piece.header().firstCounter());
      out.name("last").number(piece.header().lastCounter());
      time("firstMillis", piece.header().firstTime());
      time("lastMillis", piece.header().lastTime());
      out.name("revision").number(piece.header().revision());
      out.name("bytes").number(piece.bytes()).endObject();
    }
    out.endArray();
  }

  private void time(String name, HybridTimestamp time) {
    out.name(name).number(time.millis());
  }
}
