package dev.plait.storage.lmdb;

import java.util.Arrays;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.OS;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * One transaction of LMDB, which reads and, if it was begun so, writes. Ended by closing it, which
 * undoes what was not committed. Not thread-safe; the environment must stay open meanwhile.
 */
final class Transaction implements AutoCloseable {

  /** Up to this a value is first copied beside the map, to learn whether its key is new. */
  private static final int SMALL_BYTES = 4096;

  /** The longest key that LMDB takes. */
  static final int MOST_KEY_BYTES = 511;

  private final Dbi<PointerBytesStore> records;
  private final Txn<PointerBytesStore> txn;
  private final long memory = OS.memory().allocate(MOST_KEY_BYTES + SMALL_BYTES);
  private final PointerBytesStore key = PointerProxy.view();
  private final PointerBytesStore small = PointerProxy.view();

  Transaction(Dbi<PointerBytesStore> records, Txn<PointerBytesStore> txn) {
    this.records = records;
    this.txn = txn;
  }

  /** LMDB's number of this transaction; of one that reads, that of the last that wrote. */
  long number() {
    return txn.getId();
  }

  /** A copy of the value under a key; null if there is none. */
  byte @Nullable [] get(byte[] bytes) {
    PointerBytesStore value = records.get(txn, key(bytes));
    return value == null ? null : copy(value);
  }

  void put(byte[] bytes, byte[] value) {
    records.reserve(txn, key(bytes), value.length).write(0, value, 0, value.length);
  }

  /** Puts a value under a key that has none; false, and nothing is changed, if it has one. */
  boolean putNew(byte[] bytes, byte[] value) {
    if (value.length <= SMALL_BYTES) {
      small.set(memory + MOST_KEY_BYTES, value.length);
      small.write(0, value, 0, value.length);
      return records.put(txn, key(bytes), small, PutFlags.MDB_NOOVERWRITE);
    }
    if (records.get(txn, key(bytes)) != null) {
      return false;
    }
    put(bytes, value);
    return true;
  }

  void delete(byte[] bytes) {
    records.delete(txn, key(bytes));
  }

  void commit() {
    txn.commit();
  }

  /** The records whose keys begin with these bytes, in order. */
  Range range(byte[] prefix) {
    return new Range(prefix, records.openCursor(txn));
  }

  private PointerBytesStore key(byte[] bytes) {
    key.set(memory, bytes.length);
    key.write(0, bytes, 0, bytes.length);
    return key;
  }

  private static byte[] copy(PointerBytesStore view) {
    byte[] bytes = new byte[Math.toIntExact(view.capacity())];
    view.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public void close() {
    try {
      txn.close();
    } finally {
      OS.memory().freeMemory(memory, MOST_KEY_BYTES + SMALL_BYTES);
    }
  }

  /** Goes through records. What it shows is valid until it goes on. */
  final class Range implements AutoCloseable {
    private final byte[] prefix;
    private final Cursor<PointerBytesStore> cursor;
    private byte[] key = new byte[MOST_KEY_BYTES];
    private int keyLength;
    private boolean begun;

    private Range(byte[] prefix, Cursor<PointerBytesStore> cursor) {
      this.prefix = prefix;
      this.cursor = cursor;
    }

    /** Goes to the next record; false at the end. */
    boolean next() {
      boolean found =
          begun ? cursor.next() : cursor.get(Transaction.this.key(prefix), GetOp.MDB_SET_RANGE);
      begun = true;
      return found && belongs(cursor.key());
    }

    private boolean belongs(PointerBytesStore found) {
      keyLength = Math.toIntExact(found.capacity());
      if (keyLength > key.length) {
        key = new byte[keyLength];
      }
      found.read(0, key, 0, keyLength);
      return keyLength >= prefix.length
          && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    int keyLength() {
      return keyLength;
    }

    /** Puts the key at the start of a buffer that has room for it. */
    void copyKey(byte[] into) {
      System.arraycopy(key, 0, into, 0, keyLength);
    }

    /** A copy of the key. */
    byte[] key() {
      return Arrays.copyOf(key, keyLength);
    }

    /** A copy of the value. */
    byte[] value() {
      return copy(cursor.val());
    }

    /** The value as it is in the map. */
    PointerBytesStore view() {
      return cursor.val();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
