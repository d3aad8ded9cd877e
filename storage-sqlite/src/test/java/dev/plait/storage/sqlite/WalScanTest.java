package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that SQLite wrote, before and after damage. */
class WalScanTest {

  private static final int HEADER = 32;
  private static final int FRAME = 24 + SqliteLayout.PAGE_BYTES;
  private static final int TRANSACTIONS = 6;

  @TempDir Path directory;
  private Path path;
  private Path log;
  private byte[] sound;

  /** Six transactions of one frame or more. */
  @BeforeEach
  void writeALog() throws SQLException, IOException {
    path = directory.resolve("scanned.db");
    log = directory.resolve("scanned.db-wal");
    try (Connection connection = Outside.connect(path)) {
      Outside.execute(
          connection, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "BEGIN");
      Outside.execute(connection, "CREATE TABLE t (x)", "COMMIT");
      for (int i = 1; i < TRANSACTIONS; i++) {
        Outside.execute(connection, "INSERT INTO t VALUES (zeroblob(" + i * 3000 + "))");
      }
      sound = Files.readAllBytes(log);
    }
  }

  private WalScan.Finding scan(byte[] content) throws IOException {
    Files.write(log, content);
    return WalScan.of(log, SqliteLayout.PAGE_BYTES);
  }

  private static int frames(byte[] log) {
    return (log.length - HEADER) / FRAME;
  }

  private static boolean ends(byte[] log, int frame) {
    return ByteBuffer.wrap(log).getInt(HEADER + (frame - 1) * FRAME + 4) != 0;
  }

  /** The number of the last frame of the transaction before the last. */
  private static int lastButOne(byte[] log) {
    int frame = frames(log) - 1;
    while (!ends(log, frame)) {
      frame--;
    }
    return frame;
  }

  @Test
  void aSoundLogIsSound() throws IOException {
    WalScan.Finding finding = scan(sound);
    assertEquals(WalScan.State.SOUND, finding.state());
    assertEquals(TRANSACTIONS, finding.commits());
    assertEquals(frames(sound), finding.frames());
    assertEquals(WalScan.salts(log), finding.salts());
  }

  @Test
  void noLogAndAnEmptyOneAreNone() throws IOException {
    assertEquals(WalScan.State.NONE, scan(new byte[0]).state());
    assertEquals(WalScan.State.NONE, scan(new byte[HEADER - 1]).state());
    assertEquals(WalScan.State.NONE, scan(new byte[HEADER + 2 * FRAME]).state());
    assertEquals(WalScan.State.NONE, scan(Arrays.copyOf(sound, HEADER)).state());
    Files.delete(log);
    assertEquals(WalScan.State.NONE, WalScan.of(log, SqliteLayout.PAGE_BYTES).state());
    assertEquals(0, WalScan.salts(log));
  }

  @Test
  void aFlipInAnyFrameOfAFinishedTransactionIsDamage() throws IOException {
    int last = lastButOne(sound);
    for (int frame = 1; frame <= last; frame++) {
      // Page number, salts, checksums, and the page at its start, middle and end.
      for (int at : new int[] {3, 9, 13, 17, 23, 24, 2000, FRAME - 1}) {
        byte[] damaged = sound.clone();
        damaged[HEADER + (frame - 1) * FRAME + at] ^= 0x10;
        WalScan.Finding finding = scan(damaged);
        assertEquals(WalScan.State.DAMAGED, finding.state(), "frame " + frame + " at " + at);
        assertEquals(frame, finding.firstBad());
      }
    }
  }

  @Test
  void aFlipInTheHeaderIsDamage() throws IOException {
    for (int at = 0; at < HEADER; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 1;
      assertEquals(WalScan.State.DAMAGED, scan(damaged).state(), "at " + at);
    }
  }

  @Test
  void aZeroedBlockBeforeTheLastTransactionsIsDamage() throws IOException {
    for (int frame = 1; frame < lastButOne(sound) - 1; frame++) {
      byte[] damaged = sound.clone();
      int at = HEADER + (frame - 1) * FRAME + 1000;
      Arrays.fill(damaged, at, at + 4096, (byte) 0);
      assertEquals(WalScan.State.DAMAGED, scan(damaged).state(), "frame " + frame);
    }
  }

