package dev.plait.cli.readme;

import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.storage.sqlite.SqliteStore;
import java.nio.file.Path;

/** The example of the README, compiled: the body of the method is what stands there. */
final class ReadmeExample {
  private ReadmeExample() {}

  static byte[] run(Path file) {
    try (var store = SqliteStore.open(file);
        var replica = Replica.builder().store(store).build()) {
      Document note = replica.document("notes/42");
      note.transact(
          tx -> {
            tx.text("body").insert(0, "Hello");
            tx.set("tags").add("draft");
            tx.register("title").set("Local-first");
          }); // returned: it is on disk
      return note.changesSince(VersionVector.empty()); // bytes for apply(…) on any other replica
    }
  }
}
