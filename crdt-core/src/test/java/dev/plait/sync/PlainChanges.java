package dev.plait.sync;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the tests' documents: bytes that count up. A keystroke says how many there are, from
 * which on, and what it follows; to follow anything else fails the test.
 */
final class PlainChanges {

  private static final ContainerId PLACE = ContainerId.root("bytes", ContainerType.REGISTER);
  private static final int KEYSTROKE_BYTES = 7;

  private PlainChanges() {}

  static Change decode(Chunk chunk) {
    ChunkHeader header = chunk.header();
    return change(
        header.last(),
        header.dependencies(),
        header.previousTime(),
        header.lastTime(),
        chunk.bytes());
  }

  private static Change change(
      Dot dot,
      List<Dot> dependencies,
      HybridTimestamp previousTime,
      HybridTimestamp time,
      byte[] payload) {
    Operation write =
        new Operation.RegisterWrite(new Stamp(time, dot.replica(), 0), Value.of(payload));
    return new Change(
        dot, dependencies, previousTime, time, 1, List.of(new ContainerOperation(PLACE, write)));
  }

  private static byte[] payload(Change change) {
    Operation operation = change.operations().get(0).operation();
    return ((Operation.RegisterWrite) operation).value().asBytes();
  }

  static Chunk encode(String document, Change change) {
    ChunkHeader header =
        new ChunkHeader(
            document,
            change.replica(),
            change.counter(),
            change.counter(),
            change.dependencies(),
            change.previousTime(),
            change.time(),
            change.time(),
            0);
    return Chunk.of(header, payload(change));
  }

  /** The bytes from {@code start} on. */
  static byte[] counting(int start, int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (31 * i + start);
    }
    return payload;
  }

  static byte @Nullable [] next(Change previous, Change next) {
    byte[] payload = payload(next);
    long elapsed = next.time().bits() - previous.time().bits();
    if (payload.length > Byte.MAX_VALUE
        || elapsed > Byte.MAX_VALUE
        || !next.previousTime().equals(previous.time())
        || !next.dependencies().equals(previous.dependencies())) {
      return null;
    }
    return ByteBuffer.allocate(KEYSTROKE_BYTES)
        .putInt(check(previous))
        .put((byte) elapsed)
        .put((byte) payload.length)
        .put(payload[0])
        .array();
  }

  static Change follow(Change previous, byte[] keystroke) {
    ByteBuffer bytes = ByteBuffer.wrap(keystroke);
    if (bytes.getInt() != check(previous)) {
      throw new IllegalStateException("this does not follow " + previous);
    }
    HybridTimestamp time = new HybridTimestamp(previous.time().bits() + bytes.get());
    int length = bytes.get();
    return change(
        new Dot(previous.replica(), previous.counter() + 1),
        previous.dependencies(),
        previous.time(),
        time,
        counting(bytes.get(), length));
  }

  private static int check(Change change) {
    return change.dot().hashCode() + 31 * Arrays.hashCode(payload(change));
  }
}
