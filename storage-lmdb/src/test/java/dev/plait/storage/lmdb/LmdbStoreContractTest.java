package dev.plait.storage.lmdb;

import dev.plait.properties.store.FileStoreContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class LmdbStoreContractTest extends FileStoreContract {

  @TempDir Path elsewhere;

  @Override
  public ChangeStore open(Path place) {
    return LmdbStore.open(place);
  }

  /** The record of the store itself in its place, with the next number of the layout. */
  @Override
  public void makeNewer(Path place) throws DamagedException {
    try (Environment environment = Environment.open(place, LmdbOptions.defaults());
        Transaction transaction = environment.write()) {
      StoreRecord record = new Reading(transaction).meta().withTransaction(transaction.number());
      transaction.put(LmdbLayout.META_KEY, record.toValue(LmdbLayout.VERSION + 1));
      transaction.commit();
    }
  }

  @Override
  public Optional<ChangeStore> openWithRoomFor(long bytes) {
    LmdbOptions options =
        LmdbOptions.defaults().withInitialMapBytes(1 << 20).withMaximumMapBytes(bytes);
    return Optional.of(LmdbStore.open(elsewhere.resolve("limited"), options));
  }
}
