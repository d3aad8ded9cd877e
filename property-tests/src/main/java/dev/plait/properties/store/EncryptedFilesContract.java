package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import dev.plait.store.encrypted.EncryptedStore;
import dev.plait.store.encrypted.KeyProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be read in the files of a replica whose store is encrypted: nothing that was written,
 * while the store is open and after. Extend it in your tests for a store that is kept in files.
 */
public abstract class EncryptedFilesContract {
  // Short and random, so that a store that does not encrypt has them as they are, not deflated.
  private static final List<String> PLANTED =
      List.of("zq8KxW3vTbn", "Ur5jLd0pHcy", "Xo2GmS9fEak", "Vi7RtB4wNzu");

  private static final KeyProvider KEYS = KeyProvider.of(2, Map.of(1, key(1), 2, key(2)));

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);

  @TempDir Path directory;

  private static SecretKeySpec key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return new SecretKeySpec(bytes, "AES");
  }

  @Test
  void nothingPlantedIsFoundInAnyFile() throws IOException {
    use(store -> EncryptedStore.open(store, KeyProvider.of(1, key(1))));
    assertEquals(List.of(), found());
    try (EncryptedStore store = EncryptedStore.open(open(), KEYS)) {
      assertTrue(store.rotate() > 0);
      assertEquals(List.of(), found());
    }
    try (ChangeStore store = EncryptedStore.open(open(), KeyProvider.of(2, key(2)))) {
      assertTrue(store.verify().isSound());
      try (Replica replica = replica(store)) {
        assertEquals(
            PLANTED.get(0), replica.document("clear name").text("body").toString().strip());
      }
    }
  }

  @Test
  void withoutEncryptionAllOfItIsFound() throws IOException {
    use(UnaryOperator.identity());
    assertEquals(PLANTED, found());
  }

  @Test
  void filesThatAreNotEncryptedAreRefused() throws IOException {
    use(UnaryOperator.identity());
    assertThrows(StoreException.WrongKey.class, () -> EncryptedStore.open(open(), KEYS));
    // It was closed again.
    open().close();
  }

  /** For those who extend it. */
  protected EncryptedFilesContract() {}

  /**
   * Opens your store.
   *
   * @param place a file or a directory, as the store has it; if there is nothing, a new store is
   *     made. What it needs besides is beside it.
   */
  protected abstract ChangeStore open(Path place);

  private ChangeStore open() {
    return open(directory.resolve("notes"));
  }

  /** Plants it all, and looks into the files while they are open, with the log beside them. */
  private void use(UnaryOperator<ChangeStore> encryption) throws IOException {
    try (ChangeStore store = encryption.apply(open());
        Replica replica = replica(store)) {
      Document document = replica.document("clear name");
      document.transact(tx -> tx.text("body").append(PLANTED.get(0)));
      document.transact(tx -> tx.map("board").put(PLANTED.get(1), 1));
      document.transact(tx -> tx.set("tags").add(PLANTED.get(2)));
      document.transact(tx -> tx.register(PLANTED.get(3)).set(true));
      boolean isEncrypted = store instanceof EncryptedStore;
      assertEquals(isEncrypted ? List.of() : PLANTED, found());
      assertTrue(filesContain("clear name"));
    }
  }

  private Replica replica(ChangeStore store) {
    return Replica.builder().store(store).scheduler(time).time(time).random(new Random(1)).build();
  }

  private List<String> found() throws IOException {
    List<String> found = new ArrayList<>();
    for (String planted : PLANTED) {
      if (filesContain(planted)) {
        found.add(planted);
      }
    }
    return found;
  }

  private boolean filesContain(String text) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
        return true;
      }
    }
    return false;
  }
}
