package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.store.StoredSnapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/*
 * THE RECORDS, VERSION 1
 *
 * All records are in the main database of the environment. A key is a tag and what follows it; LMDB
 * compares keys byte by byte, unsigned, which is the port's order.
 *
 *   M                             what the store says of itself, see StoreRecord
 *   D name number                 a document: the whole name, its seal
 *   C number replica first        a chunk
 *   Q number replica first        a chunk kept aside
 *   E number replica              the change of a replica of whose name there is another
 *   S number                      the snapshot
 *
 * A document's number is given once and never again. In a D key the name is its UTF-8 in which each
 * byte 00 is followed by FF, ended by 00 00, and of that the first 400 bytes: LMDB takes keys of up
 * to 511. So names are in order, and none that is whole begins another; of those that are cut, those
 * that agree so far are told apart by the whole name in the value and sorted in memory.
 *
 * Numbers in keys are 8 bytes, the highest first. In values they are stop-bit numbers, seven bits a
 * byte, the lowest first; what is always long (times, ids, sums) is 8 bytes, the highest first. A
 * value ends in 4 bytes of CRC32C, the highest first, over the whole key and the value before them.
 *
 *   C, Q   last - first, length of the chunk, name, previous time, first time, last time, revision,
 *          dependencies, the chunk
 *   E      counter, name
 *   S      length of the snapshot, name, version, the snapshot
 *   D      name, seal
 *
 * A name or seal is its length and its bytes, dots are their number and for each a replica and a
 * counter. Every value has the whole name of its document: what is left of a damaged store can be
 * read without its D records.
 *
 * The first numbers of C, Q, E and S are read in the map without a copy when a record is passed
 * over; that they are right shows in the seal, in which each record counts with CRC32C over its key,
 * its last counter in 8 bytes and its stored checksum.
 */
final class LmdbLayout {

  /** The layout this release reads and writes. */
  static final int VERSION = 1;

  static final byte META = 'M';
  static final byte DOCUMENT = 'D';
  static final byte CHUNK = 'C';
  static final byte QUARANTINE = 'Q';
  static final byte SUSPECT = 'E';
  static final byte SNAPSHOT = 'S';

  static final int CRC_BYTES = 4;

  /** The key of what the store says of itself. */
  static final byte[] META_KEY = {META};

  private static final int NAME_BYTES = 400;
  private static final int NUMBER_AT = 1;
  private static final int REPLICA_AT = NUMBER_AT + Long.BYTES;
  private static final int FIRST_AT = REPLICA_AT + ReplicaId.BYTES;

  /** How long the key of a chunk is. */
  static final int CHUNK_KEY_BYTES = FIRST_AT + Long.BYTES;

  /** How long the key of a suspect is. */
  static final int SUSPECT_KEY_BYTES = FIRST_AT;

  /** How long the key of a snapshot is. */
  static final int SNAPSHOT_KEY_BYTES = REPLICA_AT;

  private static final int HEAD_BYTES = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private LmdbLayout() {}

  // Keys.

  /** What the keys of all documents begin with whose name begins with this. */
  static byte[] documentsKey(String prefix) {
    return nameKey(prefix.getBytes(StandardCharsets.UTF_8), false, 0);
  }

  /** What the keys of all documents begin with that may have this name. */
  static byte[] documentKey(String name) {
    return nameKey(name.getBytes(StandardCharsets.UTF_8), true, 0);
  }

  static byte[] documentKey(String name, long number) {
    byte[] key = nameKey(name.getBytes(StandardCharsets.UTF_8), true, Long.BYTES);
    putLong(key, key.length - Long.BYTES, number);
    return key;
  }

  private static byte[] nameKey(byte[] name, boolean ended, int more) {
    byte[] key = new byte[NUMBER_AT + NAME_BYTES + 2 + more];
    key[0] = DOCUMENT;
    int length = NUMBER_AT;
    for (int i = 0; i < name.length && length < NUMBER_AT + NAME_BYTES; i++) {
      key[length++] = name[i];
      if (name[i] == 0) {
        key[length++] = (byte) 0xff;
      }
    }
    if (ended && length < NUMBER_AT + NAME_BYTES) {
      length += 2;
    }
    return Arrays.copyOf(key, Math.min(length, NUMBER_AT + NAME_BYTES) + more);
  }

  /** The number at the end of the key of a document. */
  static long numberOf(byte[] documentKey) throws DamagedException {
    if (documentKey.length <= Long.BYTES) {
      throw new DamagedException("the key of a document is cut short");
    }
    return getLong(documentKey, documentKey.length - Long.BYTES);
  }

  /** What the keys of all records of a kind and document begin with; the key of its snapshot. */
  static byte[] key(byte tag, long number) {
    byte[] key = new byte[REPLICA_AT];
    key[0] = tag;
    putLong(key, NUMBER_AT, number);
    return key;
  }

  /** What the keys of a replica's chunks begin with; the key of its suspect. */
  static byte[] key(byte tag, long number, ReplicaId replica) {
    byte[] key = Arrays.copyOf(key(tag, number), FIRST_AT);
    putLong(key, REPLICA_AT, replica.high());
    putLong(key, REPLICA_AT + Long.BYTES, replica.low());
    return key;
  }

  static byte[] key(byte tag, long number, ReplicaId replica, long first) {
    byte[] key = Arrays.copyOf(key(tag, number, replica), CHUNK_KEY_BYTES);
    putLong(key, FIRST_AT, first);
    return key;
  }

  /** The number of the document in the key of any of its records but D. */
  static long numberIn(byte[] key) {
    return getLong(key, NUMBER_AT);
  }

