package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can still be read of files that were damaged. */
class SqliteSalvageTest {

  private static final int PAGE = SqliteLayout.PAGE_BYTES;
  private static final int DOCUMENTS = 30;
  private static final int CHUNKS = 12;

  @TempDir Path directory;
  private Path path;
  private Path log;
  private Set<Object> written;

  /** What was handed over. */
  private static final class Taken implements Salvage {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void identity(ReplicaId replica) {
      all.add(replica);
    }

    @Override
    public void chunk(Chunk chunk) {
      all.add(List.of(chunk.header(), chunk));
    }

    @Override
    public void quarantined(Chunk chunk) {
      all.add(List.of("aside", chunk.header(), chunk));
    }

    @Override
    public void suspect(String document, Dot change) {
      all.add(List.of(document, change));
    }

    @Override
    public void snapshot(StoredSnapshot snapshot) {
      all.add(snapshot);
    }
  }

  /** Rows of all kinds and lengths on some hundred pages, and room where there were others. */
  @BeforeEach
  void writeAStore() throws IOException {
    path = directory.resolve("salvaged.db");
    log = directory.resolve("salvaged.db-wal");
    try (SqliteStore store = SqliteStore.open(path)) {
      StoreBatch.Builder first = StoreBatch.builder().identity(StoreSamples.REPLICA);
      for (int d = 0; d < DOCUMENTS; d++) {
        first.append(StoreSamples.chunk("deleted/" + d, 1, 700));
      }
      store.commit(first.clock(HybridTimestamp.MIN_VALID).build());
      for (int d = 0; d < DOCUMENTS; d++) {
        StoreBatch.Builder batch = StoreBatch.builder();
        for (int c = 1; c <= CHUNKS; c++) {
          batch.append(StoreSamples.chunk("d" + d, c, c == CHUNKS ? d * 1000 : 10 + 40 * c));
        }
        batch.quarantine(StoreSamples.chunk("d" + d, 90, 33));
        batch.suspect("d" + d, new Dot(StoreSamples.REPLICA, 77));
        store.commit(batch.build());
        store.commit(
            StoreBatch.builder().snapshot(snapshot("s" + d, d)).delete("deleted/" + d).build());
      }
      written = contents(store);
    }
    assertEquals(1 + DOCUMENTS * (CHUNKS + 3), written.size());
  }

  private static StoredSnapshot snapshot(String document, int size) {
    byte[] bytes = "a snapshot ".repeat(1 + 60 * size).getBytes(StandardCharsets.US_ASCII);
    return new StoredSnapshot(document, VersionVector.of(new Dot(StoreSamples.REPLICA, 9)), bytes);
  }

