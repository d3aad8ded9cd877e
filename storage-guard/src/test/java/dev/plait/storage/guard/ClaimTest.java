package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.StoreException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300) // seconds; only so that a child that hangs ends the test
class ClaimTest {

  @TempDir Path directory;

  @Test
  void oneClaimAtATimeInAProcess() throws Exception {
    Path lock = directory.resolve("lock");
    Claim first = Claim.of(lock, directory);
    assertRefused(lock);
    first.close();
    Claim second = Claim.of(lock, directory);
    first.close();
    assertRefused(lock);
    second.close();
    Claim.of(lock, directory).close();
  }

  @Test
  void theMessageNamesTheStore() throws Exception {
    Path lock = directory.resolve("lock");
    Path store = Path.of("the store");
    try (Claim claim = Claim.of(lock, store)) {
      var refused = assertThrows(StoreException.Locked.class, () -> Claim.of(lock, store));
      assertTrue(
          String.valueOf(refused.getMessage()).startsWith("the store is open already"),
          claim::toString);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // links need a privilege there
  void allNamesOfAFileAreOneClaim() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path lock = real.resolve("lock");
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), lock);
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), real).resolve("lock");
    Path roundabout = real.resolve("..").resolve("real").resolve("lock");
    for (Path name : List.of(dangling, linked, roundabout, lock)) {
      Files.deleteIfExists(lock);
      try (Claim claim = Claim.of(name, directory)) {
        for (Path other : List.of(dangling, linked, roundabout, lock)) {
          assertRefused(other);
        }
        assertEquals(StoreException.STORE_LOCKED, ClaimProcess.answer(dangling), claim::toString);
      }
    }
  }

  @Test
  void aClaimRefusedHereIsNotGivenAwayElsewhere() throws Exception {
    Path lock = directory.resolve("lock");
    try (Claim claim = Claim.of(lock, directory)) {
      assertRefused(lock);
      assertEquals(StoreException.STORE_LOCKED, ClaimProcess.answer(lock), claim::toString);
    }
    assertEquals("claimed true", ClaimProcess.answer(lock));
  }

  @Test
  void anotherProcessKeepsItsClaimUntilItIsKilled() throws Exception {
    Path lock = directory.resolve("lock");
    Process child = ClaimProcess.start("hold", lock);
    try (BufferedReader output = child.inputReader()) {
      assertEquals("claimed true", output.readLine());
      assertRefused(lock);
      assertRefused(lock);
    } finally {
      child.destroyForcibly().waitFor();
    }
    Claim.of(lock, directory).close();
  }

  @Test
  void anotherClassLoaderIsRefusedAndGivesNothingAway() throws Exception {
    Path lock = directory.resolve("lock");
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Method of = loader.loadClass(Claim.class.getName()).getMethod("of", Path.class, Path.class);
      try (Claim claim = Claim.of(lock, directory)) {
        for (int i = 0; i < 3; i++) {
          var refused =
              assertThrows(InvocationTargetException.class, () -> of.invoke(null, lock, directory));
          assertEquals(
              StoreException.Locked.class.getName(),
              refused.getTargetException().getClass().getName());
        }
        assertEquals(StoreException.STORE_LOCKED, ClaimProcess.answer(lock), claim::toString);
      }
      try (AutoCloseable theirs =
          assertInstanceOf(AutoCloseable.class, of.invoke(null, lock, directory))) {
        assertRefused(lock);
        assertEquals(StoreException.STORE_LOCKED, ClaimProcess.answer(lock), theirs::toString);
      }
    }
  }

  @Test
  void anInterruptedThreadClaimsAndStaysInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    try (Claim claim = Claim.of(directory.resolve("lock"), directory)) {
      assertTrue(Thread.interrupted(), claim::toString);
    }
  }

  @Test
  void whereNoFileCanBeMadeNothingIsClaimed() throws Exception {
    Path lock = directory.resolve("missing").resolve("lock");
    assertThrows(IOException.class, () -> Claim.of(lock, directory));
    Files.createDirectory(directory.resolve("missing"));
    Claim.of(lock, directory).close();
  }

  private void assertRefused(Path lock) {
    assertThrows(StoreException.Locked.class, () -> Claim.of(lock, directory));
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
