package dev.plait.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protobuf messages as their fields, without a schema: taken apart and put together again. */
final class RawMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int TYPE_MASK = 7;
  private static final int TYPE_BITS = 3;
  private static final int MOST_VARINT_BYTES = 10;

  /**
   * One field.
   *
   * @param tag its number and wire type
   * @param body what stands behind the tag; of bytes only what stands behind their length
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Field(long tag, byte[] body) {
    /** A field that holds bytes. */
    static Field of(int number, byte[] content) {
      return new Field((long) number << TYPE_BITS | BYTES, content);
    }

    /** A field that holds a number. */
    static Field of(int number, long value) {
      return new Field((long) number << TYPE_BITS | VARINT, varint(value));
    }

    int number() {
      return (int) (tag >>> TYPE_BITS);
    }

    boolean isBytes() {
      return (tag & TYPE_MASK) == BYTES;
    }

    boolean isVarint() {
      return (tag & TYPE_MASK) == VARINT;
    }

    /** The number of a varint. */
    long value() {
      return new Scan(body, body.length).varint();
    }

    byte[] written() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(varint(tag));
      if (isBytes()) {
        out.writeBytes(varint(body.length));
      }
      out.writeBytes(body);
      return out.toByteArray();
    }
  }

  private RawMessage() {}

  /** The fields of a message; null if the bytes are none. */
  static @Nullable List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    Scan in = new Scan(message, message.length);
    while (!in.atEnd()) {
      long tag = in.varint();
      int length =
          switch ((int) tag & TYPE_MASK) {
            case VARINT -> in.varintLength();
            case FIXED64 -> Long.BYTES;
            case FIXED32 -> Integer.BYTES;
            case BYTES -> in.length();
            default -> -1;
          };
      byte[] body = in.take(length);
      if (body == null || tag >>> TYPE_BITS == 0) {
        return null;
      }
      fields.add(new Field(tag, body));
    }
    return in.isGood() ? fields : null;
  }

  /** The first field of this number; null if there is none. */
  static @Nullable Field find(List<Field> fields, int number) {
    return fields.stream().filter(field -> field.number() == number).findFirst().orElse(null);
  }

  static byte[] write(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(field -> out.writeBytes(field.written()));
    return out.toByteArray();
  }

  /** The numbers of a packed column, each as its bytes; null if the bytes are no column. */
  static @Nullable List<byte[]> column(byte[] content) {
    List<byte[]> numbers = new ArrayList<>();
    Scan in = new Scan(content, content.length);
    while (!in.atEnd()) {
      byte[] number = in.take(in.varintLength());
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }

  static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** A number in as few bytes as it needs. */
  static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write(((int) rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** A walk over bytes that notes when they are not what they should be. */
  private static final class Scan {
    private final byte[] bytes;
    private final int end;
    private int position;
    private boolean good = true;

    Scan(byte[] bytes, int end) {
      this.bytes = bytes;
      this.end = end;
    }

    boolean isGood() {
      return good;
    }

    boolean atEnd() {
      return !good || position == end;
    }

    /** How many bytes the next number takes; -1 if there is none. */
    int varintLength() {
      for (int i = 0; i < MOST_VARINT_BYTES && position + i < end; i++) {
        if (bytes[position + i] >= 0) {
          return i + 1;
        }
      }
      good = false;
      return -1;
    }

    long varint() {
      int length = varintLength();
      long value = 0;
      for (int i = 0; i < length; i++) {
        value |= (bytes[position++] & 0x7fL) << (7 * i);
      }
      return value;
    }

    int length() {
      long length = varint();
      return good && length >= 0 && length <= end - position ? (int) length : -1;
    }

    byte @Nullable [] take(int length) {
      if (!good || length < 0 || length > end - position) {
        good = false;
        return null;
      }
      position += length;
      return java.util.Arrays.copyOfRange(bytes, position - length, position);
    }
  }
}