  @Test
  void aTornEndIsSoundUpToTheTransactionBefore() throws IOException {
    for (int length = HEADER + 2 * FRAME; length < sound.length; length += 997) {
      WalScan.Finding finding = scan(Arrays.copyOf(sound, length));
      assertEquals(WalScan.State.SOUND, finding.state());
      assertTrue(finding.frames() <= (length - HEADER) / FRAME);
      assertTrue(ends(sound, (int) finding.frames()));
    }
  }

  @Test
  void badFramesInTheLastTransactionAreATornEnd() throws IOException {
    for (int frame = lastButOne(sound) + 1; frame <= frames(sound); frame++) {
      byte[] torn = sound.clone();
      int at = HEADER + (frame - 1) * FRAME + 24;
      Arrays.fill(torn, at, at + SqliteLayout.PAGE_BYTES, (byte) 0x55);
      WalScan.Finding finding = scan(torn);
      assertEquals(WalScan.State.SOUND, finding.state());
      assertEquals(TRANSACTIONS - 1, finding.commits());
    }
  }

  @Test
  void framesLeftFromTheLogBeforeProveNothing() throws SQLException, IOException {
    try (Connection connection = Outside.connect(path)) {
      Outside.execute(connection, "PRAGMA wal_autocheckpoint = 0");
      for (int i = 0; i < 8; i++) {
        Outside.execute(connection, "INSERT INTO t VALUES (zeroblob(9000))");
      }
      long before = WalScan.salts(log);
      Outside.query(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      Outside.execute(connection, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
      byte[] reused = Files.readAllBytes(log);
      WalScan.Finding finding = scan(reused);
      assertEquals(WalScan.State.SOUND, finding.state());
      assertEquals(2, finding.commits());
      assertTrue(frames(reused) > finding.frames());
      assertTrue(new WalScan.Finding(finding.state(), before, 0, 0, 0).followedBy(finding.salts()));
    }
  }

  /** Commits once; then fills the log with a transaction too large for memory, and undoes it. */
  private static void undoAfterOneCommit(Connection connection) throws SQLException {
    Outside.execute(
        connection,
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA cache_size = 10",
        "INSERT INTO t VALUES (1)",
        "BEGIN");
    for (int i = 0; i < 40; i++) {
      Outside.execute(connection, "INSERT INTO t VALUES (zeroblob(9000))");
    }
    Outside.execute(connection, "ROLLBACK");
  }

  @Test
  void aTornTransactionOverOneThatWasUndoneProvesNothing() throws SQLException, IOException {
    try (Connection connection = Outside.connect(path)) {
      undoAfterOneCommit(connection);
      byte[] undone = Files.readAllBytes(log);
      WalScan.Finding before = scan(undone);
      Outside.execute(connection, "INSERT INTO t VALUES (zeroblob(9000))");
      byte[] torn = Files.readAllBytes(log);
      assertTrue(scan(torn).frames() > before.frames() + 1);
      int first = HEADER + (int) before.frames() * FRAME;
      System.arraycopy(undone, first, torn, first, FRAME);
      WalScan.Finding finding = scan(torn);
      assertEquals(WalScan.State.SOUND, finding.state());
      assertEquals(before.commits(), finding.commits());
    }
  }

  @Test
  void framesOfATransactionThatWasUndoneProveNothing() throws SQLException, IOException {
    try (Connection connection = Outside.connect(path)) {
      undoAfterOneCommit(connection);
      Outside.execute(connection, "INSERT INTO t VALUES (2)");
      byte[] content = Files.readAllBytes(log);
      WalScan.Finding finding = scan(content);
      assertEquals(WalScan.State.SOUND, finding.state());
      assertEquals(2, finding.commits());
      assertTrue(frames(content) > finding.frames() + 5);
    }
  }

  @Test
  void allFramesAreHandedOverAndOnlyTheDamagedOneIsNotSound() throws IOException {
    byte[] damaged = sound.clone();
    damaged[HEADER + FRAME + 100] ^= 1;
    Files.write(log, damaged);
    List<WalScan.Frame> found = new ArrayList<>();
    WalScan.of(log, SqliteLayout.PAGE_BYTES, found::add);
    assertEquals(frames(sound), found.size());
    for (int i = 0; i < found.size(); i++) {
      WalScan.Frame frame = found.get(i);
      assertEquals(i != 1, frame.sound());
      assertEquals(HEADER + (i + 1L) * FRAME - SqliteLayout.PAGE_BYTES, frame.offset());
      assertEquals(frame.sound() && ends(sound, i + 1), frame.pagesAfter() > 0);
    }
    assertArrayEquals(damaged, Files.readAllBytes(log));
  }
}
