package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.document.Document;
import dev.plait.document.Transaction;
import dev.plait.properties.store.crash.StoreFactory;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many operations that end in an empty document, in a store kept in files: once it is
 * compacted and has given room back, its files are at most half as large again as those of a store
 * in which the document was never written to, and what the order of text needs.
 *
 * <p>100,000 operations, a hundred of them a transaction; a million with the system property {@code
 * plait.long}; prints the sizes.
 */
public abstract class EmptiedDocumentContract {
  private static final int OPERATIONS = Boolean.getBoolean("plait.long") ? 1_000_000 : 100_000;
  private static final int RUN = 100;
  private static final double MOST = 1.5;

  /** What may be left of a run that was typed between others: its id and where it was. */
  private static final int BYTES_OF_A_RUN = 5;

  private static final String NOTE = "note";
  private static final String BODY = "body";
  private static final String TAGS = "tags";

  private final StoreFactory factory;

  /**
   * For one kind of store.
   *
   * @param factory opens it
   */
  protected EmptiedDocumentContract(StoreFactory factory) {
    this.factory = factory;
  }

  /** What is done to a document while time goes by. */
  private interface Work {
    void on(Document note, VirtualTime time);
  }

  private long bytesAfter(Path place, boolean compacted, Work work) throws IOException {
    Files.createDirectories(place);
    VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
    try (ChangeStore store = factory.open(place)) {
      try (Replica replica = open(store, time)) {
        Document note = replica.document(NOTE);
        work.on(note, time);
        if (compacted) {
          replica.compact(NOTE);
          store.reclaim();
        }
      }
      if (compacted) {
        DocumentSize size = store.size(NOTE);
        assertEquals(0, size.chunks());
        System.out.print(getClass().getSimpleName() + ": snapshot of " + size.snapshotBytes());
      }
    }
    return filesIn(place);
  }

  private static Replica open(ChangeStore store, VirtualTime time) {
    return Replica.builder()
        .store(store)
        .scheduler(time)
        .time(time)
        .random(new Random(1))
        .compaction(CompactionPolicy.defaults())
        .build();
  }

  private static long filesIn(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile).mapToLong(EmptiedDocumentContract::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void leavesLittle(Path directory, long kept, Work work) throws IOException {
    long fresh = bytesAfter(directory.resolve("fresh"), false, (note, time) -> {});
    long emptied = bytesAfter(directory.resolve("emptied"), true, work);
    System.out.println(
        " bytes after " + OPERATIONS + " operations, files of " + emptied + "; new ones " + fresh);
    assertTrue(emptied <= MOST * fresh + kept, () -> emptied + " bytes, new ones " + fresh);
  }

  @Test
  void textTypedAtItsEndAndDeletedLeavesLittle(@TempDir Path directory) throws IOException {
    leavesLittle(directory, 0, (note, time) -> type(note, time, new Random(7), false));
  }

  /** Others may have typed beside any of the runs, so their ids and order outlive their content. */
  @Test
  void textTypedInRunsAnywhereAndDeletedLeavesItsRuns(@TempDir Path directory) throws IOException {
    long kept = (long) OPERATIONS / 2 / RUN * BYTES_OF_A_RUN;
    leavesLittle(directory, kept, (note, time) -> type(note, time, new Random(7), true));
  }

  @Test
  void setWhoseElementsWereAllRemovedLeavesLittle(@TempDir Path directory) throws IOException {
    leavesLittle(directory, 0, EmptiedDocumentContract::addAndRemove);
  }

  private static void type(Document note, VirtualTime time, Random random, boolean anywhere) {
    for (int done = 0; done < OPERATIONS / 2; done += RUN) {
      int at = anywhere ? random.nextInt(done + 1) : done;
      note.transact(tx -> typeRun(tx, at));
      time.advance(1_000);
    }
    for (int left = OPERATIONS / 2; left > 0; left -= RUN) {
      int last = left - 1;
      note.transact(tx -> deleteRun(tx, last));
      time.advance(1_000);
    }
    assertEquals(0, note.text(BODY).length());
  }

  private static void typeRun(Transaction tx, int at) {
    for (int i = 0; i < RUN; i++) {
      tx.text(BODY).insert(at + i, "x");
    }
  }

  private static void deleteRun(Transaction tx, int last) {
    for (int i = 0; i < RUN; i++) {
      tx.text(BODY).delete(last - i, 1);
    }
  }

  private static void addAndRemove(Document note, VirtualTime time) {
    Random random = new Random(7);
    for (int done = 0; done < OPERATIONS; done += RUN) {
      note.transact(tx -> addAndRemoveRun(tx, random));
      time.advance(1_000);
    }
    assertEquals(0, note.set(TAGS).size());
  }

  private static void addAndRemoveRun(Transaction tx, Random random) {
    for (int i = 0; i < RUN / 2; i++) {
      String element = "element " + random.nextInt(1_000);
      tx.set(TAGS).add(element);
      tx.set(TAGS).remove(element);
    }
  }
}
