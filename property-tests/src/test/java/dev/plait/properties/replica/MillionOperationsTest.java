package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.document.Document;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.DocumentSize;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Very many operations that end in an empty document, and what is left of them; a tenth of them but
 * in the long run.
 */
final class MillionOperationsTest {
  private static final int OPERATIONS = Boolean.getBoolean("plait.long") ? 1_000_000 : 100_000;
  private static final int RUN = 100;

  /** What may be left of an empty document of one author. */
  private static final int SMALL = 4_096;

  /** What may be left of text that was typed at one place and deleted: its id and where it was. */
  private static final int BYTES_OF_A_RUN = 4;

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final InMemoryDisk disk = new InMemoryDisk();
  private final InMemoryStore store = InMemoryStore.open(disk);
  private final Document note = open(store);

  private Document open(InMemoryStore opened) {
    return Replica.builder()
        .store(opened)
        .scheduler(time)
        .time(time)
        .random(new Random(1))
        .compaction(CompactionPolicy.defaults())
        .build()
        .document("note");
  }

  /** Gives the history up, and tells what it and the snapshot take. */
  private DocumentSize compact(String what) {
    time.advance(1);
    DocumentSize before = store.size("note");
    note.compact();
    DocumentSize after = store.size("note");
    System.out.println(
        OPERATIONS
            + " operations of "
            + what
            + ": "
            + before.chunkBytes()
            + " bytes in "
            + before.chunks()
            + " chunks, a snapshot of "
            + after.snapshotBytes());
    assertEquals(0, after.chunks());
    assertArrayEquals(
        note.canonicalBytes(), open(InMemoryStore.open(disk.copy())).canonicalBytes());
    return after;
  }

  @Test
  void textTypedInRunsAndAllDeletedLeavesLittle() {
    Random random = new Random(7);
    for (int done = 0; done < OPERATIONS / 2; done += RUN) {
      int at = random.nextInt(done + 1);
      for (int i = 0; i < RUN; i++) {
        int place = at + i;
        note.transact(tx -> tx.text("body").insert(place, "x"));
      }
      time.advance(1_000);
    }
    compact("typing");
    for (int left = OPERATIONS / 2; left > 0; left--) {
      int last = left - 1;
      note.transact(tx -> tx.text("body").delete(last, 1));
      if (left % RUN == 0) {
        time.advance(1_000);
      }
    }

    DocumentSize size = compact("typing and deleting");

    assertEquals(0, note.text("body").length());
    assertTrue(size.snapshotBytes() < SMALL + OPERATIONS / RUN * BYTES_OF_A_RUN, size::toString);
  }

  @Test
  void setWhoseElementsWereAllRemovedLeavesLittle() {
    Random random = new Random(7);
    for (int i = 0; i < OPERATIONS / 2; i++) {
      String element = "element " + random.nextInt(1_000);
      note.transact(tx -> tx.set("tags").add(element));
      note.transact(tx -> tx.set("tags").remove(element));
      if (i % RUN == 0) {
        time.advance(1_000);
      }
    }

    DocumentSize size = compact("adding and removing");

    assertEquals(0, note.set("tags").size());
    assertTrue(size.snapshotBytes() < SMALL, size::toString);
  }
}
