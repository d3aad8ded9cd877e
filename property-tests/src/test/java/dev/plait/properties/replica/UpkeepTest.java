package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaException;
import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import dev.plait.wire.WireCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replica does of itself to keep documents small. */
final class UpkeepTest {
  private static final long MINUTE = 60_000;
  private static final CompactionPolicy NONE = CompactionPolicy.none();

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final InMemoryDisk disk = new InMemoryDisk();
  private FailingStore store = new FailingStore(InMemoryStore.open(disk));

  private Document note(CompactionPolicy policy) {
    return replica(store, 1, policy).document("note");
  }

  private Replica replica(ChangeStore keeper, int seed, CompactionPolicy policy) {
    return Replica.builder()
        .store(keeper)
        .scheduler(time)
        .time(time)
        .random(new Random(seed))
        .compaction(policy)
        .build();
  }

  /** A peer that keeps all there is. */
  private Replica archive() {
    return replica(InMemoryStore.empty(), 2, NONE);
  }

  private void meet(Replica one, Replica other) {
    one.connect(new Lines(time, other::accept));
    time.advance(MINUTE);
    assertTrue(one.isInSync());
  }

  private static void type(Document note, int letters) {
    for (int i = 0; i < letters; i++) {
      note.transact(tx -> tx.text("body").append("x"));
    }
  }

  private long chunks() {
    return store.size("note").chunks();
  }

  @Test
  void chunksAreMergedInTheBackgroundWhenThereAreMany() {
    Document note = note(NONE.withChunks(10));

    type(note, 9);
    time.advance(MINUTE);
    assertEquals(9, chunks());
    type(note, 3);
    assertEquals(12, chunks());
    time.advance(1);

    assertEquals(1, chunks());
    assertEquals(12, note.changes(VersionVector.EMPTY).size());
    type(note, 9);
    time.advance(MINUTE);
    assertEquals(10, chunks());
    type(note, 1);
    time.advance(MINUTE);
    assertEquals(1, chunks());
  }

  @Test
  void chunksOfAnEarlierRunAreMergedWhenTheDocumentIsLoaded() {
    type(note(NONE), 40);
    store.close();
    store = new FailingStore(InMemoryStore.open(disk));

    Document again = note(NONE.withChunks(10));
    assertEquals("x".repeat(40), again.text("body").toString());
    time.advance(1);

    assertEquals(1, chunks());
  }

  @Test
  void historyIsGivenUpWhenItIsLargeByItselfAndBesideTheState() {
    Replica replica = replica(store, 1, NONE.withHistory(2_000, 3));
    Document note = replica.document("note");
    meet(replica, archive());

    type(note, 20);
    time.advance(MINUTE);
    assertEquals(VersionVector.EMPTY, note.historyFloor());
    type(note, 1_000);
    note.transact(tx -> tx.text("body").delete(0, tx.text("body").length()));
    time.advance(MINUTE);

    assertEquals(note.versionVector(), note.historyFloor());
    assertEquals(0, chunks());
    assertTrue(store.size("note").snapshotBytes() > 0);
  }

  @Test
  void historyThatNoPeerHasIsKeptUntilOneHasIt() {
    Replica replica = replica(store, 1, NONE.withHistory(2_000, 1));
    Document note = replica.document("note");
    type(note, 1_000);
    note.transact(tx -> tx.text("body").delete(0, tx.text("body").length()));
    time.advance(MINUTE);
    assertEquals(VersionVector.EMPTY, note.historyFloor());
    assertEquals(1_001, chunks());

    meet(replica, archive());

    assertEquals(note.versionVector(), note.historyFloor());
    assertEquals(0, chunks());
  }

  @Test
  void whatPeersSaidBeforeTheReplicaWasOpenedDoesNotCount() {
    Replica first = replica(store, 1, NONE);
    type(first.document("note"), 1_000);
    Replica archive = archive();
    meet(first, archive);
    first.close();
    store.close();
    store = new FailingStore(InMemoryStore.open(disk));
    Replica again = replica(store, 3, NONE.withHistory(2_000, 1));
    Document note = again.document("note");

    note.transact(tx -> tx.text("body").delete(0, tx.text("body").length()));
    time.advance(MINUTE);
    assertEquals(VersionVector.EMPTY, note.historyFloor());
    meet(again, archive);

    assertEquals(note.versionVector(), note.historyFloor());
  }

  @Test
  void historyOfOthersIsGivenUpWithoutAskingAnybody() {
    Replica author = archive();
    type(author.document("note"), 1_000);
    Document note = note(NONE.withHistory(2_000, 1));

    author.document("note").transact(tx -> tx.text("body").delete(0, 1_000));
    for (Change change : author.document("note").changes(VersionVector.EMPTY)) {
      note.apply(List.of(change));
    }
    time.advance(MINUTE);

    assertEquals(note.versionVector(), note.historyFloor());
  }

