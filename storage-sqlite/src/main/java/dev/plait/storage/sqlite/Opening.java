package dev.plait.storage.sqlite;

import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What happens when a store is opened, in this order: SQLite is there; the files are looked at by
 * plain reads; the store is claimed; they are looked at again; SQLite reads what the store says of
 * itself, without writing; it is compared with the head. Only then may anything be changed.
 */
final class Opening {

  private Opening() {}

  /** An open store. */
  static SqliteStore open(Path path, SqliteOptions options) {
    try {
      Library.require();
      return open(new StoreFile(StoreFile.realName(path), options));
    } catch (SQLException failure) {
      throw Failures.translate(path, "opening it", failure);
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          path + " cannot be opened: " + failure + "; its directory must exist and be writable",
          failure);
    }
  }

  private static SqliteStore open(StoreFile file) throws SQLException, IOException {
    // A refusal leaves not even a lock file. Where there is none, nobody has the store open.
    if (!Files.exists(file.lock())) {
      file.check(HeadFile.look(file.head()).orElse(null));
    }
    Claim claim = Claim.of(file.lock(), file.path());
    try {
      HeadFile headFile = HeadFile.open(file.head(), file.options().instances());
      try {
        return open(file, claim, headFile);
      } catch (SQLException | IOException | RuntimeException failure) {
        Connections.closeAfter(failure, headFile);
        throw failure;
      }
    } catch (SQLException | IOException | RuntimeException failure) {
      Connections.closeAfter(failure, claim);
      throw failure;
    }
  }

  private static SqliteStore open(StoreFile file, Claim claim, HeadFile headFile)
      throws SQLException, IOException {
    Head found = headFile.read();
    file.check(found);
    file.removeLeftOver(found);
    if (file.isMade()) {
      StoreHead.check(file.path(), found, file.inspect());
    } else {
      file.make();
    }
    Writer writer = Writer.open(file);
    try {
      Meta meta = writer.readMeta();
      StoreHead head = StoreHead.of(headFile, file, found, meta);
      head.recover(writer);
      return new SqliteStore(file, claim, new Committer(file, head, writer, meta));
    } catch (SQLException | IOException | RuntimeException failure) {
      Connections.closeAfter(failure, writer);
      throw failure;
    }
  }
}
