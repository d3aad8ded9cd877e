package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.CompactionReport;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** History given up, and chunks merged, while others edit and sync. */
final class CompactionTest {
  private static final long MINUTE = 60_000;

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private int seed;
  private Limits limits = Limits.defaults();

  /** A replica on a disk, with nothing done in the background. */
  private final class Place {
    InMemoryDisk disk = new InMemoryDisk();
    FailingStore store;
    Replica replica;
    Document note;

    Place() {
      store = new FailingStore(InMemoryStore.open(disk));
      replica = open(store);
      note = replica.document("note");
    }

    /** Goes on from what the disk holds, as after a crash. */
    void restart() {
      byte[] before = note.canonicalBytes();
      disk = disk.copy();
      store = new FailingStore(InMemoryStore.open(disk));
      replica = open(store);
      note = replica.document("note");
      assertArrayEquals(before, note.canonicalBytes());
    }

    void type(String text) {
      for (int i = 0; i < text.length(); i++) {
        String letter = text.substring(i, i + 1);
        note.transact(tx -> tx.text("body").append(letter));
        time.advance(100);
      }
    }

    String text() {
      return note.text("body").toString();
    }

    DocumentSize size() {
      return store.size("note");
    }
  }

  private Replica open(ChangeStore store) {
    return Replica.builder()
        .store(store)
        .scheduler(time)
        .time(time)
        .random(new Random(++seed))
        .limits(limits)
        .compaction(CompactionPolicy.none())
        .build();
  }

  private void sync(Place a, Place b) {
    a.replica.connect(new Lines(time, b.replica::accept));
    time.advance(MINUTE);
    assertTrue(a.replica.isInSync());
    assertTrue(b.replica.isInSync());
    assertArrayEquals(a.note.canonicalBytes(), b.note.canonicalBytes());
    a.replica.connections().forEach(connection -> connection.close());
    time.advance(MINUTE);
  }

  // ---- history

  @Test
  void aSnapshotTakesThePlaceOfTheHistoryOnDiskAndInMemory() {
    Place place = new Place();
    place.type("hello");

    CompactionReport report = place.replica.compact("note");

    assertTrue(report.done());
    assertEquals(5, report.before().chunks());
    assertEquals(place.size(), report.after());
    assertEquals(0, report.after().chunks());
    assertTrue(report.after().snapshotBytes() > 0);
    assertEquals(place.note.versionVector(), place.note.historyFloor());
    assertEquals("hello", place.text());
    assertEquals(
        DocumentException.HISTORY_COMPACTED,
        assertThrows(DocumentException.class, () -> place.note.changesSince(VersionVector.EMPTY))
            .code());
    place.restart();
    assertEquals(place.note.versionVector(), place.note.historyFloor());
    place.type(" you");
    assertEquals(4, place.note.changes(place.note.historyFloor()).size());
    place.restart();
    assertEquals("hello you", place.text());
    assertTrue(place.replica.compact("note").done());
    place.restart();
    assertEquals("hello you", place.text());
  }

  @Test
  void thereIsNothingToDoTwiceNorInADocumentThatIsEmpty() {
    Place place = new Place();
    assertFalse(place.replica.compact("note").done());
    place.type("a");
    assertTrue(place.replica.compact("note").done());

    CompactionReport again = place.replica.compact("note");

    assertFalse(again.done());
    assertEquals(again.before(), again.after());
    assertFalse(place.replica.mergeChunks("note").done());
  }

  @Test
  void peerBehindTheCutJoinsTheSnapshotAndBothKeepTheirEdits() {
    Place one = new Place();
    Place laggard = new Place();
    one.type("common ");
    sync(laggard, one);
    one.type("one ");
    one.note.transact(tx -> tx.text("body").delete(0, 3));
    laggard.type("laggard ");
    laggard.note.transact(tx -> tx.set("tags").add("late"));
    one.replica.compact("note");
    one.restart();
    one.type("after ");

    sync(laggard, one);

    assertEquals("mon ", one.text().substring(0, 4));
    for (String word : List.of("one ", "laggard ", "after ")) {
      assertTrue(one.text().contains(word), one.text());
    }
    assertTrue(one.note.set("tags").contains("late"));
    one.restart();
    laggard.restart();
    laggard.replica.compact("note");
    one.type("!");
    laggard.type("?");
    sync(one, laggard);
    one.restart();
    laggard.restart();
    assertEquals(one.text(), laggard.text());
  }

