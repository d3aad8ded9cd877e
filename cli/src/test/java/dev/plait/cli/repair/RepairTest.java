package dev.plait.cli.repair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.cli.ExitCode;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.store.ChangeStore;
import dev.plait.store.Salvage;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300) // seconds; only so that a deadlock ends
final class RepairTest extends RepairScene {

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
