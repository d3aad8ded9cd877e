package dev.plait.cli.repair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.cli.ExitCode;
import dev.plait.cli.Plait;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.Salvage;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import dev.plait.transport.grpc.GrpcServer;
import dev.plait.value.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300) // seconds; only so that a deadlock ends
final class RepairTest {
  private static final ReplicaId AUTHOR = ReplicaId.of(7, 7);
  private static final String PLANTED = "a phrase that is easy to find";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private volatile @Nullable String stuck;
  private final Replica peer =
      Replica.builder().store(stuckOn(InMemoryStore.empty(), () -> this.stuck)).build();
  private GrpcServer server;
  private int port;

  @BeforeEach
  void listen() {
    server = GrpcServer.builder().start((transport, policy, who) -> peer.accept(transport));
    port = server.port();
  }

  @AfterEach
  void close() {
    server.close();
    peer.close();
  }

  /** A store that takes no changes of one document. */
  private static ChangeStore stuckOn(ChangeStore store, Supplier<@Nullable String> document) {
    return (ChangeStore)
        Proxy.newProxyInstance(
            RepairTest.class.getClassLoader(),
            new Class<?>[] {ChangeStore.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof StoreBatch batch
                  && batch.chunks().stream()
                      .anyMatch(chunk -> chunk.header().document().equals(document.get()))) {
                throw new StoreException.Full("no room for this one", null);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private int plait(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return Plait.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private int repair(Path data) {
    return plait("repair", data, "--from", "127.0.0.1:" + port);
  }

  private String said() {
    return out + "\n" + err;
  }

  private static ChangeStore open(Path data, String kind) {
    DataDirectory place = new DataDirectory(data);
    return kind.equals("lmdb") ? place.openLmdb() : place.openSqlite();
  }

  private interface Use {
    void of(Replica replica);
  }

  private static void with(Path data, String kind, Use use) {
    try (ChangeStore store = open(data, kind)) {
      if (store.identity() == null) {
        store.commit(StoreBatch.builder().identity(AUTHOR).build());
      }
      try (Replica replica = Replica.builder().store(store).build()) {
        use.of(replica);
      }
    }
  }

  private static void write(Replica replica, String document, String text) {
    replica.document(document).transact(tx -> tx.text("body").append(text));
  }

  private static String text(Replica replica, String document) {
    return replica.document(document).text("body").toString();
  }

  /** A store with what the peer has, too, and with what only it has. */
  private Path written(String kind) {
    Path data = directory.resolve("written");
    with(
        data,
        kind,
        replica -> {
          write(replica, "shared", "known ");
          write(replica, "damaged", PLANTED);
          peer.document("shared")
              .apply(replica.document("shared").changesSince(VersionVector.EMPTY));
          peer.document("damaged")
              .apply(replica.document("damaged").changesSince(VersionVector.EMPTY));
          write(peer, "shared", "theirs ");
          write(replica, "shared", "unsynced ");
          write(replica, "own", "seen by nobody ");
          write(replica, "own", "at all");
          replica.document("own").transact(tx -> tx.set("tags").add(Value.of("draft")));
        });
    return data;
  }

  private static Path file(Path data, String kind) {
    return kind.equals("lmdb")
        ? data.resolve("plait.lmdb").resolve("data.mdb")
        : data.resolve("plait.db");
  }

  /** Turns a bit of every copy of a text that is in the file. */
  private static void damage(Path file, String planted) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = content.indexOf(planted);
    assertTrue(at > 0, "short texts are stored as they are");
    for (; at > 0; at = content.indexOf(planted, at + 1)) {
      bytes[at] ^= 4;
    }
    Files.write(file, bytes);
  }

  private static List<String> content(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertEqualToPeer(Path data, String kind) {
    with(
        data,
        kind,
        replica -> {
          assertEquals(peer.documents(), replica.documents());
          for (String name : peer.documents()) {
            assertArrayEquals(
                peer.document(name).canonicalBytes(), replica.document(name).canonicalBytes());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void aDamagedStoreIsMadeWholeAndWhatNobodyHadReachesThePeer(String kind) throws IOException {
    Path data = written(kind);
    damage(file(data, kind), PLANTED);
    assertEquals(ExitCode.CORRUPT, plait("verify", data));

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertEquals("known unsynced theirs ".length(), text(peer, "shared").length());
    assertTrue(text(peer, "shared").contains("unsynced"), text(peer, "shared"));
    assertEquals("seen by nobody at all", text(peer, "own"));
    assertEquals(PLANTED, text(peer, "damaged"));
    assertEqualToPeer(data, kind);
    assertTrue(out.toString().contains("damaged: "), this::said);
    assertTrue(out.toString().contains("from the peer: 2 documents, 3 changes"), this::said);
    assertTrue(
        out.toString().contains("saved, which the peer did not have: 4 changes, 4 of them made"),
        this::said);
    assertTrue(out.toString().contains("and was " + AUTHOR), this::said);
    assertTrue(
        out.toString().contains("is kept in " + data.resolve("plait.damaged-1")), this::said);
    assertEquals(ExitCode.OK, plait("verify", data), this::said);
    try (ChangeStore store = open(data, kind)) {
      assertNotEquals(AUTHOR, store.identity());
      assertTrue(store.formerIdentities().contains(AUTHOR));
      assertFalse(store.isCopy());
    }
    assertFalse(Files.exists(data.resolve("plait.repair")));
    assertEquals(ExitCode.CORRUPT, plait("verify", data.resolve("plait.damaged-1")), this::said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void theRepairedReplicaGoesOnWritingAndSyncing(String kind) throws IOException {
    Path data = written(kind);
    damage(file(data, kind), PLANTED);
    assertEquals(ExitCode.OK, repair(data), this::said);
    with(data, kind, replica -> write(replica, "shared", "afterwards"));
    damage(file(data, kind), PLANTED);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertTrue(text(peer, "shared").endsWith("afterwards"), text(peer, "shared"));
    assertEqualToPeer(data, kind);
    assertTrue(Files.exists(data.resolve("plait.damaged-2")));
    try (ChangeStore store = open(data, kind)) {
      assertTrue(store.formerIdentities().contains(AUTHOR), "who wrote before the first repair");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void whatWasAcknowledgedAndIsGoneIsFetchedFromThePeer(String kind) throws IOException {
    Path data = written(kind);
    Path older = directory.resolve("older");
    Files.copy(file(data, kind), older);
    with(
        data,
        kind,
        replica -> {
          write(replica, "shared", "acknowledged");
          peer.document("shared")
              .apply(replica.document("shared").changesSince(VersionVector.EMPTY));
        });
    Files.copy(older, file(data, kind), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(ExitCode.LOST_ACKNOWLEDGED, plait("verify", data), this::said);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertTrue(text(peer, "shared").contains("acknowledged"), text(peer, "shared"));
    assertEquals("seen by nobody at all", text(peer, "own"));
    assertEqualToPeer(data, kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void aStoreWhoseFirstPagesAreZeroedIsMadeWholeFromWhatFollows(String kind) throws IOException {
    Path data = written(kind);
    byte[] bytes = Files.readAllBytes(file(data, kind));
    Arrays.fill(bytes, 0, kind.equals("lmdb") ? 8192 : 4096, (byte) 0);
    Files.write(file(data, kind), bytes);

    int code = repair(data);

    assertEquals(ExitCode.OK, code, this::said);
    assertTrue(text(peer, "shared").contains("unsynced"), this::said);
    assertEqualToPeer(data, kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void aStoreThatIsGoneButForItsHeadIsFetchedFromThePeer(String kind) throws IOException {
    Path data = written(kind);
    Files.delete(file(data, kind));
    assertEquals(ExitCode.LOST_ACKNOWLEDGED, plait("verify", data), this::said);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertTrue(out.toString().contains("who it was could not be read"), this::said);
    assertEqualToPeer(data, kind);
  }

  @Test
  void changesWhoseForerunnersNobodyHasAreReportedAndKept() throws IOException {
    Path data = directory.resolve("gap");
    with(
        data,
        "sqlite",
        replica -> {
          write(replica, "d", "one ");
          write(replica, "d", PLANTED);
          write(replica, "d", "three");
        });
    damage(file(data, "sqlite"), PLANTED);

    assertEquals(ExitCode.CHECK_FAILED, repair(data), this::said);

    assertTrue(
        out.toString()
            .contains(
                "not saved: document \"d\": changes 3 to 3 of replica "
                    + AUTHOR
                    + " were read, but can't be applied: what comes before is neither"),
        this::said);
    assertEquals("one ", text(peer, "d"));
    assertEqualToPeer(data, "sqlite");
    assertTrue(Files.exists(data.resolve("plait.damaged-1").resolve("plait.db")));
  }

  /** A replica that was restored from a backup and went on, and a peer that knows what was lost. */
  private Path restored(String kind) throws IOException {
    return restored(kind, replica -> {});
  }

  private Path restored(String kind, Use also) throws IOException {
    Path data = directory.resolve("restored");
    with(
        data,
        kind,
        replica -> {
          write(replica, "d", "common ");
          write(replica, "damaged", PLANTED);
        });
    List<Chunk> backup = new ArrayList<>();
    try (ChangeStore original = open(data, kind)) {
      original.readChunks("d", VersionVector.EMPTY, backup::add);
    }
    try (Replica same = asAuthor(backup)) {
      write(same, "d", "since the backup ");
      peer.document("d").apply(same.document("d").changesSince(VersionVector.EMPTY));
    }
    with(
        data,
        kind,
        replica -> {
          write(replica, "d", "unnoticed ");
          write(replica, "d", "branch");
          also.of(replica);
        });
    damage(file(data, kind), PLANTED);
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void whatARestoredBackupWroteUnnoticedIsSavedUnderOtherNames(String kind) throws IOException {
    Path data = restored(kind);

    assertEquals(ExitCode.OK, repair(data), this::said);

    String text = text(peer, "d");
    for (String part : List.of("common ", "since the backup ", "unnoticed branch")) {
      assertEquals(1, text.split(part, -1).length - 1, text);
    }
    assertTrue(
        out.toString().contains("saved under other names: document \"d\": 2 changes"), this::said);
    assertEqualToPeer(data, kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void aBranchIsMadeAgainOnceAlsoWhenTheRepairIsCutShortAfterThat(String kind) throws IOException {
    Path data = restored(kind, replica -> write(replica, "own", "seen by nobody"));
    stuck = "own";

    assertEquals(
        ExitCode.BAD_INPUT,
        plait("repair", data, "--from", "127.0.0.1:" + port, "--timeout-s", "3"),
        this::said);
    assertTrue(err.toString().contains("run the same command again"), this::said);
    assertTrue(text(peer, "d").contains("unnoticed branch"), "the peer has it already");
    assertEquals(ExitCode.BAD_INPUT, plait("verify", data), "nobody else opens it meanwhile");
    stuck = null;
    assertEquals(ExitCode.OK, repair(data), this::said);

    String text = text(peer, "d");
    for (String part : List.of("common ", "since the backup ", "unnoticed branch")) {
      assertEquals(1, text.split(part, -1).length - 1, text);
    }
    assertEquals("seen by nobody", text(peer, "own"));
    assertTrue(
        out.toString().contains("saved under other names: document \"d\": 2 changes"), this::said);
    assertTrue(out.toString().contains("from the peer: "), this::said);
    assertTrue(
        out.toString().contains("saved, which the peer did not have: 1 change, 1 of them made"),
        this::said);
    assertEqualToPeer(data, kind);
    assertFalse(Files.exists(data.resolve("plait.repair")));
  }

  /** Stale copies of records stay in free pages, and are all that is read of an unsound file. */
  @Test
  void aChunkInWhosePlaceASnapshotWasPutIsNotSalvaged() throws IOException {
    Path data = directory.resolve("compacted");
    with(
        data,
        "lmdb",
        replica -> {
          write(replica, "damaged", PLANTED);
          write(replica, "d", "one");
          replica.compact("d");
        });
    damage(file(data, "lmdb"), PLANTED);
    byte[] bytes = Files.readAllBytes(file(data, "lmdb"));
    Arrays.fill(bytes, 0, 8192, (byte) 0); // both of the pages that lead to all others
    Files.write(file(data, "lmdb"), bytes);
    DataDirectory place = new DataDirectory(data);
    List<String> found = new ArrayList<>();
    place.salvage(
        new Salvage() {
          @Override
          public void identity(ReplicaId replica) {}

          @Override
          public void chunk(Chunk chunk) {
            found.add(chunk.header().document());
          }

          @Override
          public void quarantined(Chunk chunk) {}

          @Override
          public void suspect(String document, Dot change) {}

          @Override
          public void snapshot(StoredSnapshot snapshot) {}
        });
    assertTrue(found.contains("d"), "there is a stale copy to be left out");

    Salvaged salvaged = Salvaged.of(place, header -> true, state -> true).salvaged();

    Salvaged.Pieces pieces = salvaged.documents().get("d");
    assertNotNull(pieces);
    assertEquals(List.of(), pieces.chunks);
    assertEquals(1, pieces.snapshots.get(0).version().get(AUTHOR));
  }

  /** What a power loss may leave when the names of a directory come to the disk in any order. */
  @Test
  void anExchangeWhoseReportIsLostIsFinishedAllTheSame() throws IOException {
    Path data = written("sqlite");
    damage(file(data, "sqlite"), PLANTED);
    DataDirectory place = new DataDirectory(data);
    try (Workshop workshop = Workshop.in(place)) {
      with(workshop.begin().path(), "sqlite", replica -> write(replica, "new", "whole"));
      Path aside = Files.createDirectories(place.repairPlace().resolve("damaged"));
      Files.move(data.resolve("plait.db"), aside.resolve("plait.db"));
      workshop.clear();
      assertTrue(Files.exists(place.repairPlace().resolve("new").resolve("plait.db")));
    }
    server.close();

    assertEquals(ExitCode.CHECK_FAILED, repair(data), this::said);

    assertTrue(out.toString().startsWith("not saved: perhaps something"), this::said);
    assertEquals(ExitCode.OK, plait("verify", data), this::said);
    with(data, "sqlite", replica -> assertEquals("whole", text(replica, "new")));
    assertTrue(Files.exists(data.resolve("plait.damaged-1").resolve("plait.db")));
  }

  @Test
  void aBranchThatThePeerCanNotTellApartAnyMoreIsReported() throws IOException {
    Path data = restored("sqlite");
    peer.compact("d");

    int code = plait("repair", data, "--from", "127.0.0.1:" + port, "--timeout-s", "15");

    assertEquals(ExitCode.CHECK_FAILED, code, this::said);
    assertTrue(out.toString().contains("not saved: document \"d\": "), this::said);
    assertTrue(Files.exists(data.resolve("plait.damaged-1")));
    assertEquals(ExitCode.OK, plait("verify", data), this::said);
    assertEqualToPeer(data, "sqlite");
  }

  private static Replica asAuthor(List<Chunk> chunks) {
    ChangeStore store = InMemoryStore.empty();
    StoreBatch.Builder batch = StoreBatch.builder().identity(AUTHOR);
    chunks.forEach(batch::append);
    store.commit(batch.build());
    return Replica.builder().store(store).build();
  }

  @Test
  void aPeerThatIsNotThereChangesNothing() throws IOException {
    Path data = written("sqlite");
    damage(file(data, "sqlite"), PLANTED);
    byte[] before = Files.readAllBytes(file(data, "sqlite"));
    List<String> files = content(data);
    server.close();

    assertEquals(
        ExitCode.BAD_INPUT,
        plait("repair", data, "--from", "127.0.0.1:" + port, "--timeout-s", "1"));

    assertTrue(err.toString().contains("the damaged store is as it was"), this::said);
    assertArrayEquals(before, Files.readAllBytes(file(data, "sqlite")));
    assertEquals(files, content(data));
  }

  @Test
  void aSoundStoreIsLeftAlone() throws IOException {
    Path data = written("lmdb");
    List<String> files = content(data);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertTrue(out.toString().startsWith("sound: there is nothing to repair"), this::said);
    assertEquals(files, content(data));
    assertFalse(peer.documents().contains("own"));
  }

  @Test
  void aStoreThatIsInUseOrNotThereIsNotRepaired() throws IOException {
    Path data = written("sqlite");
    try (ChangeStore store = open(data, "sqlite")) {
      assertEquals(ExitCode.BAD_INPUT, repair(data));
      assertTrue(err.toString().contains("is open already"), this::said);
      assertEquals(AUTHOR, store.identity());
    }
    assertFalse(Files.exists(data.resolve("plait.repair")));
    assertEquals(ExitCode.BAD_INPUT, repair(directory.resolve("absent")));
    assertTrue(err.toString().contains("holds no store"), this::said);
    assertEquals(ExitCode.BAD_INPUT, plait("repair", data));
    assertTrue(err.toString().contains("--from"), this::said);
  }

  @Test
  void nobodyOpensAStoreWhoseRepairWasCutShort() throws IOException {
    Path data = written("sqlite");
    damage(file(data, "sqlite"), PLANTED);
    DataDirectory place = new DataDirectory(data);
    try (Workshop workshop = Workshop.in(place)) {
      assertEquals(ExitCode.BAD_INPUT, repair(data));
      assertTrue(err.toString().contains("is being repaired already"), this::said);
      Files.writeString(workshop.begin().path().resolve("plait.db"), "half of a store");
    }
    assertEquals(ExitCode.BAD_INPUT, plait("verify", data));
    assertTrue(err.toString().contains("run plait repair again"), this::said);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertEqualToPeer(data, "sqlite");
    assertEquals("seen by nobody at all", text(peer, "own"));
  }

  /** The steps of the exchange, each of which may be the last one before a crash. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anExchangeThatWasCutShortIsFinishedWithoutAPeer(int steps) throws IOException {
    Path data = written("sqlite");
    damage(file(data, "sqlite"), PLANTED);
    DataDirectory place = new DataDirectory(data);
    byte[] damaged = Files.readAllBytes(file(data, "sqlite"));
    try (Workshop workshop = Workshop.in(place)) {
      Path built = workshop.begin().path();
      with(built, "sqlite", replica -> write(replica, "new", "whole"));
      workshop.complete("not saved: something\n");
      assertEquals("not saved: something\n", workshop.report());
      Path aside = place.repairPlace().resolve("damaged");
      if (steps == 1) { // some of the files have moved
        Files.createDirectories(aside);
        Files.move(data.resolve("plait.db"), aside.resolve("plait.db"));
      }
      if (steps > 1) {
        workshop.takeAside();
        assertFalse(Files.exists(data.resolve("plait.db")));
      }
      if (steps == 3) { // some of the new files are in place
        Files.move(built.resolve("plait.db"), data.resolve("plait.db"));
      }
    }
    server.close();

    assertEquals(ExitCode.CHECK_FAILED, repair(data), this::said);

    assertTrue(out.toString().startsWith("not saved: something"), this::said);
    assertEquals(ExitCode.OK, plait("verify", data), this::said);
    with(data, "sqlite", replica -> assertEquals("whole", text(replica, "new")));
    assertArrayEquals(
        damaged, Files.readAllBytes(data.resolve("plait.damaged-1").resolve("plait.db")));
    assertFalse(Files.exists(place.repairPlace()));
  }

  @Test
  void documentsOfThePeerThatWereNeverHereComeToo() throws IOException {
    Path data = written("lmdb");
    write(peer, "new to us", "hello");
    Document untouched = peer.document("new to us");
    damage(file(data, "lmdb"), PLANTED);

    assertEquals(ExitCode.OK, repair(data), this::said);

    assertEqualToPeer(data, "lmdb");
    assertEquals(1, untouched.versionVector().size());
    assertTrue(peer.documents().contains("own"));
  }
}
