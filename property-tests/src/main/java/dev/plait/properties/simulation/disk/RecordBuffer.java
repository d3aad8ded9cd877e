package dev.plait.properties.simulation.disk;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A record in the making: grows as it is written to, numbers are big-endian. Not thread-safe. */
final class RecordBuffer {
  private static final int FIRST_BYTES = 1 << 10;
  private static final int KEPT_BYTES = 1 << 20;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

  /** Starts over, with so many bytes left free for what is known at the end. */
  void begin(int free) {
    if (buffer.capacity() > KEPT_BYTES) {
      buffer = ByteBuffer.allocate(FIRST_BYTES);
    }
    buffer.clear().position(free);
  }

  int length() {
    return buffer.position();
  }

  /** The array that holds it from its first byte on. */
  byte[] array() {
    return buffer.array();
  }

  /** To write at absolute positions. */
  ByteBuffer bytes() {
    return buffer;
  }

  void put(byte value) {
    room(1).put(value);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void putReplica(ReplicaId replica) {
    room(ReplicaId.BYTES).putLong(replica.high()).putLong(replica.low());
  }

  void putDot(Dot dot) {
    putReplica(dot.replica());
    putLong(dot.counter());
  }

  void putBytes(byte[] bytes) {
    putInt(bytes.length);
    room(bytes.length).put(bytes);
  }

  void putText(String text) {
    putBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private ByteBuffer room(int count) {
    if (buffer.remaining() < count) {
      long needed = (long) buffer.position() + count;
      if (needed > LogFile.MOST_BYTES) {
        throw new StoreException.Unstorable(
            "the batch is longer than the " + LogFile.MOST_BYTES + " bytes a record may have",
            null);
      }
      int capacity = (int) Math.min(LogFile.MOST_BYTES, Math.max(needed, 2L * buffer.capacity()));
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
