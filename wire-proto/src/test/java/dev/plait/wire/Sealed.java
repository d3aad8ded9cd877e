package dev.plait.wire;

import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.wire.RawMessage.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

/**
 * Messages with something deflated inside, and beside it how large it becomes: chunks and
 * snapshots. What is deflated is opened, changed, and closed again.
 *
 * @param content the field that may be deflated
 * @param inflated the field that says how large it becomes
 */
record Sealed(int content, int inflated) {
  static final Sealed CHUNK = new Sealed(ChunkFrame.PAYLOAD, ChunkFrame.INFLATED);
  static final Sealed SNAPSHOT = new Sealed(SnapshotFields.BODY, SnapshotFields.INFLATED);

  /** What stands inside, inflated; empty if there is nothing. */
  byte[] open(byte[] message) {
    List<Field> fields = RawMessage.fields(message);
    Field inside = fields == null ? null : RawMessage.find(fields, content);
    if (fields == null || inside == null) {
      return new byte[0];
    }
    Field size = RawMessage.find(fields, inflated);
    if (size == null || size.value() == 0) {
      return inside.body();
    }
    Limits limits = Limits.defaults();
    byte[] body = inside.body();
    try {
      return Deflation.inflate(
          limits, body, 0, body.length, (int) size.value(), limits.maxSnapshotBytes(), "it");
    } catch (ProtocolException damaged) {
      return body;
    }
  }

  /** What these bytes say to hold when inflated, no more than a decoder may believe. */
  long claimed(byte[] message) {
    List<Field> fields = RawMessage.fields(message);
    Field size = fields == null ? null : RawMessage.find(fields, inflated);
    if (size == null || !size.isVarint()) {
      return 0;
    }
    Limits limits = Limits.defaults();
    long most = limits.maxInflation() * (message.length + 1024L);
    return size.value() < 0 ? 0 : Math.min(size.value(), most);
  }

  /** The same message around something else. */
  byte[] close(byte[] message, byte[] other, boolean deflate) {
    List<Field> fields = RawMessage.fields(message);
    if (fields == null) {
      return message;
    }
    List<Field> closed = new ArrayList<>(fields);
    closed.removeIf(field -> field.number() == content || field.number() == inflated);
    closed.add(Field.of(content, deflate ? deflated(other) : other));
    if (deflate) {
      closed.add(Field.of(inflated, other.length));
    }
    return RawMessage.write(closed);
  }

  /** Changes what stands inside; mostly it is deflated again as it was. */
  byte[] change(byte[] message, Random random, UnaryOperator<byte[]> change) {
    byte[] changed = change.apply(open(message));
    return close(message, changed, random.nextInt(4) > 0);
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] room = new byte[bytes.length + 64 + bytes.length / 100];
      int length = deflater.deflate(room);
      return java.util.Arrays.copyOf(room, length);
    } finally {
      deflater.end();
    }
  }
}
