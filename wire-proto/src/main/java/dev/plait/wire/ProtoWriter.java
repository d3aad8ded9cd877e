package dev.plait.wire;

import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the fields of one protobuf message in the order of calls, which must be that of their
 * numbers. Defaults are left out. Confined to one call.
 */
final class ProtoWriter {
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes;
  private int size;
  private int[] cuts = {};
  private int cutCount;

  ProtoWriter(int capacity) {
    bytes = new byte[capacity];
  }

  private void reserve(long more) {
    long wanted = size + more;
    if (wanted > bytes.length) {
      // What is larger than an array is far above every limit.
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, 2L * size)));
    }
  }

  private void varint(long value) {
    reserve(MAX_VARINT_BYTES);
    size = Varints.write(value, bytes, size);
  }

  /** A number. */
  void number(int field, long value) {
    if (value != 0) {
      varint(ProtoReader.varintTag(field));
      varint(value);
    }
  }

  /** A number in eight bytes, least significant first. */
  void fixed64(int field, long value) {
    if (value != 0) {
      varint(ProtoReader.fixed64Tag(field));
      littleEndian(value);
    }
  }

  /** Numbers in eight bytes each. */
  void fixed64s(int field, long[] values) {
    if (values.length > 0) {
      start(field, values.length * Long.BYTES);
      for (long value : values) {
        littleEndian(value);
      }
    }
  }

  private void littleEndian(long value) {
    reserve(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  private void start(int field, int length) {
    varint(ProtoReader.bytesTag(field));
    varint(length);
    reserve(length);
  }

  /** A message or bytes, also when empty. */
  void bytes(int field, byte[] content, int length) {
    start(field, length);
    System.arraycopy(content, 0, bytes, size, length);
    size += length;
  }

  /** Fields that were written elsewhere. */
  void raw(byte[] fields) {
    reserve(fields.length);
    System.arraycopy(fields, 0, bytes, size, fields.length);
    size += fields.length;
  }

  /** A message inside this one, also when empty. */
  void message(int field, ProtoWriter message) {
    bytes(field, message.bytes, message.size);
    int shift = size - message.size;
    for (int i = 0; i < message.cutCount; i++) {
      addCut(shift + message.cuts[i]);
    }
  }

  /** A column. */
  void column(int field, ColumnWriter column) {
    if (column.size() > 0) {
      bytes(field, column.bytes(), column.size());
      addCut(size);
    }
  }

  /** A column that is left out when all its numbers are the usual one. */
  void columnIfVaried(int field, ColumnWriter column) {
    if (column.isVaried()) {
      column(field, column);
    }
  }

  /** Text. */
  void string(int field, String text) {
    if (!text.isEmpty()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes(field, utf8, utf8.length);
    }
  }

  /** The ids of replicas, one after another. */
  void replicas(int field, List<ReplicaId> ids) {
    if (!ids.isEmpty()) {
      start(field, ids.size() * ReplicaId.BYTES);
      for (ReplicaId id : ids) {
        System.arraycopy(id.toBytes(), 0, bytes, size, ReplicaId.BYTES);
        size += ReplicaId.BYTES;
      }
    }
  }

  private void addCut(int at) {
    if (cutCount == cuts.length) {
      cuts = Arrays.copyOf(cuts, Math.max(8, 2 * cutCount));
    }
    cuts[cutCount++] = at;
  }

  /** How many bytes were written. */
  int size() {
    return size;
  }

  /** What was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written, deflated, each column with a code of its own. */
  byte[] deflated(Limits limits) {
    return Deflation.deflate(limits, bytes, size, cuts, cutCount);
  }
}
