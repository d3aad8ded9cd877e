package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a store learns that its files are a copy. */
class HeadCopyTest {

  private static final Head HEAD = new Head(5, 6, 10, false, Durability.FULL, 0, 0);
  private static final Head NEW = HEAD.withInstance(50, 60);

  @TempDir Path directory;
  private Path path = Path.of("");
  private Path copy = path;
  private Path instances = path;

  @BeforeEach
  void name() {
    path = directory.resolve("plait.head");
    copy = directory.resolve("copy.head");
    instances = directory.resolve("instances");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a copy made in the same tick of the clock looks like the file there
  void aCopyIsOneUntilItIsAdopted() throws IOException {
    adopt(path, HEAD, Optional.empty());
    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
    assertTrue(isCopied(copy, Optional.empty()));
    try (HeadFile file = HeadFile.open(copy, Optional.empty())) {
      file.write(HEAD.withCommits(11));
      assertTrue(file.isCopied());
    }
    assertTrue(isCopied(copy, Optional.empty()));
    try (HeadFile file = HeadFile.open(copy, Optional.empty())) {
      file.adopt(NEW);
      assertFalse(file.isCopied());
      assertEquals(NEW, file.read());
      file.write(NEW.withCommits(11));
    }
    assertFalse(isCopied(copy, Optional.empty()));
    assertFalse(isCopied(path, Optional.empty()));
  }

  @Test
  void aFileMadeBesideAStoreThatHadNoneIsACopyUntilItIsAdopted() {
    try (HeadFile file = HeadFile.open(path, Optional.empty())) {
      file.write(HEAD);
      assertTrue(file.isCopied());
    }
    assertTrue(isCopied(path, Optional.empty()));
    adopt(path, HEAD, Optional.empty());
    assertFalse(isCopied(path, Optional.empty()));
  }

  @Test
  void aRenamedFileIsNoCopy() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    Files.move(path, copy);
    assertFalse(isCopied(copy, Optional.of(instances)));
  }

  @Test
  void anOlderStateInTheSameFileIsFoundByTheMarkerAlone() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    byte[] backup = Files.readAllBytes(path);
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.write(HEAD.withCommits(11));
    }
    assertFalse(isCopied(path, Optional.of(instances)));
    Files.write(path, backup);
    assertFalse(isCopied(path, Optional.empty()));
    assertTrue(isCopied(path, Optional.of(instances)));
    adopt(path, NEW, Optional.of(instances));
    assertFalse(isCopied(path, Optional.of(instances)));
  }

  @Test
  void anOlderStateStaysACopyHoweverFarItIsWritten() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    byte[] backup = Files.readAllBytes(path);
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.write(HEAD.withCommits(11));
    }
    Files.write(path, backup);
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.write(HEAD.withCommits(11));
      file.write(HEAD.withCommits(12));
      assertTrue(file.isCopied());
    }
    assertTrue(isCopied(path, Optional.of(instances)));
    adopt(path, NEW, Optional.of(instances));
    assertFalse(isCopied(path, Optional.of(instances)));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a copy made in the same tick of the clock looks like the file there
  void aMarkerAheadOfTheHeadVouchesForAStoreThatIsAsFar() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    byte[] before = Files.readAllBytes(path);
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.write(HEAD.withCommits(11));
    }
    Files.write(path, before);
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.vouch(10);
      assertTrue(file.isCopied());
      file.vouch(11);
      assertFalse(file.isCopied());
      file.write(HEAD.withCommits(12));
    }
    assertFalse(isCopied(path, Optional.of(instances)));
    Files.copy(path, copy);
    try (HeadFile file = HeadFile.open(copy, Optional.of(instances))) {
      file.vouch(12);
      assertTrue(file.isCopied());
    }
  }

  @Test
  void aStateAheadOfItsMarkerIsNoCopy() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    byte[] marker = Files.readAllBytes(marker());
    try (HeadFile file = HeadFile.open(path, Optional.of(instances))) {
      file.write(HEAD.withCommits(11));
    }
    Files.write(marker(), marker);
    assertFalse(isCopied(path, Optional.of(instances)));
  }

  @Test
  void whereTheInstanceIsUnknownItIsACopy() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    Files.delete(marker());
    assertTrue(isCopied(path, Optional.of(instances)));
  }

  @Test
  void aDamagedMarkerVouchesForNothing() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    Path marker = marker();
    byte[] sound = Files.readAllBytes(marker);
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(marker, flipped);
      assertTrue(isCopied(path, Optional.of(instances)), "bit " + bit);
    }
    Files.write(marker, new byte[0]);
    assertTrue(isCopied(path, Optional.of(instances)));
    Files.write(marker, sound);
    assertFalse(isCopied(path, Optional.of(instances)));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a copy made in the same tick of the clock looks like the file there
  void aCopyLeavesTheMarkerOfTheOriginalAlone() throws IOException {
    adopt(path, HEAD, Optional.of(instances));
    Files.copy(path, copy);
    try (HeadFile file = HeadFile.open(copy, Optional.of(instances))) {
      file.write(HEAD.withCommits(1000));
      file.adopt(NEW.withCommits(1000));
      file.write(NEW.withCommits(1001));
    }
    assertFalse(isCopied(path, Optional.of(instances)));
    assertFalse(isCopied(copy, Optional.of(instances)));
    try (Stream<Path> markers = Files.list(instances)) {
      assertEquals(2, markers.count());
    }
  }

  private Path marker() throws IOException {
    try (Stream<Path> markers = Files.list(instances)) {
      return markers.findFirst().orElseThrow();
    }
  }

  private static void adopt(Path path, Head head, Optional<Path> instances) {
    try (HeadFile file = HeadFile.open(path, instances)) {
      file.adopt(head);
    }
  }

  private static boolean isCopied(Path path, Optional<Path> instances) {
    try (HeadFile file = HeadFile.open(path, instances)) {
      return file.isCopied();
    }
  }
}
