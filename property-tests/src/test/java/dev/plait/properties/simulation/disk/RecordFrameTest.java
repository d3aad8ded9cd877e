package dev.plait.properties.simulation.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Records, and how far a log of them is read. */
class RecordFrameTest {

  private static final ReplicaId ONE = ReplicaId.of(1, -1);
  private static final ReplicaId TWO = ReplicaId.of(-1, 2);

  private static Chunk chunk(String document, long first, Dot... dependencies) {
    ChunkHeader header =
        new ChunkHeader(
            document,
            ONE,
            first,
            first + 2,
            List.of(dependencies),
            new HybridTimestamp(first),
            new HybridTimestamp(first + 1),
            new HybridTimestamp(-1),
            (int) first);
    return Chunk.of(header, document.repeat(3).getBytes(StandardCharsets.UTF_8));
  }

  /** A batch in which every component has something of its own. */
  private static StoreBatch everything() {
    return new StoreBatch(
        TWO,
        new HybridTimestamp(77),
        List.of("deleted", "", "\ud83d\ude00"),
        List.of(new StoreBatch.Forsaken("forsaken", new Dot(ONE, 1))),
        List.of(chunk("appended", 1, new Dot(TWO, 9), new Dot(ONE, 2)), chunk("", 2)),
        List.of(chunk("merged", 3)),
        List.of(chunk("rewritten", 4)),
        List.of(chunk("quarantined", 5)),
        List.of(new StoreBatch.Released("released", new Dot(TWO, Long.MAX_VALUE))),
        List.of(new StoreBatch.Suspect("suspect", new Dot(ONE, 3))),
        new StoredSnapshot(
            "snapshot", VersionVector.of(new Dot(TWO, 4), new Dot(ONE, 5)), new byte[] {9, 8}));
  }

  private static StoreBatch small(int i) {
    return StoreBatch.builder().append(chunk("d", i)).build();
  }

  private static LogFile log(StoreBatch... batches) {
    LogFile log = new LogFile();
    RecordBuffer record = new RecordBuffer();
    for (int i = 0; i < batches.length; i++) {
      RecordFrame.write(batches[i], i + 1, record);
      log.write(record.array(), 0, record.length());
    }
    return log;
  }

  private static LogReading read(LogFile log, Head head, List<StoreBatch> into) {
    return LogReading.of(log, 1, head, into::add);
  }

  private static List<ChunkHeader> headers(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::header).toList();
  }

  @Test
  void aBatchComesBackWithEveryComponent() {
    StoreBatch batch = everything();
    StoreBatch empty = StoreBatch.builder().build();
    List<StoreBatch> found = new ArrayList<>();
    LogFile log = log(batch, empty);
    assertEquals(
        new LogReading(2, log.length(), LogReading.Finding.SOUND), read(log, Head.EMPTY, found));
    assertEquals(List.of(batch, empty), found);
    // Equal chunks are those of equal bytes: the headers are compared by themselves.
    StoreBatch back = found.get(0);
    assertEquals(headers(batch.chunks()), headers(back.chunks()));
    assertEquals(headers(batch.merged()), headers(back.merged()));
    assertEquals(headers(batch.rewritten()), headers(back.rewritten()));
    assertEquals(headers(batch.quarantined()), headers(back.quarantined()));
  }

  @Test
  void equalBatchesHaveEqualBytes() {
    LogFile one = log(everything());
    LogFile other = log(everything());
    assertTrue(Arrays.equals(one.array(), 0, one.length(), other.array(), 0, other.length()));
  }

  @Test
  void noFlippedBitIsReadAsABatch() {
    LogFile log = log(everything());
    for (int at = 0; at < log.length(); at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        log.flip(at, bit);
        assertFalse(RecordFrame.isSound(log, 0), "bit " + bit + " of byte " + at);
        log.flip(at, bit);
      }
    }
    assertTrue(RecordFrame.isSound(log, 0));
  }

  @Test
  void noTornRecordIsReadAsABatch() {
    int whole = 0;
    int seeds = 20_000;
    byte[] record = Arrays.copyOf(log(everything()).array(), log(everything()).length());
    for (int seed = 0; seed < seeds; seed++) {
      LogFile log = log(small(1));
      log.sync();
      int intact = log.length() + record.length;
      log.write(record, 0, record.length);
      log.loseUnsynced(new SplittableRandom(seed));
      boolean asWritten =
          log.length() == intact
              && Arrays.equals(
                  log.array(), intact - record.length, intact, record, 0, record.length);
      assertEquals(asWritten, RecordFrame.isSound(log, intact - record.length), "seed " + seed);
      whole += asWritten ? 1 : 0;
    }
    assertTrue(whole > 0 && whole < seeds);
  }

  @Test
  void aTornEndIsCutOffAndDamageBeforeSoundRecordsIsNot() {
    StoreBatch[] batches = {small(1), small(2), small(3)};
    int recordBytes = log(small(1)).length();
    for (int damaged = 0; damaged < batches.length; damaged++) {
      LogFile log = log(batches);
      log.flip(damaged * recordBytes + 30, 3);
      List<StoreBatch> found = new ArrayList<>();
      LogReading reading = read(log, Head.EMPTY, found);
      assertEquals(
          new LogReading(
              damaged,
              damaged * recordBytes,
              damaged == 2 ? LogReading.Finding.SOUND : LogReading.Finding.DAMAGED),
          reading);
      assertEquals(damaged, found.size());
    }
  }

  @Test
  void whatTheHeadKnowsIsMissedAndWhatItDoesNotKnowIsNot() {
    int recordBytes = log(small(1)).length();
    Head two = new Head(2, 2 * recordBytes, false, 0, false);
    LogFile log = log(small(1), small(2), small(3));
    for (int end = log.length(); end >= 0; end--) {
      log.cut(end);
      assertEquals(
          end < two.end() ? LogReading.Finding.SHORTER : LogReading.Finding.SOUND,
          read(log, two, new ArrayList<>()).finding());
    }
    LogFile torn = log(small(1), small(2));
    torn.flip(torn.length() - 1, 0);
    assertEquals(LogReading.Finding.DAMAGED, read(torn, two, new ArrayList<>()).finding());
  }

  @Test
  void aRecordOfAnotherPlaceIsDamage() {
    LogFile log = log(small(1), small(2));
    assertEquals(
        LogReading.Finding.DAMAGED, LogReading.of(log, 2, Head.EMPTY, batch -> {}).finding());
  }
}