  /** The peer may hold fewer changes of the shared name than the restored replica, or more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3_000})
  void restoredBackupThatWritesALotBeforeItMeetsAPeerLosesNothing(int since) {
    Replica original = replica(store, 1, NONE);
    type(original.document("note"), 10);
    InMemoryDisk backup = disk.copy();
    for (int i = 0; i < since; i++) {
      original.document("note").transact(tx -> tx.text("body").append("y"));
    }
    Replica archive = archive();
    meet(original, archive);
    original.close();

    ChangeStore restored = InMemoryStore.open(backup);
    Replica copy = replica(restored, 3, NONE.withHistory(2_000, 1));
    Document note = copy.document("note");
    type(note, 1_000);
    note.transact(tx -> tx.text("body").delete(0, 990));
    time.advance(MINUTE);
    assertEquals(VersionVector.EMPTY, note.historyFloor());
    meet(copy, archive);

    assertFalse(note.isInDoubt());
    String text = note.text("body").toString();
    assertEquals(since, text.chars().filter(letter -> letter == 'y').count());
    assertEquals(20, text.chars().filter(letter -> letter == 'x').count());
    assertEquals(text, archive.document("note").text("body").toString());
  }

  @Test
  void historyThatIsSmallBesideTheStateIsKept() {
    Document note = note(NONE.withHistory(0, 1_000));

    type(note, 200);
    time.advance(MINUTE);

    assertEquals(VersionVector.EMPTY, note.historyFloor());
    assertEquals(200, chunks());
  }

  @Test
  void withoutAPolicyNothingHappens() {
    Document note = note(NONE);

    type(note, 2_000);
    time.advance(MINUTE);

    assertEquals(2_000, chunks());
  }

  @Test
  void failureIsReportedAndItIsTriedAgainLater() {
    Document note = note(NONE.withChunks(10));
    type(note, 20);
    List<Throwable> reported = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, thrown) -> reported.add(thrown));
    try {
      store.full = true;
      time.advance(1);
      assertEquals(1, reported.size());
      assertInstanceOf(StoreException.Full.class, reported.get(0));
      assertEquals(20, chunks());
      store.full = false;
      time.advance(10 * MINUTE);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertEquals(1, reported.size());
    assertEquals(1, chunks());
    type(note, 10);
    time.advance(1);
    assertEquals(1, chunks());
  }

  @Test
  void aStateThatIsTooLargeForASnapshotIsLeftAloneUntilTheHistoryHasDoubled() {
    Replica replica =
        Replica.builder()
            .store(store)
            .scheduler(time)
            .time(time)
            .random(new Random(1))
            .codec(WireCodec.create(Limits.builder().maxSnapshotBytes(300).build()))
            .compaction(NONE.withHistory(2_000, 1))
            .build();
    Document note = replica.document("note");
    meet(replica, archive());
    List<Throwable> reported = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, thrown) -> reported.add(thrown));
    try {
      type(note, 1_000);
      time.advance(10 * MINUTE);
      assertEquals(List.of(), reported);
      assertEquals(VersionVector.EMPTY, note.historyFloor());
      note.transact(tx -> tx.text("body").delete(0, 1_000));
      time.advance(MINUTE);
      assertEquals(VersionVector.EMPTY, note.historyFloor());
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(), reported);
  }

  /** Runs tasks when it is told to, also inside of a task. */
  private static final class Tasks implements Scheduler {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      waiting.add(task);
    }

    @Override
    public Cancellable after(long millis, Runnable task) {
      waiting.add(task);
      return () -> waiting.remove(task);
    }

    void run(int atMost) {
      for (int i = 0; i < atMost && !waiting.isEmpty(); i++) {
        waiting.remove().run();
      }
    }
  }

  @Test
  void aPeersWordThatComesWhileTheHistoryIsLookedAtIsNotLost() {
    Tasks tasks = new Tasks();
    Replica replica =
        Replica.builder()
            .store(store)
            .scheduler(tasks)
            .time(time)
            .random(new Random(1))
            .compaction(NONE.withHistory(2_000, 1))
            .build();
    Replica archive =
        Replica.builder()
            .store(InMemoryStore.empty())
            .scheduler(tasks)
            .time(time)
            .random(new Random(2))
            .compaction(NONE)
            .build();
    Document note = replica.document("note");
    type(note, 1_000);
    note.transact(tx -> tx.text("body").delete(0, 1_000));
    int[] asked = {0};
    store.onSize =
        () -> {
          if (++asked[0] == 3) { // it has found that nobody holds the changes, and is about to end
            replica.connect(new Lines(tasks, archive::accept));
            tasks.run(10_000);
            assertTrue(replica.isInSync());
          }
        };

    tasks.run(1);
    assertEquals(VersionVector.EMPTY, note.historyFloor());
    tasks.run(10_000);

    assertEquals(note.versionVector(), note.historyFloor());
    int all = asked[0];
    tasks.run(10_000);
    assertEquals(all, asked[0], "there is nothing more to ask");
  }

  @Test
  void policiesThatMakeNoSenseAreRefused() {
    CompactionPolicy policy = CompactionPolicy.defaults();
    assertThrows(ReplicaException.class, () -> policy.withChunks(1));
    assertThrows(ReplicaException.class, () -> policy.withHistory(-1, 1));
    ReplicaException refused = assertThrows(ReplicaException.class, () -> policy.withHistory(1, 0));
    assertEquals(ReplicaException.INVALID_COMPACTION, refused.code());
  }
}