  @Test
  void bothEndsMayCompactWhileTheyAreApart() {
    Place one = new Place();
    Place other = new Place();
    one.type("common ");
    sync(one, other);
    one.type("one ");
    other.type("other ");
    one.replica.compact("note");
    other.replica.compact("note");

    sync(one, other);

    assertTrue(one.text().contains("one ") && one.text().contains("other "), one.text());
    one.restart();
    other.restart();
  }

  @Test
  void newcomerIsServedAWholeDocumentAsASnapshotAndWhatFollowsAsChanges() {
    Place one = new Place();
    one.type("before ");
    one.replica.compact("note");
    one.type("after");
    Place newcomer = new Place();

    sync(newcomer, one);

    assertEquals("before after", newcomer.text());
    newcomer.restart();
  }

  @Test
  void compactionInTheMiddleOfASessionLosesNothing() {
    limits = Limits.builder().maxUnacknowledgedBytes(2_000).build();
    Place source = new Place();
    Random random = new Random(5);
    for (int i = 0; i < 9_000; i++) {
      String letter = String.valueOf((char) ('a' + random.nextInt(26)));
      source.note.transact(tx -> tx.text("body").append(letter));
    }
    Place reader = new Place();
    List<Long> arrived = new ArrayList<>();
    whenSomeArrived(
        reader,
        source.replica.id(),
        count -> {
          arrived.add(count);
          source.replica.compact("note");
          source.note.transact(tx -> tx.text("body").append("more"));
          reader.note.transact(tx -> tx.text("body").append("here"));
        });

    sync(reader, source);

    assertTrue(arrived.get(0) < 9_000, arrived::toString);
    assertEquals(9_008, reader.text().length());
    reader.restart();
    source.restart();
    assertEquals(reader.text(), source.text());
  }

  private void whenSomeArrived(Place reader, ReplicaId author, Consumer<Long> then) {
    time.execute(
        () -> {
          long count = reader.note.versionVector().get(author);
          if (count > 0) {
            then.accept(count);
          } else {
            whenSomeArrived(reader, author, then);
          }
        });
  }

  @Test
  void changesThatWaitAreAppliedWhenWhatTheyMissArrives() {
    Place author = new Place();
    author.type("ab");
    List<Change> changes = author.note.changes(VersionVector.EMPTY);
    Place reader = new Place();
    reader.type("x");
    reader.note.apply(changes.subList(1, 2));
    assertEquals(1, reader.note.pendingCount());

    assertTrue(reader.replica.compact("note").done());

    assertEquals(1, reader.note.pendingCount());
    reader.note.apply(changes.subList(0, 1));
    assertEquals(0, reader.note.pendingCount());
    assertTrue(reader.text().contains("ab"), reader.text());
    reader.restart();
  }

  @Test
  void whatIsKeptAsideAndWhoIsSuspectStays() {
    Place reader = new Place();
    reader.type("x");
    Replica ahead =
        Replica.builder()
            .scheduler(time)
            .time(() -> time.millis() + 60 * MINUTE)
            .random(new Random(99))
            .build();
    ahead.document("note").transact(tx -> tx.text("body").append("later"));
    reader.note.apply(ahead.document("note").changesSince(VersionVector.EMPTY));
    Place author = new Place();
    author.type("ab");
    List<Change> changes = author.note.changes(VersionVector.EMPTY);
    reader.note.apply(changes.subList(0, 1));
    Dot first = changes.get(0).dot();
    reader.note.compare(first, HybridTimestamp.of(1_700_000_000_000L, 0));
    time.advance(1);
    reader.note.apply(changes.subList(1, 2));
    assertEquals(2, reader.note.heldCount());
    final VersionVector held = reader.note.heldVersion();
    final List<Chunk> aside = reader.store.quarantined("note");

    assertTrue(reader.replica.compact("note").done());

    assertEquals(2, reader.note.heldCount());
    assertEquals(held, reader.note.heldVersion());
    assertEquals(aside, reader.store.quarantined("note"));
    assertEquals(List.of(first), reader.store.suspects("note"));
    reader.restart();
    assertEquals(held, reader.note.heldVersion());
    time.advance(60 * MINUTE);
    assertTrue(reader.text().contains("later"), reader.text());
    assertFalse(reader.text().contains("b"), reader.text());
  }