  static ReplicaId replicaIn(byte[] key) {
    return ReplicaId.of(getLong(key, REPLICA_AT), getLong(key, REPLICA_AT + Long.BYTES));
  }

  /** Whether that is the replica in the key. */
  static boolean isOf(byte[] key, ReplicaId replica) {
    return getLong(key, REPLICA_AT) == replica.high()
        && getLong(key, REPLICA_AT + Long.BYTES) == replica.low();
  }

  static long firstIn(byte[] key) {
    return getLong(key, FIRST_AT);
  }

  // Values.

  static byte[] document(byte[] key, String name, DocumentSeal seal) {
    return new RecordWriter(HEAD_BYTES)
        .counted(name.getBytes(StandardCharsets.UTF_8))
        .counted(seal.toBytes())
        .sealed(key);
  }

  static DocumentEntry readDocument(byte[] key, byte[] value) throws DamagedException {
    RecordReader reader = new RecordReader("the record of a document", key, value);
    String name = text(reader.counted());
    byte[] seal = reader.counted();
    reader.end();
    return new DocumentEntry(name, numberOf(key), key, DocumentSeal.from(seal));
  }

  static byte[] chunk(byte[] key, Chunk chunk) {
    ChunkHeader header = chunk.header();
    byte[] bytes = chunk.bytes();
    return new RecordWriter(3 * HEAD_BYTES + bytes.length + CRC_BYTES)
        .number(header.lastCounter() - header.firstCounter())
        .number(bytes.length)
        .counted(header.document().getBytes(StandardCharsets.UTF_8))
        .fixed(header.previousTime().bits())
        .fixed(header.firstTime().bits())
        .fixed(header.lastTime().bits())
        .number(header.revision())
        .dots(header.dependencies())
        .raw(bytes)
        .sealed(key);
  }

  /** Reads a chunk whose document is not known: whatever name the record has. */
  static Chunk readChunk(byte[] key, byte[] value) throws DamagedException {
    if (key.length != CHUNK_KEY_BYTES) {
      throw new DamagedException("the key of a chunk is cut short");
    }
    RecordReader reader = new RecordReader("a chunk", key, value);
    long span = reader.number();
    int length = reader.count(1);
    String document = text(reader.counted());
    ChunkHeader header = header(reader, document, replicaIn(key), firstIn(key), span);
    byte[] bytes = reader.raw(length);
    reader.end();
    return Chunk.over(header, bytes);
  }

  /** Reads the fields between the name of the document and the chunk's own bytes. */
  static ChunkHeader header(
      RecordReader reader, String document, ReplicaId replica, long first, long span)
      throws DamagedException {
    long last = first + span;
    long previousTime = reader.fixed();
    long firstTime = reader.fixed();
    long lastTime = reader.fixed();
    long revision = reader.number();
    List<Dot> dependencies = reader.dots();
    boolean ordered = HybridTimestamp.compare(firstTime, previousTime) > 0;
    if (first < 1 || last < first || !ordered || (int) revision != revision || revision < 0) {
      throw reader.misformed();
    }
    return new ChunkHeader(
        document,
        replica,
        first,
        last,
        dependencies,
        new HybridTimestamp(previousTime),
        new HybridTimestamp(firstTime),
        new HybridTimestamp(lastTime),
        (int) revision);
  }

  static byte[] suspect(byte[] key, String document, long counter) {
    return new RecordWriter(HEAD_BYTES)
        .number(counter)
        .counted(document.getBytes(StandardCharsets.UTF_8))
        .sealed(key);
  }

  static Suspected readSuspect(byte[] key, byte[] value) throws DamagedException {
    if (key.length != SUSPECT_KEY_BYTES) {
      throw new DamagedException("the key of a suspect is cut short");
    }
    RecordReader reader = new RecordReader("a suspect", key, value);
    long counter = reader.atLeastOne(reader.number());
    String document = text(reader.counted());
    reader.end();
    return new Suspected(document, new Dot(replicaIn(key), counter));
  }

  static byte[] snapshot(byte[] key, StoredSnapshot snapshot) {
    byte[] bytes = snapshot.bytes();
    return new RecordWriter(HEAD_BYTES + bytes.length + CRC_BYTES)
        .number(bytes.length)
        .counted(snapshot.document().getBytes(StandardCharsets.UTF_8))
        .dots(snapshot.version().dots())
        .raw(bytes)
        .sealed(key);
  }

  static StoredSnapshot readSnapshot(byte[] key, byte[] value) throws DamagedException {
    if (key.length != SNAPSHOT_KEY_BYTES) {
      throw new DamagedException("the key of a snapshot is cut short");
    }
    RecordReader reader = new RecordReader("a snapshot", key, value);
    int length = reader.count(1);
    String document = text(reader.counted());
    List<Dot> version = reader.dots();
    byte[] bytes = reader.raw(length);
    reader.end();
    return new StoredSnapshot(document, VersionVector.from(version), bytes);
  }

  /** A change of whose name there is another in its document. */
  record Suspected(String document, Dot dot) {}

  /** With what a record counts in the seal of its document. */
  static long sealCrc(byte[] key, long last, int crc) {
    byte[] end = new byte[Long.BYTES + CRC_BYTES];
    putLong(end, 0, last);
    putInt(end, Long.BYTES, crc);
    CRC32C sum = new CRC32C();
    sum.update(key);
    sum.update(end);
    return sum.getValue();
  }

  private static String text(byte[] bytes) throws DamagedException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new DamagedException("a name is not well-formed UTF-8");
    }
    return text;
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }
}
