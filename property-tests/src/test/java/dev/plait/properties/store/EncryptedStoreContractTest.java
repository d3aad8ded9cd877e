package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.encrypted.EncryptedStore;
import dev.plait.store.encrypted.KeyProvider;
import javax.crypto.spec.SecretKeySpec;

/** Encryption shows in nothing that a store promises. */
class EncryptedStoreContractTest extends ChangeStoreContract {

  private final InMemoryDisk disk = new InMemoryDisk();
  private final KeyProvider keys = KeyProvider.of(7, new SecretKeySpec(new byte[32], "AES"));

  @Override
  protected ChangeStore open() {
    return EncryptedStore.open(InMemoryStore.open(disk), keys);
  }
}
