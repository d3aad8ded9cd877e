package dev.plait.storage.sqlite;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/*
 * THE FILE, VERSION 2
 *
 * A SQLite database in UTF-8 with application_id 0x506c6169 ("Plai") and the version of this layout
 * in user_version. Both are in the file's header before anything else is, so a file can be told to
 * be no store, or one of another version, from its first 100 bytes. Five tables:
 *
 *   chunks      one row a chunk, by document, replica and first counter
 *   quarantine  the same columns, for chunks kept aside
 *   suspects    one row for each replica that made two changes of one name in a document: that name
 *   snapshots   one row a document
 *   seals       one row a document that has any row in the tables above: what these add up to; and
 *               the meta row: who writes here, and what the seals add up to
 *
 * The meta row has an empty blob where the others have a name, so it is behind them all. Each
 * transaction writes it and the seals it changes, which in a store of few documents is one page.
 *
 * Numbers inside blobs are big-endian. A replica is its 16 bytes. Dots are 24 bytes each, replica
 * then counter. The records:
 *
 *   chunk       previous, first and last time (8 each), revision (4), number of dependencies (4),
 *               these as dots, the chunk's bytes
 *   snapshot    number of dots of its version (4), these sorted, the snapshot's bytes
 *   seal        count, bytes and sum (8 each) of chunks, quarantine, suspects and snapshots
 *   meta        1 or 0: whether there is an identity; that (16 bytes); the clock (8); the name of
 *               this store among its copies (16) and the one before (16); commits (8); count, bytes and sum
 *               (8 each) of the seals; the identities of before, earliest first
 *
 * The low half of a chunk's or snapshot's sum is a CRC32C of the table's tag (one byte), the key and
 * the record, a number as 8 bytes, a text or blob as its length in 4 bytes and its bytes (but a
 * chunk's record, which is last, without its length); the high half is the size of the chunk or
 * snapshot. What stands for the row in the seal is a CRC32C of the tag, the key and the sum: so what
 * a reader passes over is counted without its record being read. It covers the key, so a row that
 * got under another key is found out too; one that vanished, or came from elsewhere, is missed by
 * the seal; a seal that vanished, or came from elsewhere, by the meta row. A suspect's sum is the
 * CRC32C of tag, document, replica and counter, and stands in the seal itself; a seal's that of the
 * document's name and the record, both bare; that of meta of its record.
 *
 * SQLite compares texts and blobs byte by byte, unsigned: the primary keys are in the port's order.
 */
final class SqliteLayout {

  /** Says in the header that the file is a store. */
  static final int APPLICATION_ID = 0x506c6169;

  /** The one layout that this release reads and writes. */
  static final int VERSION = 2;

  static final int PAGE_BYTES = 4096;

  /** What {@link #VERSION} consists of, each to be executed once. */
  static final List<String> SCHEMA =
      List.of(
          chunkTable("chunks"),
          chunkTable("quarantine"),
          "CREATE TABLE suspects (document TEXT NOT NULL, replica BLOB NOT NULL,"
              + " counter INTEGER NOT NULL, sum INTEGER NOT NULL,"
              + " PRIMARY KEY (document, replica)) WITHOUT ROWID",
          "CREATE TABLE snapshots (document TEXT NOT NULL PRIMARY KEY, sum INTEGER NOT NULL,"
              + " record BLOB NOT NULL)",
          "CREATE TABLE seals (document TEXT NOT NULL PRIMARY KEY, sum INTEGER NOT NULL,"
              + " record BLOB NOT NULL) WITHOUT ROWID",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  private static final int DOT_BYTES = ReplicaId.BYTES + Long.BYTES;

  private SqliteLayout() {}

  private static String chunkTable(String name) {
    return "CREATE TABLE "
        + name
        + " (document TEXT NOT NULL, replica BLOB NOT NULL, first INTEGER NOT NULL,"
        + " last INTEGER NOT NULL, sum INTEGER NOT NULL, record BLOB NOT NULL,"
        + " PRIMARY KEY (document, replica, first)) WITHOUT ROWID";
  }

  /** A size and a checksum as one number. */
  static long sum(int size, long crc) {
    return ((long) size << 32) | crc;
  }

  static long size(long sum) {
    return sum >>> 32;
  }

  static long crc(long sum) {
    return sum & 0xffff_ffffL;
  }

  static byte[] packDots(List<Dot> dots) {
    ByteBuffer packed = ByteBuffer.allocate(dots.size() * DOT_BYTES);
    for (Dot dot : dots) {
      packed.put(dot.replica().toBytes()).putLong(dot.counter());
    }
    return packed.array();
  }

  /** Reads what {@link #packDots} wrote; the record must have passed its checksum. */
  static List<Dot> unpackDots(ByteBuffer record, int count) {
    if (count == 0) {
      return List.of();
    }
    List<Dot> dots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ReplicaId replica = ReplicaId.of(record.getLong(), record.getLong());
      dots.add(new Dot(replica, record.getLong()));
    }
    return dots;
  }

  /** Takes in the parts of a row and gives their CRC32C. */
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
