package dev.plait.storage.sqlite;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/*
 * THE FILE, VERSION 1
 *
 * A SQLite database in UTF-8 with application_id 0x506c6169 ("Plai") and the version of this layout
 * in user_version. Both are in the file's header before anything else is, so a file can be told to
 * be no store, or a newer one, from its first 100 bytes. Five tables:
 *
 *   chunks      one row a chunk, by document, replica and first counter
 *   quarantine  the same columns, for chunks kept aside
 *   suspects    one row for each replica that made two changes of one name in a document: that name
 *   snapshots   one row a document
 *   meta        "identity": the 16 bytes of the replica that writes here; "former": those of the
 *               ones before, one after another; "clock": the 8 bytes of the highest reading
 *
 * Numbers inside blobs are big-endian. A replica is its 16 bytes. Dots (dependencies, version) are
 * 24 bytes each, replica then counter, a version's sorted. Times are the 64 bits of a timestamp in
 * SQLite's signed integer.
 *
 * crc is the CRC32C, as an unsigned number, of the table's tag (one byte) and then of every other
 * column in the order of the table: a number as 8 bytes, a text or blob as its length in 4 bytes and
 * its bytes. It covers the key, so a row that got under another key is found out too.
 *
 * SQLite compares texts and blobs byte by byte, unsigned: the primary keys are in the port's order.
 */
final class SqliteLayout {

  /** Says in the header that the file is a store. */
  static final int APPLICATION_ID = 0x506c6169;

  /** The newest layout this release reads, and the one it writes. */
  static final int VERSION = 1;

  static final int PAGE_BYTES = 4096;

  /** What {@link #VERSION} consists of, each to be executed once. */
  static final List<String> SCHEMA =
      List.of(
          chunkTable("chunks"),
          chunkTable("quarantine"),
          "CREATE TABLE suspects (document TEXT NOT NULL, replica BLOB NOT NULL,"
              + " counter INTEGER NOT NULL, crc INTEGER NOT NULL,"
              + " PRIMARY KEY (document, replica)) WITHOUT ROWID",
          "CREATE TABLE snapshots (document TEXT NOT NULL PRIMARY KEY, version BLOB NOT NULL,"
              + " bytes BLOB NOT NULL, crc INTEGER NOT NULL)",
          "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL,"
              + " crc INTEGER NOT NULL) WITHOUT ROWID",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  private static final int DOT_BYTES = ReplicaId.BYTES + Long.BYTES;

  private SqliteLayout() {}

  private static String chunkTable(String name) {
    return "CREATE TABLE "
        + name
        + " (document TEXT NOT NULL, replica BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER"
        + " NOT NULL, previous_time INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time"
        + " INTEGER NOT NULL, revision INTEGER NOT NULL, dependencies BLOB NOT NULL, bytes BLOB NOT"
        + " NULL, crc INTEGER NOT NULL, PRIMARY KEY (document, replica, first)) WITHOUT ROWID";
  }

  static byte[] packDots(List<Dot> dots) {
    ByteBuffer packed = ByteBuffer.allocate(dots.size() * DOT_BYTES);
    for (Dot dot : dots) {
      packed.put(dot.replica().toBytes()).putLong(dot.counter());
    }
    return packed.array();
  }

  /** Reads what {@link #packDots} wrote; the bytes must have passed their checksum. */
  static List<Dot> unpackDots(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    List<Dot> dots = new ArrayList<>(packed.length / DOT_BYTES);
    while (bytes.hasRemaining()) {
      ReplicaId replica = ReplicaId.of(bytes.getLong(), bytes.getLong());
      dots.add(new Dot(replica, bytes.getLong()));
    }
    return dots;
  }

  /** Takes in the columns of a row and gives its crc. */
  static final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Checksum(char tag) {
      crc.update(tag);
    }

    Checksum number(long value) {
      crc.update(number.clear().putLong(value).flip());
      return this;
    }

    Checksum bytes(byte[] value) {
      crc.update(number.clear().putInt(value.length).flip());
      crc.update(value);
      return this;
    }

    long value() {
      return crc.getValue();
    }
  }
}
