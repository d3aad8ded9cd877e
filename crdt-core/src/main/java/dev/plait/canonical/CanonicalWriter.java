package dev.plait.canonical;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.BytesValue;
import dev.plait.value.Child;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes state apart into bytes, always the same for equal state.
 *
 * <p>Every item says where it ends, so a sequence of items can be read in one way only: different
 * sequences of the same calls never give the same bytes. Numbers of fixed width are little-endian.
 * The writer allocates nothing; all methods are linear in what they write. Not thread-safe.
 */
public abstract sealed class CanonicalWriter permits CanonicalBytes, CanonicalHash {

  /** Stands for null where a {@link Content} may be absent; value types count from 1. */
  private static final int ABSENT = 0;

  private static final int PRESENT = 1;

  /** Stands for a child container where a value's type number could stand. */
  private static final int CHILD = 9;

  CanonicalWriter() {}

  /** One byte: the low eight bits of {@code value}. */
  public abstract void u8(int value);

  /** Eight bytes, the lowest first. */
  public abstract void fixed64(long value);

  /** These bytes as they are, without a length. */
  public void raw(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    int next = offset;
    int end = offset + length;
    for (; end - next >= Long.BYTES; next += Long.BYTES) {
      fixed64(packed(source, next));
    }
    for (; next < end; next++) {
      u8(source[next]);
    }
  }

  /** An unsigned number, seven bits to a byte, the lowest first (LEB128): one to ten bytes. */
  public final void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8(((int) rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    u8((int) rest);
  }

  /** The number of bytes, then the bytes. */
  public final void bytes(byte[] source) {
    varint(source.length);
    raw(source, 0, source.length);
  }

  /**
   * The number of UTF-16 units, then the text in UTF-8. A lone surrogate, which a run of text cut
   * inside a pair begins or ends with, takes the three bytes that its number would.
   */
  public final void text(String text) {
    int units = text.length();
    varint(units);
    int next = 0;
    while (next < units) {
      if (units - next >= Long.BYTES && isAscii(text, next)) {
        fixed64(packed(text, next));
        next += Long.BYTES;
      } else {
        int point = text.codePointAt(next);
        codePoint(point);
        next += Character.charCount(point);
      }
    }
  }

  /** Sixteen bytes, the most significant first. */
  public final void replica(ReplicaId replica) {
    fixed64(Long.reverseBytes(replica.high()));
    fixed64(Long.reverseBytes(replica.low()));
  }

  /** Eight bytes. */
  public final void time(HybridTimestamp time) {
    fixed64(time.bits());
  }

  /** Time, replica, ordinal. */
  public final void stamp(Stamp stamp) {
    time(stamp.time());
    replica(stamp.replica());
    varint(stamp.ordinal());
  }

  /** Replica, sequence number. */
  public final void element(ElementId element) {
    replica(element.replica());
    varint(element.seq());
  }

  /** Says that something that may be absent is absent. */
  public final void absent() {
    u8(ABSENT);
  }

  /** Says that something that may be absent follows. */
  public final void present() {
    u8(PRESENT);
  }

  /** An element id that may be absent. */
  public final void nullableElement(@Nullable ElementId element) {
    if (element == null) {
      absent();
    } else {
      present();
      element(element);
    }
  }

  /** A stamp that may be absent. */
  public final void nullableStamp(@Nullable Stamp stamp) {
    if (stamp == null) {
      absent();
    } else {
      present();
      stamp(stamp);
    }
  }

  /** Content that may be absent: one byte if it is, else as {@link #content}. */
  public final void nullableContent(@Nullable Content content) {
    if (content == null) {
      absent();
    } else {
      content(content);
    }
  }

  /** A value, or a child container's marker and type. */
  public final void content(Content content) {
    if (content instanceof Value value) {
      value(value);
    } else {
      u8(CHILD);
      u8(((Child) content).type().number());
    }
  }

  /**
   * The number of the type, then the content; {@link Value#canonicalSize()} bytes in all. Recursion
   * is bounded by {@link Value#MAX_DEPTH}.
   */
  public final void value(Value value) {
    u8(value.type().number());
    switch (value.type()) {
      case NULL -> {}
      case BOOLEAN -> u8(value.asBoolean() ? 1 : 0);
      case LONG -> fixed64(value.asLong());
      case DOUBLE -> fixed64(Double.doubleToLongBits(value.asDouble()));
      case STRING -> text(value.asString());
      case BYTES -> bytes((BytesValue) value);
      case LIST -> values(value.asList());
      case MAP -> entries(value.asMap());
    }
  }

  private void bytes(BytesValue source) {
    int size = source.size();
    varint(size);
    for (int i = 0; i < size; i++) {
      u8(source.byteAt(i));
    }
  }

  private void values(List<Value> values) {
    varint(values.size());
    for (int i = 0; i < values.size(); i++) {
      value(values.get(i));
    }
  }

  private void entries(Map<String, Value> entries) {
    varint(entries.size());
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
  }

  private void codePoint(int point) {
    if (point < 0x80) {
      u8(point);
    } else {
      longCodePoint(point);
    }
  }

  private void longCodePoint(int point) {
    if (point < 0x800) {
      u8(0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        u8(0xe0 | (point >> 12));
      } else {
        u8(0xf0 | (point >> 18));
        u8(0x80 | ((point >> 12) & 0x3f));
      }
      u8(0x80 | ((point >> 6) & 0x3f));
    }
    u8(0x80 | (point & 0x3f));
  }

  private static boolean isAscii(String text, int from) {
    for (int i = from; i < from + Long.BYTES; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static long packed(String text, int from) {
    long packed = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      packed = (packed << Byte.SIZE) | text.charAt(from + i);
    }
    return packed;
  }

  private static long packed(byte[] source, int from) {
    long packed = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      packed = (packed << Byte.SIZE) | (source[from + i] & 0xff);
    }
    return packed;
  }
}
