package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a head file remembers, and what it makes of damage. */
class HeadFileTest {

  private static final Head HEAD = new Head(-1, 2, 10, true, Durability.FULL, 77, -88);

  @TempDir Path directory;
  private Path path = Path.of("");

  @BeforeEach
  void name() {
    path = directory.resolve("plait.head");
  }

  @Test
  void whereNoneWasWrittenThereIsNone() {
    try (HeadFile file = open()) {
      assertNull(file.read());
      assertFalse(file.isCopied());
      file.sync();
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void allOfItsRoomIsTakenWhenItIsMade() throws IOException {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      byte[] made = Files.readAllBytes(path);
      assertEquals(HeadSlot.DISTANCE + HeadSlot.BYTES, made.length);
      assertTrue(made[0] != 0 && made[HeadSlot.DISTANCE] != 0, "a slot is a hole in the file");
      for (int commits = 11; commits < 20; commits++) {
        file.write(HEAD.withCommits(commits));
        assertEquals(made.length, Files.size(path));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsReadAfterReopening(Durability durability) {
    Head head = HEAD.withDurability(durability);
    try (HeadFile file = open()) {
      file.adopt(head);
      assertEquals(head, file.read());
    }
    assertEquals(head, read());
    assertEquals(List.of("plait.head"), names());
  }

  @Test
  void theNewestOfManyCounts() {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      for (int commits = 11; commits < 30; commits++) {
        file.write(HEAD.withCommits(commits).withClean(commits % 2 == 0));
        assertEquals(HEAD.withCommits(commits).withClean(commits % 2 == 0), read());
      }
      file.sync();
    }
    assertEquals(29, read().commits());
  }

  @Test
  void everyFlippedBitIsTheOtherSlotNotClosed() throws IOException {
    writeTwo();
    byte[] sound = Files.readAllBytes(path);
    for (int slot = 0; slot < 2; slot++) {
      for (int bit = 0; bit < HeadSlot.BYTES * 8; bit++) {
        byte[] flipped = sound.clone();
        flipped[slot * HeadSlot.DISTANCE + bit / 8] ^= (byte) (1 << bit % 8);
        place(flipped);
        Head expected = HEAD.withCommits(slot == 0 ? 11 : 12).withClean(false);
        assertEquals(expected, read(), "bit " + bit + " of slot " + slot);
      }
    }
  }

  @Test
  void aBitFlippedInBothSlotsIsCorrupt() throws IOException {
    writeTwo();
    byte[] sound = Files.readAllBytes(path);
    for (int bit = 0; bit < HeadSlot.BYTES * 8; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      flipped[HeadSlot.DISTANCE + bit / 8] ^= (byte) (1 << bit % 8);
      assertCorrupt(flipped);
    }
  }

  @Test
  void aTornWriteIsTheHeadBeforeOrTheNewOne() throws IOException {
    writeTwo();
    byte[] before = Files.readAllBytes(path);
    try (HeadFile file = open()) {
      file.write(HEAD.withCommits(13));
    }
    byte[] after = Files.readAllBytes(path);
    for (int torn = 0; torn <= HeadSlot.BYTES; torn++) {
      byte[] image = before.clone();
      int slot = Arrays.mismatch(before, after) / HeadSlot.DISTANCE * HeadSlot.DISTANCE;
      System.arraycopy(after, slot, image, slot, torn);
      place(image);
      long commits = read().commits();
      assertTrue(
          commits == 12 || (commits == 13 && torn > HeadSlot.BYTES - 4),
          torn + " bytes: " + commits);
      if (torn == HeadSlot.BYTES) {
        assertEquals(13, commits);
      }
    }
  }

  @Test
  void aTruncatedFileIsTheFirstSlotOrCorrupt() throws IOException {
    writeTwo();
    byte[] sound = Files.readAllBytes(path);
    for (int length : new int[] {0, 1, 64, HeadSlot.BYTES - 1}) {
      assertCorrupt(Arrays.copyOf(sound, length));
    }
    for (int length : new int[] {HeadSlot.BYTES, HeadSlot.DISTANCE, sound.length - 1}) {
      place(Arrays.copyOf(sound, length));
      assertFalse(read().clean(), length + " bytes");
    }
  }

  @Test
  void aSlotInTheOthersPlaceDoesNotCount() throws IOException {
    writeTwo();
    byte[] sound = Files.readAllBytes(path);
    byte[] swapped = sound.clone();
    System.arraycopy(sound, 0, swapped, HeadSlot.DISTANCE, HeadSlot.BYTES);
    System.arraycopy(sound, HeadSlot.DISTANCE, swapped, 0, HeadSlot.BYTES);
    assertCorrupt(swapped);
  }

  @Test
  void aSlotLeftBehindByManyWritingsIsDoubtful() throws IOException {
    writeTwo();
    byte[] old = Files.readAllBytes(path);
    try (HeadFile file = open()) {
      file.write(HEAD.withCommits(13));
      file.write(HEAD.withCommits(14));
      file.write(HEAD.withCommits(15));
    }
    byte[] image = Files.readAllBytes(path);
    System.arraycopy(old, HeadSlot.DISTANCE, image, HeadSlot.DISTANCE, HeadSlot.BYTES);
    place(image);
    assertFalse(read().clean());
  }

  @Test
  void writingMendsADamagedSlot() throws IOException {
    writeTwo();
    for (int slot = 0; slot < 2; slot++) {
      byte[] image = Files.readAllBytes(path);
      image[slot * HeadSlot.DISTANCE + 40] ^= 1;
      place(image);
      assertFalse(read().clean());
      try (HeadFile file = open()) {
        file.write(HEAD.withCommits(20 + slot));
        assertEquals(HEAD.withCommits(20 + slot), file.read());
      }
      assertEquals(HEAD.withCommits(20 + slot), read());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 128, 4224, 10_000})
  void aForeignFileIsCorruptAndLeftAsItIs(int size) throws IOException {
    byte[] foreign = new byte[size];
    Arrays.fill(foreign, (byte) 'x');
    assertCorrupt(foreign);
  }

  @Test
  void theHeadOfAnotherInstanceIsNotOverwritten() {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      assertThrows(IllegalArgumentException.class, () -> file.write(HEAD.withInstance(-1, 3)));
      assertEquals(HEAD, file.read());
      file.adopt(HEAD.withInstance(-1, 3));
      file.write(HEAD.withInstance(-1, 3).withCommits(11));
    }
    assertEquals(HEAD.withInstance(-1, 3).withCommits(11), read());
  }

  @Test
  void whatAKilledMakingLeftIsInNobodysWay() throws IOException {
    Files.write(directory.resolve("plait.head.new"), new byte[9000]);
    try (HeadFile file = open()) {
      assertNull(file.read());
      file.adopt(HEAD);
    }
    assertEquals(HEAD, read());
    assertEquals(List.of("plait.head"), names());
  }

  @Test
  void anInterruptedThreadWritesAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try (HeadFile file = HeadFile.open(path, Optional.of(directory.resolve("instances")))) {
      file.adopt(HEAD);
      file.write(HEAD.withCommits(11));
      file.sync();
      assertEquals(HEAD.withCommits(11), file.read());
      assertTrue(Thread.interrupted());
    }
    assertEquals(HEAD.withCommits(11), read());
  }

  @Test
  void closedItWritesNoMore() {
    HeadFile file = open();
    file.adopt(HEAD);
    file.close();
    file.close();
    assertThrows(StoreException.InputOutput.class, () -> file.write(HEAD.withCommits(11)));
    assertEquals(HEAD, read());
  }

  @Test
  void whereNoFileCanBeMadeThatIsSaid() {
    try (HeadFile file =
        HeadFile.open(directory.resolve("missing").resolve("plait.head"), Optional.empty())) {
      StoreException refused = assertThrows(StoreException.class, () -> file.adopt(HEAD));
      assertEquals(StoreException.STORE_IO, refused.code());
      assertNull(file.read());
    }
  }

  /** Leaves 12 commits in the first slot and 11 in the second. */
  private void writeTwo() {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      file.write(HEAD.withCommits(11));
      file.write(HEAD.withCommits(12));
    }
  }

  /** Puts this into the file; without emptying it first, which some file systems make slow. */
  private void place(byte[] image) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(image));
      channel.truncate(image.length);
    }
  }

  private void assertCorrupt(byte[] image) throws IOException {
    place(image);
    try (HeadFile file = open()) {
      assertThrows(StoreException.Corrupt.class, file::read);
      assertThrows(StoreException.Corrupt.class, file::isCopied);
      assertThrows(StoreException.Corrupt.class, () -> file.write(HEAD));
      assertThrows(StoreException.Corrupt.class, () -> file.adopt(HEAD));
    }
    assertArrayEquals(image, Files.readAllBytes(path));
  }

  private HeadFile open() {
    return HeadFile.open(path, Optional.empty());
  }

  private Head read() {
    try (HeadFile file = open()) {
      Head head = file.read();
      if (head == null) {
        throw new AssertionError("there is no head");
      }
      return head;
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
