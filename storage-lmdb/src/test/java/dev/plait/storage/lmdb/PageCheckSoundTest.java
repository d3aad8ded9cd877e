package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.CopyFlags;
import org.lmdbjava.Txn;

/** What the engine writes is always found sound, and read as it was written. */
class PageCheckSoundTest {

  @TempDir Path directory;

  int pageSize() {
    return DataFiles.SMALL_PAGE;
  }

  private DataFiles files(String name) {
    return DataFiles.in(directory, name, pageSize());
  }

  private PageSummary assertSound(DataFiles files) throws IOException {
    PageSummary summary = PageCheck.check(files.file());
    assertEquals(files.model.size(), summary.entries());
    assertEquals(pageSize(), summary.pageSize());
    assertTrue(DataFiles.isSame(files.model, DataFiles.read(files.file())));
    assertEquals(0, DataFiles.unaccounted(files.file()), "pages neither used nor free");
    return summary;
  }

  @Test
  void freshFileHasNoTransaction() throws IOException {
    try (DataFiles files = files("fresh")) {
      PageSummary summary = assertSound(files);
      assertEquals(0, summary.transaction());
      assertEquals(0, summary.depth());
      assertEquals(1, summary.lastPage());
    }
  }

  @Test
  void growthIsFollowedCommitByCommit() throws IOException {
    try (DataFiles files = files("growth")) {
      Random random = new Random(1);
      for (int commit = 1; commit <= 300; commit++) {
        files.work(random, 1, 1 + random.nextInt(40), 2000, 0);
        assertEquals(commit, assertSound(files).transaction());
      }
      assertTrue(assertSound(files).depth() >= (pageSize() == DataFiles.SMALL_PAGE ? 3 : 2));
    }
  }

  @Test
  void deletesAndReplacementsLeaveSoundTrees() throws IOException {
    for (int seed = 0; seed < 6; seed++) {
      try (DataFiles files = files("deletes" + seed)) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
          files.work(random, 1 + random.nextInt(12), 1 + random.nextInt(120), 9000, round % 10);
          assertSound(files);
        }
      }
    }
  }

  @Test
  void valuesOnManyPagesShrinkAndGrowInPlace() throws IOException {
    try (DataFiles files = files("large")) {
      Random random = new Random(3);
      for (int round = 0; round < 150; round++) {
        files.work(random, 1, 12, 300_000, 3);
        assertSound(files);
      }
    }
  }

  @Test
  void emptiedStoreIsSound() throws IOException {
    try (DataFiles files = files("emptied")) {
      files.work(new Random(4), 50, 100, 3000, 0);
      TreeMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
      files.model.keySet().forEach(key -> all.put(key, new byte[0]));
      files.commit(all);
      assertEquals(0, assertSound(files).depth());
      files.work(new Random(5), 50, 100, 3000, 0);
      try (Txn<byte[]> txn = files.env.txnWrite()) {
        files.records.drop(txn);
        txn.commit();
      }
      files.model.clear();
      assertEquals(0, assertSound(files).depth());
    }
  }

  @Test
  void freeListOnOverflowPagesIsRead() throws IOException {
    try (DataFiles files = files("reader")) {
      files.work(new Random(6), 10, 1000, 3000, 0);
      try (Txn<byte[]> reader = files.env.txnRead()) {
        assertTrue(reader.getId() > 0);
        for (int round = 0; round < 12; round++) {
          files.work(new Random(round), 2, 1000, 3000, 5);
          assertSound(files);
        }
      }
      files.work(new Random(7), 40, 50, 3000, 5);
      assertSound(files);
    }
  }

  @Test
  void pagesFreedBeforeTheyWereWrittenMayLieBehindTheEnd() throws IOException {
    try (DataFiles files = files("behind")) {
      files.work(new Random(8), 3, 20, 100, 0);
      byte[] key = {1};
      try (Txn<byte[]> txn = files.env.txnWrite()) {
        files.records.put(txn, key, new byte[1 << 20]);
        files.records.delete(txn, key);
        txn.commit();
      }
      PageSummary summary = assertSound(files);
      assertTrue(Files.size(files.file()) < (summary.lastPage() + 1) * pageSize());
    }
  }

  @Test
  void abortedTransactionsChangeNothing() throws IOException {
    try (DataFiles files = files("aborted")) {
      files.work(new Random(9), 30, 100, 5000, 3);
      PageSummary before = assertSound(files);
      try (Txn<byte[]> txn = files.env.txnWrite()) {
        for (int each = 0; each < 5000; each++) {
          files.records.put(txn, new byte[] {(byte) each, (byte) (each >> 8)}, new byte[500]);
        }
        txn.abort();
      }
      assertEquals(before, assertSound(files));
    }
  }

  @Test
  void copiesOfTheEngineAreSound() throws IOException {
    try (DataFiles files = files("source")) {
      files.work(new Random(10), 60, 100, 9000, 4);
      PageSummary original = assertSound(files);
      for (CopyFlags[] flags : new CopyFlags[][] {{}, {CopyFlags.MDB_CP_COMPACT}}) {
        Path target = Files.createDirectory(directory.resolve("copy" + flags.length));
        files.env.copy(target.toFile(), flags);
        PageSummary copy = PageCheck.check(target.resolve("data.mdb"));
        assertEquals(original.entries(), copy.entries());
        assertTrue(DataFiles.isSame(files.model, DataFiles.read(target.resolve("data.mdb"))));
        try (DataFiles reopened = files("copy" + flags.length)) {
          reopened.model.putAll(files.model);
          for (int round = 0; round < 5; round++) {
            reopened.work(new Random(round), 3, 100, 9000, 5);
            assertSound(reopened);
          }
        }
      }
    }
  }
}
