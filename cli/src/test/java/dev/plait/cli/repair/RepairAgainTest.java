package dev.plait.cli.repair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.cli.ExitCode;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.VersionVector;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repairs that were cut short, and changes that a restored backup made without knowing. */
@Timeout(300) // seconds; only so that a deadlock ends
final class RepairAgainTest extends RepairScene {

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

  private static Replica asAuthor(List<Chunk> chunks) {
    ChangeStore store = InMemoryStore.empty();
    StoreBatch.Builder batch = StoreBatch.builder().identity(AUTHOR);
    chunks.forEach(batch::append);
    store.commit(batch.build());
    return Replica.builder().store(store).build();
  }
}