  @Test
  void documentInDoubtIsLeftAsItIs() {
    Place place = new Place();
    place.type("mine ");
    ReplicaId old = place.replica.id();
    place.note.compare(new Dot(old, 1), HybridTimestamp.of(1_700_000_000_000L, 0));
    time.advance(MINUTE);
    assertTrue(place.note.isInDoubt());
    DocumentSize before = place.size();

    assertFalse(place.replica.compact("note").done());
    assertFalse(place.replica.mergeChunks("note").done());

    assertEquals(before, place.size());
    assertEquals(VersionVector.EMPTY, place.note.historyFloor());
    assertEquals(5, place.note.changes(VersionVector.EMPTY).size());
  }

  @Test
  void storeThatRefusesLeavesTheHistoryWhereItWas() {
    Place place = new Place();
    place.type("hello");
    byte[] history = place.note.changesSince(VersionVector.EMPTY);
    place.store.full = true;

    assertThrows(StoreException.class, () -> place.replica.compact("note"));
    assertThrows(StoreException.class, () -> place.replica.mergeChunks("note"));

    place.store.full = false;
    assertArrayEquals(history, place.note.changesSince(VersionVector.EMPTY));
    place.type("!");
    place.restart();
    assertEquals(6, place.note.changes(VersionVector.EMPTY).size());
  }

  @Test
  void compactionThatWasDoneAlthoughItFailedDoesNoHarm() {
    Place place = new Place();
    place.type("hello");
    place.store.failsAfterCommit = true;

    assertThrows(StoreException.class, () -> place.replica.compact("note"));

    place.store.failsAfterCommit = false;
    place.type("!");
    assertEquals("hello!", place.text());
    place.restart();
    assertTrue(place.replica.compact("note").done());
    place.restart();
    assertEquals("hello!", place.text());
  }

  @Test
  void compactionInsideATransactionIsRefused() {
    Place place = new Place();
    place.type("a");
    place.note.transact(
        tx -> {
          tx.text("body").append("b");
          DocumentException refused =
              assertThrows(DocumentException.class, () -> place.replica.compact("note"));
          assertEquals(DocumentException.TRANSACTION_NESTED, refused.code());
        });
    assertEquals("ab", place.text());
    assertEquals(2, place.size().chunks());
  }

  // ---- chunks

  private static List<Chunk> stored(Place place) {
    List<Chunk> chunks = new ArrayList<>();
    place.store.readChunks("note", VersionVector.EMPTY, chunks::add);
    return chunks;
  }

  @Test
  void manySmallChunksBecomeTheOneThatEverybodyWouldMake() {
    Place one = new Place();
    Place other = new Place();
    one.type("common ");
    sync(one, other);
    one.type("of one. ");
    other.type("of other. ");
    sync(one, other);
    one.type("again ");
    byte[] history = one.note.changesSince(VersionVector.EMPTY);

    CompactionReport report = one.replica.mergeChunks("note");

    assertTrue(report.done());
    assertTrue(report.before().chunks() > 20, report::toString);
    assertEquals(2, report.after().chunks());
    assertEquals(WireCodec.create().decodeBundle(history), stored(one));
    assertArrayEquals(history, one.note.changesSince(VersionVector.EMPTY));
    one.restart();
    assertArrayEquals(history, one.note.changesSince(VersionVector.EMPTY));
    assertFalse(one.replica.mergeChunks("note").done());
    sync(one, other);
    assertTrue(other.replica.mergeChunks("note").done());
    assertEquals(stored(one), stored(other));
  }

  @Test
  void chunksBehindASnapshotAreMergedByThemselves() {
    Place place = new Place();
    place.type("before");
    place.replica.compact("note");
    place.type("after");

    assertTrue(place.replica.mergeChunks("note").done());

    assertEquals(1, place.size().chunks());
    assertEquals(7, stored(place).get(0).header().firstCounter());
    place.restart();
    assertEquals("beforeafter", place.text());
  }

  @Test
  void chunkOfManyChangesIsLargeHoweverFewBytesItTakes() {
    Place place = new Place();
    for (int i = 0; i < 8_192; i++) {
      place.note.transact(tx -> tx.counter("hits").increment());
    }
    assertTrue(place.replica.mergeChunks("note").done());
    final List<Chunk> large = stored(place);
    assertEquals(1, large.size());
    assertTrue(large.get(0).size() < 1 << 15, () -> large.get(0).size() + " bytes");
    place.type("more");

    assertTrue(place.replica.mergeChunks("note").done());

    List<Chunk> now = stored(place);
    assertEquals(2, now.size());
    assertEquals(large.get(0), now.get(0));
    assertEquals(4, now.get(1).header().changeCount());
    place.restart();
  }
}
