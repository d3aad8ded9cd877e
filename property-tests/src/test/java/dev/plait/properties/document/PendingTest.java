package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.wire.WireCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes that come before what they depend on: they wait, and what has no room comes again. */
class PendingTest {
  private static final long START = 1_800_000_000_000L;
  private static final int ROOM = 2;

  private static DocumentBuilder builder(int replica) {
    return Document.builder("doc", ReplicaId.of(0, replica))
        .clock(HybridLogicalClock.builder(() -> START).build())
        .codec(WireCodec.create())
        .limits(Limits.builder().maxPendingChanges(ROOM).build());
  }

  private static Document written(int changes) {
    Document author = builder(1).build();
    for (int i = 0; i < changes; i++) {
      author.transact(tx -> tx.text("body").append("x"));
    }
    return author;
  }

  @Test
  void aJoinedSnapshotSetsFreeWhatWaitedForAChangeInIt() {
    Document author = written(2);
    byte[] snapshot = author.encodedSnapshot();
    VersionVector snapped = author.versionVector();
    author.transact(tx -> tx.text("body").append("y"));
    Document reader = builder(2).build();
    assertEquals(1, reader.apply(author.changes(snapped)).pending());

    assertEquals(1, reader.join(snapshot).applied(), "what waited for the snapshot");

    assertEquals(Face.of(author), Face.of(reader));
    assertEquals(0, reader.pendingCount());
  }

  @Test
  void whatHasNoRoomToWaitIsNotCountedAsHeldAndIsTakenWhenItComesAgain() {
    Document author = written(5);
    List<Change> changes = author.changes(VersionVector.empty());
    for (boolean together : new boolean[] {true, false}) {
      Document reader = builder(2).build();
      if (together) {
        assertEquals(4 - ROOM, reader.apply(changes.subList(1, 5)).rejected());
      } else {
        for (int i = 4; i > 0; i--) {
          reader.apply(List.of(changes.get(i)));
        }
      }
      assertEquals(ROOM, reader.pendingCount());
      assertTrue(reader.heldVersion().isEmpty());

      reader.apply(changes.subList(0, 1));
      assertTrue(changes.get(ROOM).counter() >= reader.heldVersion().get(author.replica()));
      for (Change change : changes) {
        reader.apply(List.of(change));
      }

      assertEquals(Face.of(author), Face.of(reader));
      assertEquals(0, reader.pendingCount());
    }
  }
}
