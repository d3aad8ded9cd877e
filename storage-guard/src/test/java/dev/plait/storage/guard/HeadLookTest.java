package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads that are only looked at, and heads that are given up. */
class HeadLookTest {

  private static final Head HEAD = new Head(1, 2, 30, true, Durability.RELAXED, 4, 5);

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void nameIt() {
    path = directory.resolve("head");
  }

  private HeadFile open() {
    return HeadFile.open(path, Optional.empty());
  }

  @Test
  void aLookGivesWhatWasWrittenLastAndChangesNothing() throws IOException {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      assertEquals(Optional.of(HEAD), HeadFile.look(path));
      file.write(HEAD.withCommits(31));
      byte[] before = Files.readAllBytes(path);
      assertEquals(Optional.of(HEAD.withCommits(31)), HeadFile.look(path));
      assertArrayEquals(before, Files.readAllBytes(path));
    }
  }

  @Test
  void noFileAndOneWithoutAHeadGiveNothing() throws IOException {
    assertEquals(Optional.empty(), HeadFile.look(path));
    assertFalse(Files.exists(path));
    Files.write(path, new byte[9000]);
    assertEquals(Optional.empty(), HeadFile.look(path));
  }

  @Test
  void whileASlotIsDamagedItIsNotTakenForClosed() throws IOException {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
    }
    byte[] bytes = Files.readAllBytes(path);
    bytes[20] ^= 1;
    Files.write(path, bytes);
    assertEquals(Optional.of(HEAD.withClean(false)), HeadFile.look(path));
  }

  @Test
  void aDisownedHeadIsThatOfACopyUntilItIsAdopted() {
    try (HeadFile file = open()) {
      file.adopt(HEAD);
      assertFalse(file.isCopied());
      file.disown(HEAD.withCommits(20));
      assertTrue(file.isCopied());
    }
    try (HeadFile file = open()) {
      assertTrue(file.isCopied());
      assertEquals(HEAD.withCommits(20), file.read());
      file.write(HEAD.withCommits(21));
      assertTrue(file.isCopied());
    }
    try (HeadFile file = open()) {
      assertTrue(file.isCopied());
      file.adopt(HEAD.withInstance(7, 8));
      assertFalse(file.isCopied());
    }
    try (HeadFile file = open()) {
      assertFalse(file.isCopied());
    }
  }

  @Test
  void aMissingHeadCanBeDisowned() {
    try (HeadFile file = open()) {
      file.disown(HEAD);
      assertTrue(file.isCopied());
    }
    try (HeadFile file = open()) {
      assertTrue(file.isCopied());
      assertEquals(HEAD, file.read());
    }
  }
}
