package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples;
import dev.plait.store.Salvage;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a store is handed over, and nothing else. */
class LmdbSalvageTest {

  private static final ReplicaId IDENTITY = ReplicaId.of(5, 6);
  private static final String MARK = "a mark that is there once";
  private static final int PAGE = 4096;

  @TempDir Path directory;
  private final Set<String> written = new TreeSet<>();

  /** Names what it is given. */
  private static final class Found implements Salvage {
    final Set<String> all = new TreeSet<>();

    @Override
    public void chunk(Chunk chunk) {
      all.add("chunk " + text(chunk));
    }

    @Override
    public void quarantined(Chunk chunk) {
      all.add("quarantined " + text(chunk));
    }

    @Override
    public void snapshot(StoredSnapshot snapshot) {
      all.add("snapshot " + snapshot.document() + " " + Arrays.toString(snapshot.bytes()));
    }

    @Override
    public void identity(ReplicaId id) {
      all.add("identity " + id);
    }

    @Override
    public void suspect(String document, Dot change) {
      all.add("suspect " + document + " " + change);
    }

    private static String text(Chunk chunk) {
      return chunk.header() + " " + Arrays.hashCode(chunk.bytes());
    }
  }

  @BeforeEach
  void write() {
    Found expected = new Found();
    try (LmdbStore store = LmdbStore.open(directory)) {
      store.commit(StoreBatch.builder().identity(IDENTITY).build());
      expected.identity(IDENTITY);
      for (int i = 1; i <= 300; i++) {
        Chunk chunk = StoreSamples.chunk("document " + i % 3, i, i % 50 == 0 ? 20_000 : 40);
        Chunk aside = StoreSamples.chunk("document " + i % 3, 1000 + i, 30);
        store.commit(StoreBatch.builder().append(chunk).quarantine(aside).build());
        expected.chunk(chunk);
        expected.quarantined(aside);
      }
      Dot suspect = new Dot(StoreSamples.REPLICA, 7);
      StoredSnapshot snapshot =
          new StoredSnapshot(
              "marked", VersionVector.EMPTY, MARK.getBytes(StandardCharsets.US_ASCII));
      store.commit(StoreBatch.builder().suspect("document 1", suspect).snapshot(snapshot).build());
      expected.suspect("document 1", suspect);
      expected.snapshot(snapshot);
      // What was there and is no more.
      store.commit(StoreSamples.appending(StoreSamples.chunk("deleted", 1, 500)));
      store.commit(StoreBatch.builder().delete("deleted").build());
    }
    written.addAll(expected.all);
  }

  private byte[] data() throws IOException {
    return Files.readAllBytes(Environment.data(directory));
  }

  private StoreCheck salvage(byte[] damaged, Found found) throws IOException {
    Files.write(Environment.data(directory), damaged);
    StoreCheck check = LmdbStore.salvage(directory, found);
    assertArrayEquals(damaged, data());
    return check;
  }

  @Test
  void ofASoundStoreExactlyWhatCountsIsHandedOver() throws IOException {
    Found found = new Found();
    StoreCheck check = salvage(data(), found);
    assertEquals(written, found.all);
    assertTrue(check.isSound(), check::toString);
    assertEquals(4, check.documents());
    // Besides those, the four documents' entries.
    assertEquals(written.size() + 4, check.records());
  }

  @Test
  void aDamagedRecordIsLeftOutAndAllOthersAreHandedOver() throws IOException {
    byte[] bytes = data();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK);
    bytes[at + 5] ^= 4;
    Found found = new Found();
    StoreCheck check = salvage(bytes, found);
    Set<String> others = new TreeSet<>(written);
    assertTrue(others.removeIf(name -> name.startsWith("snapshot")));
    assertEquals(others, found.all);
    assertFalse(check.isSound());
  }

  @Test
  void withoutMetaPagesEverythingIsHandedOver() throws IOException {
    byte[] bytes = data();
    Arrays.fill(bytes, 0, 2 * PAGE, (byte) 0);
    assertThrows(
        StoreException.Corrupt.class,
        () -> {
          Files.write(Environment.data(directory), bytes);
          LmdbStore.open(directory);
        });
    Found found = new Found();
    assertFalse(salvage(bytes, found).isSound());
    assertTrue(found.all.containsAll(written));
  }

  @Test
  void whateverIsZeroedNothingIsMadeUp() throws IOException {
    Set<String> ever = new TreeSet<>(written);
    Found deleted = new Found();
    deleted.chunk(StoreSamples.chunk("deleted", 1, 500));
    ever.addAll(deleted.all);
    byte[] sound = data();
    for (int seed = 0; seed < 100; seed++) {
      byte[] bytes = sound.clone();
      int page = new Random(seed).nextInt(bytes.length / PAGE);
      Arrays.fill(bytes, page * PAGE, (page + 1) * PAGE, (byte) 0);
      Found found = new Found();
      salvage(bytes, found);
      assertTrue(ever.containsAll(found.all), "made up with page " + page);
      assertTrue(found.all.size() > written.size() - PAGE / 40, "lost with page " + page);
    }
  }

  @Test
  void anOpenStoreIsNotSalvaged() {
    try (LmdbStore store = LmdbStore.open(directory)) {
      assertThrows(StoreException.Locked.class, () -> LmdbStore.salvage(directory, new Found()));
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
    }
  }

  @Test
  void whereThereIsNoStoreNothingIsMade() {
    Path missing = directory.resolve("missing");
    assertThrows(StoreException.InputOutput.class, () -> LmdbStore.salvage(missing, new Found()));
    assertFalse(Files.exists(missing));
  }
}
