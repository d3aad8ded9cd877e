package dev.plait.storage.sqlite;

import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The seals of the documents that one transaction touches. Not thread-safe. */
final class SealWriter {

  private final PreparedStatement read;
  private final PreparedStatement write;
  private final PreparedStatement delete;
  private final Map<String, DocumentSeal> before = new HashMap<>();
  private final Map<String, DocumentSeal> now = new HashMap<>();

  SealWriter(Connection connection) throws SQLException {
    read = connection.prepareStatement(SealTable.READ_SQL);
    write = connection.prepareStatement(SealTable.WRITE_SQL);
    delete = connection.prepareStatement(SealTable.DELETE_SQL);
  }

  /** Forgets the transaction before. */
  void begin() {
    before.clear();
    now.clear();
  }

  /** The seal of a document as of now. */
  DocumentSeal get(String document) throws SQLException {
    DocumentSeal seal = now.get(document);
    if (seal == null) {
      seal = SealTable.read(read, document);
      before.put(document, seal);
      now.put(document, seal);
    }
    return seal;
  }

  /** Changes the seal of a document that {@link #get} gave. */
  void put(String document, DocumentSeal seal) {
    now.put(document, seal);
  }

  /** Writes what has changed; gives the sum of all seals after it. */
  RecordSum write(RecordSum sum) throws SQLException {
    RecordSum all = sum;
    for (Map.Entry<String, DocumentSeal> entry : now.entrySet()) {
      String document = entry.getKey();
      DocumentSeal seal = entry.getValue();
      DocumentSeal was = before.getOrDefault(document, DocumentSeal.EMPTY);
      if (seal.equals(was)) {
        continue;
      }
      all = SealTable.add(SealTable.remove(all, document, was), document, seal);
      if (seal.isEmpty()) {
        delete.setString(1, document);
        delete.execute();
      } else {
        SealTable.bind(write, document, seal);
        write.execute();
      }
    }
    return all;
  }
}
