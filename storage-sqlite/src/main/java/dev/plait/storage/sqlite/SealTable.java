package dev.plait.storage.sqlite;

import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/** The table of seals: what is to be found of each document. See {@link Meta} for its last row. */
final class SealTable {

  static final String READ_SQL = "SELECT document, sum, record FROM seals WHERE document = ?";

  /** What is a name; the meta row has a blob, which is behind all texts. */
  static final String NAMED_SQL = "document < x''";

  /** From a name on, in order. */
  static final String READ_FROM_SQL =
      "SELECT document, sum, record FROM seals WHERE document >= ? AND "
          + NAMED_SQL
          + " ORDER BY document";

  static final String WRITE_SQL =
      "INSERT OR REPLACE INTO seals (document, sum, record) VALUES (?, ?, ?)";

  static final String DELETE_SQL = "DELETE FROM seals WHERE document = ?";

  private SealTable() {}

  /** The seal of a document; an empty one if nothing is kept of it. */
  static DocumentSeal read(PreparedStatement read, String document) throws SQLException {
    read.setString(1, document);
    try (ResultSet row = read.executeQuery()) {
      return row.next()
          ? seal(document, row.getLong(2), Columns.bytes(row, 3))
          : DocumentSeal.EMPTY;
    }
  }

  /** Hands over the seals of the documents whose names start with the prefix, in order. */
  static void read(
      PreparedStatement readFrom, String prefix, BiConsumer<String, DocumentSeal> consumer)
      throws SQLException {
    readFrom.setString(1, prefix);
    try (ResultSet rows = readFrom.executeQuery()) {
      while (rows.next()) {
        String document = Columns.text(Columns.bytes(rows, 1));
        if (!document.startsWith(prefix)) {
          return;
        }
        consumer.accept(document, seal(document, rows.getLong(2), Columns.bytes(rows, 3)));
      }
    }
  }

  /** The seal in a row, if that matches its checksum. */
  static DocumentSeal seal(String document, long sum, byte[] record) throws SQLException {
    CRC32C crc = new CRC32C();
    crc.update(document.getBytes(StandardCharsets.UTF_8));
    crc.update(record);
    if (crc.getValue() != sum) {
      throw Columns.mismatch("seals", document);
    }
    return DocumentSeal.from(record);
  }

  static void bind(PreparedStatement write, String document, DocumentSeal seal)
      throws SQLException {
    write.setString(1, document);
    write.setLong(2, seal.crc(document));
    write.setBytes(3, seal.toBytes());
  }

  /** The sum of all seals with this one in it. */
  static RecordSum add(RecordSum sum, String document, DocumentSeal seal) {
    return seal.isEmpty() ? sum : sum.with(seal.crc(document), 0);
  }

  /** The sum of all seals without this one. */
  static RecordSum remove(RecordSum sum, String document, DocumentSeal seal) {
    return seal.isEmpty() ? sum : sum.without(seal.crc(document), 0);
  }
}
