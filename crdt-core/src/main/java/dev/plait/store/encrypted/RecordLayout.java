package dev.plait.store.encrypted;

import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/*
 * An encrypted record, all numbers big-endian:
 *
 *   0   1  magic: no protobuf message begins with it, its low bits name no wire type
 *   1   1  version of this layout
 *   2   4  id of the key
 *   6   4  check of the key
 *   10  24 nonce
 *   34  4  CRC32C of the 34 bytes before
 *   38  n  ciphertext, as long as the plaintext
 *       16 tag
 *
 * The tag also covers the first ten bytes and all that stands beside the record in the clear. The
 * checksum tells a damaged header from another key.
 */
/** Where everything in an encrypted record stands, and what it is bound to. */
final class RecordLayout {
  static final byte MAGIC = (byte) 0xe7;
  static final byte VERSION = 1;
  static final int CHECK_BYTES = 4;
  static final int HEADER_BYTES = 38;

  /** How much longer a record is than what it holds. */
  static final int OVERHEAD_BYTES = HEADER_BYTES + ExtendedNonce.TAG_BYTES;

  private static final int BOUND_HEADER_BYTES = 10;
  private static final int NONCE_AT = 10;
  private static final int SUM_AT = 34;
  private static final byte CHUNK = 'C';
  private static final byte SNAPSHOT = 'S';
  private static final int DOT_BYTES = ReplicaId.BYTES + Long.BYTES;

  private RecordLayout() {}

  /** What the first bytes of a record show. */
  enum Reading {
    /** The header is as it was written. */
    SOUND,
    /** It is not. */
    DAMAGED,
    /** A release with another layout wrote it. */
    OTHER_VERSION,
    /** Nobody has encrypted this. */
    CLEAR
  }

  static Reading reading(byte[] record) {
    if (record.length < OVERHEAD_BYTES) {
      return record.length == 0 || record[0] == MAGIC ? Reading.DAMAGED : Reading.CLEAR;
    }
    // The sum is over the bytes that should be there, so that it shows damage to the first two.
    boolean sound = sum(record) == ByteBuffer.wrap(record).getInt(SUM_AT);
    if (record[0] == MAGIC && record[1] == VERSION) {
      return sound ? Reading.SOUND : Reading.DAMAGED;
    }
    if (sound) {
      return Reading.DAMAGED;
    }
    return record[0] == MAGIC ? Reading.OTHER_VERSION : Reading.CLEAR;
  }

  static int version(byte[] record) {
    return record[1];
  }

  static int key(byte[] record) {
    return ByteBuffer.wrap(record).getInt(2);
  }

  static int check(byte[] record) {
    return ByteBuffer.wrap(record).getInt(6);
  }

  static byte[] nonce(byte[] record) {
    byte[] nonce = new byte[ExtendedNonce.NONCE_BYTES];
    System.arraycopy(record, NONCE_AT, nonce, 0, nonce.length);
    return nonce;
  }

  /** A record with its header written and room for the rest. */
  static byte[] withHeader(int key, int check, byte[] nonce, int plaintextBytes) {
    byte[] record = new byte[OVERHEAD_BYTES + plaintextBytes];
    ByteBuffer buffer = ByteBuffer.wrap(record);
    buffer.put(MAGIC).put(VERSION).putInt(key).putInt(check).put(nonce);
    buffer.putInt(sum(record));
    return record;
  }

  /** What the tag of a chunk's record covers besides its content: its whole clear header. */
  static byte[] binding(byte[] record, ChunkHeader header) {
    byte[] document = header.document().getBytes(StandardCharsets.UTF_8);
    List<Dot> dependencies = header.dependencies();
    ByteBuffer bound =
        begin(record, CHUNK, document, 96 + dependencies.size() * DOT_BYTES)
            .putLong(header.replica().high())
            .putLong(header.replica().low())
            .putLong(header.firstCounter())
            .putLong(header.lastCounter())
            .putLong(header.previousTime().bits())
            .putLong(header.firstTime().bits())
            .putLong(header.lastTime().bits())
            .putInt(header.revision());
    return end(bound, dependencies);
  }

  /** What the tag of a snapshot's record covers besides its content: what it is a snapshot of. */
  static byte[] binding(byte[] record, String name, VersionVector version) {
    byte[] document = name.getBytes(StandardCharsets.UTF_8);
    List<Dot> dots = version.dots();
    return end(begin(record, SNAPSHOT, document, 16 + dots.size() * DOT_BYTES), dots);
  }

  private static ByteBuffer begin(byte[] record, byte kind, byte[] document, int moreBytes) {
    return ByteBuffer.allocate(BOUND_HEADER_BYTES + 5 + document.length + moreBytes)
        .put(record, 0, BOUND_HEADER_BYTES)
        .put(kind)
        .putInt(document.length)
        .put(document);
  }

  private static byte[] end(ByteBuffer bound, List<Dot> dots) {
    bound.putInt(dots.size());
    for (Dot dot : dots) {
      bound.putLong(dot.replica().high()).putLong(dot.replica().low()).putLong(dot.counter());
    }
    byte[] bytes = new byte[bound.position()];
    bound.flip().get(bytes);
    return bytes;
  }

  private static int sum(byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(MAGIC);
    sum.update(VERSION);
    sum.update(record, 2, SUM_AT - 2);
    return (int) sum.getValue();
  }
}
