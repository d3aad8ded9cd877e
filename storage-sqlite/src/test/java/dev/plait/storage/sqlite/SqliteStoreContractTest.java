package dev.plait.storage.sqlite;

import dev.plait.properties.store.FileStoreContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends FileStoreContract {

  @TempDir Path elsewhere;

  @Override
  public ChangeStore open(Path place) {
    return SqliteStore.open(place);
  }

  @Override
  public void makeNewer(Path place) throws SQLException {
    Outside.execute(place, "PRAGMA user_version = 1000", "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public Optional<ChangeStore> openWithRoomFor(long bytes) {
    SqliteOptions options = SqliteOptions.defaults().withMaximumBytes(bytes);
    return Optional.of(SqliteStore.open(elsewhere.resolve("limited"), options));
  }
}