  private static Set<Object> contents(SqliteStore store) {
    Taken taken = new Taken();
    taken.identity(StoreSamples.REPLICA);
    for (String document : store.documents("")) {
      store.readChunks(document, VersionVector.EMPTY, taken::chunk);
      store.quarantined(document).forEach(taken::quarantined);
      store.suspects(document).forEach(change -> taken.suspect(document, change));
      StoredSnapshot snapshot = store.snapshot(document);
      if (snapshot != null) {
        taken.snapshot(snapshot);
      }
    }
    return new HashSet<>(taken.all);
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private StoreCheck salvage(Taken taken) throws IOException {
    Map<String, byte[]> before = files();
    StoreCheck check = SqliteStore.salvage(path, taken);
    Map<String, byte[]> after = files();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, content) -> assertArrayEquals(content, after.get(name), name));
    return check;
  }

  /** Gives what was written and is not handed over; all that is must have been written. */
  private Set<Object> missing(Taken taken) {
    Set<Object> missing = new HashSet<>(written);
    for (Object record : taken.all) {
      boolean known = written.contains(record) || isOfDeleted(record);
      assertTrue(known, () -> "nobody wrote " + record);
      missing.remove(record);
    }
    return missing;
  }

  private static boolean isOfDeleted(Object record) {
    return record.toString().contains("deleted/");
  }

  private static boolean has(Taken taken, Chunk chunk) {
    return taken.all.contains(List.of(chunk.header(), chunk));
  }

  /** The store as it is when the process is killed after these changes. */
  private void kill(int from, int to) throws IOException {
    Map<String, byte[]> killed;
    try (SqliteStore store = SqliteStore.open(path)) {
      for (int i = from; i <= to; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("k", i, i * 20)));
      }
      written = contents(store);
      killed = new TreeMap<>();
      for (String name : List.of("salvaged.db", "salvaged.db-wal", "salvaged.db-head")) {
        killed.put(name, Files.readAllBytes(directory.resolve(name)));
      }
    }
    for (Map.Entry<String, byte[]> file : killed.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void aSoundStoreIsHandedOverOnceAndNothingThatWasDeleted() throws IOException {
    Taken taken = new Taken();
    StoreCheck check = salvage(taken);
    assertEquals(List.of(), check.damages());
    assertEquals(written.size(), taken.all.size());
    assertEquals(Set.of(), missing(taken));
    assertEquals(2 * DOCUMENTS, check.documents());
    assertEquals(written.size() - 1, check.records());
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(store.verify(), check);
    }
  }

  @Test
  void aKilledStoreIsHandedOverWithItsLog() throws IOException {
    kill(1, 40);
    Taken taken = new Taken();
    StoreCheck check = salvage(taken);
    assertEquals(List.of(), check.damages());
    assertEquals(written.size(), taken.all.size());
    assertEquals(Set.of(), missing(taken));
  }

  @Test
  void aDamagedPageHidesNoRowOfAnother() throws IOException {
    byte[] sound = Files.readAllBytes(path);
    for (int page = 0; page < sound.length / PAGE; page++) {
      byte[] damaged = sound.clone();
      Arrays.fill(damaged, page * PAGE, (page + 1) * PAGE, (byte) 0x5a);
      Files.write(path, damaged);
      Taken taken = new Taken();
      StoreCheck check = salvage(taken);
      Set<Object> missing = missing(taken);
      // The smallest record with its cell takes 50 bytes or more.
      assertTrue(missing.size() <= PAGE / 50, "page " + page + " hides " + missing.size());
      assertTrue(missing.isEmpty() || !check.isSound(), "page " + page);
    }
  }

  @Test
  void whateverIsFlippedOnlyWhatWasWrittenIsHandedOver() throws IOException {
    byte[] sound = Files.readAllBytes(path);
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = sound.clone();
      int at = random.nextInt(sound.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, damaged);
      Taken taken = new Taken();
      StoreCheck check = salvage(taken);
      Set<Object> missing = missing(taken);
      assertTrue(missing.size() <= PAGE / 50, "byte " + at + " hides " + missing.size());
      assertTrue(missing.isEmpty() || !check.isSound(), "byte " + at);
    }
  }

  @Test
  void noiseAndCutFilesGiveWhatIsLeft() throws IOException {
    byte[] sound = Files.readAllBytes(path);
    Random random = new Random(6);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length));
      for (int flips = 0; flips < damaged.length / 100; flips++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(path, damaged);
      Taken taken = new Taken();
      assertFalse(salvage(taken).isSound());
      missing(taken);
    }
  }

  @Test
  void withoutItsHeaderEveryRecordIsThere() throws IOException {
    byte[] damaged = Files.readAllBytes(path);
    Arrays.fill(damaged, 0, 100, (byte) 0);
    Files.write(path, damaged);
    assertThrows(StoreException.class, () -> SqliteStore.open(path));
    Taken taken = new Taken();
    assertFalse(salvage(taken).isSound());
    assertEquals(Set.of(), missing(taken));
  }

  @Test
  void aBadFrameInTheLogCostsTheRecordsInItAtMost() throws IOException {
    kill(1, 40);
    byte[] sound = Files.readAllBytes(log);
    int most = 0;
    for (int frame = 32; frame + 24 + PAGE <= sound.length; frame += 24 + PAGE) {
      byte[] damaged = sound.clone();
      damaged[frame + 24 + PAGE - 30] ^= 1;
      Files.write(log, damaged);
      Taken taken = new Taken();
      salvage(taken);
      most = Math.max(most, missing(taken).size());
    }
    assertTrue(most <= 1, "a flip hides " + most);
    for (int frame = 32; frame + 24 + PAGE <= sound.length; frame += 24 + PAGE) {
      byte[] damaged = sound.clone();
      Arrays.fill(damaged, frame, frame + 24 + PAGE, (byte) 1);
      Files.write(log, damaged);
      Taken taken = new Taken();
      assertFalse(salvage(taken).isSound());
      assertTrue(missing(taken).size() < 5, "of a frame that is gone");
    }
  }

  @Test
  void aDamagedHeaderOfTheLogCostsNothing() throws IOException {
    kill(1, 20);
    byte[] damaged = Files.readAllBytes(log);
    damaged[9] ^= 1;
    Files.write(log, damaged);
    Taken taken = new Taken();
    assertFalse(salvage(taken).isSound());
    assertEquals(Set.of(), missing(taken));
  }

  @Test
  void whatIsInTheLogIsHandedOverWhenTheFileIsGone() throws IOException {
    kill(1, 20);
    Files.delete(path);
    Taken taken = new Taken();
    assertFalse(salvage(taken).isSound());
    assertTrue(has(taken, StoreSamples.chunk("k", 20, 400)));
    missing(taken);
  }

  @Test
  void anothersLogIsNotTaken() throws IOException {
    Path other = directory.resolve("other.db");
    kill(1, 3);
    try (SqliteStore store = SqliteStore.open(other)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("foreign", 1, 10)));
      Files.write(log, Files.readAllBytes(directory.resolve("other.db-wal")));
    }
    Taken taken = new Taken();
    assertFalse(salvage(taken).isSound());
    assertFalse(has(taken, StoreSamples.chunk("foreign", 1, 10)));
    missing(taken);
  }

  @Test
  void aFileThatIsNoStoreGivesNothing() throws IOException {
    Files.write(path, "a letter to a friend\n".repeat(900).getBytes(StandardCharsets.US_ASCII));
    Taken taken = new Taken();
    assertFalse(salvage(taken).isSound());
    assertEquals(List.of(), taken.all);
  }

  @Test
  void anOpenStoreAndAMissingFileAreRefused() {
    try (SqliteStore store = SqliteStore.open(path)) {
      assertFalse(store.isCopy());
      assertThrows(StoreException.Locked.class, () -> SqliteStore.salvage(path, new Taken()));
    }
    assertThrows(
        StoreException.InputOutput.class,
        () -> SqliteStore.salvage(directory.resolve("none"), new Taken()));
  }
}
