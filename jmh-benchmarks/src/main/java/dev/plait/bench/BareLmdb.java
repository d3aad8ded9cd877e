package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;
import org.openjdk.jmh.infra.Blackhole;

/**
 * LMDB: one database, the key and the value of the store's chunks, but for the checksum, default
 * flags but for the durability, lmdbjava's fastest buffers.
 */
final class BareLmdb implements BareEngine {
  private static final long MAP_BYTES = 16L << 30;
  private static final int KEY_BYTES = 33;
  private static final int LARGEST = 1 << 20;
  private static final long DOCUMENT = 1;
  private static final int STOP_BIT = 0x80;

  private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
  private final ByteBuffer value = ByteBuffer.allocateDirect(LARGEST);
  private final Env<ByteBuffer> env;
  private final Dbi<ByteBuffer> records;

  BareLmdb(Path directory, Durability durability) {
    try {
      Files.createDirectory(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    env = Env.create().setMapSize(MAP_BYTES).open(directory.toFile(), flags(durability));
    records = env.openDbi((byte[]) null);
  }

  private static EnvFlags[] flags(Durability durability) {
    return switch (durability) {
      case FULL -> new EnvFlags[0];
      case RELAXED -> new EnvFlags[] {EnvFlags.MDB_NOMETASYNC};
      case NONE -> new EnvFlags[] {EnvFlags.MDB_NOSYNC};
    };
  }

  @Override
  public synchronized void append(List<Chunk> chunks) {
    try (Txn<ByteBuffer> txn = env.txnWrite()) {
      for (Chunk chunk : chunks) {
        putKey(chunk.header());
        putValue(chunk);
        records.put(txn, key, value);
      }
      txn.commit();
    }
  }

  private void putKey(ChunkHeader header) {
    key.clear().put((byte) 'C').putLong(DOCUMENT);
    key.putLong(header.replica().high()).putLong(header.replica().low());
    key.putLong(header.firstCounter()).flip();
  }

  private void putValue(Chunk chunk) {
    ChunkHeader header = chunk.header();
    byte[] name = header.document().getBytes(StandardCharsets.UTF_8);
    value.clear();
    putNumber(header.lastCounter() - header.firstCounter());
    putNumber(chunk.size());
    putNumber(name.length);
    value.put(name);
    value.putLong(header.previousTime().bits()).putLong(header.firstTime().bits());
    value.putLong(header.lastTime().bits());
    putNumber(header.revision());
    putNumber(header.dependencies().size());
    for (Dot dot : header.dependencies()) {
      value.putLong(dot.replica().high()).putLong(dot.replica().low());
      putNumber(dot.counter());
    }
    value.put(chunk.bytes()).flip();
  }

  /** Seven bits a byte, the lowest first. */
  private void putNumber(long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      value.put((byte) (rest | STOP_BIT));
      rest >>>= 7;
    }
    value.put((byte) rest);
  }

  @Override
  public synchronized void scan(Blackhole out) {
    try (Txn<ByteBuffer> txn = env.txnRead();
        Cursor<ByteBuffer> cursor = records.openCursor(txn)) {
      for (boolean found = cursor.first(); found; found = cursor.next()) {
        out.consume(copy(cursor.key()));
        out.consume(copy(cursor.val()));
      }
    }
  }

  @Override
  public synchronized void scanFrom(ChunkHeader first, Blackhole out) {
    putKey(first);
    try (Txn<ByteBuffer> txn = env.txnRead();
        Cursor<ByteBuffer> cursor = records.openCursor(txn)) {
      for (boolean found = cursor.get(key, GetOp.MDB_SET_RANGE); found; found = cursor.next()) {
        out.consume(copy(cursor.key()));
        out.consume(copy(cursor.val()));
      }
    }
  }

  private static byte[] copy(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  @Override
  public synchronized void close() {
    env.close();
  }
}
