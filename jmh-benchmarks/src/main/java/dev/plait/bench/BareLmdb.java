package dev.plait.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.Txn;
import org.openjdk.jmh.infra.Blackhole;

/** LMDB: one database, the number as the key, default flags, lmdbjava's fastest buffers. */
final class BareLmdb implements BareEngine {
  private static final long MAP_BYTES = 16L << 30;

  private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);
  private final Env<ByteBuffer> env;
  private final Dbi<ByteBuffer> values;
  private long last;

  BareLmdb(Path directory) {
    try {
      Files.createDirectory(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    env = Env.create().setMapSize(MAP_BYTES).open(directory.toFile());
    values = env.openDbi((byte[]) null);
  }

  @Override
  public synchronized void append(List<byte[]> appended) {
    try (Txn<ByteBuffer> txn = env.txnWrite()) {
      for (byte[] value : appended) {
        key.clear().putLong(++last).flip();
        values.reserve(txn, key, value.length).put(value);
      }
      txn.commit();
    }
  }

  @Override
  public synchronized void scan(Blackhole out) {
    try (Txn<ByteBuffer> txn = env.txnRead();
        Cursor<ByteBuffer> cursor = values.openCursor(txn)) {
      for (boolean found = cursor.first(); found; found = cursor.next()) {
        out.consume(cursor.key().getLong(0));
        byte[] value = new byte[cursor.val().remaining()];
        cursor.val().get(value);
        out.consume(value);
      }
    }
  }

  @Override
  public synchronized void close() {
    env.close();
  }
}
