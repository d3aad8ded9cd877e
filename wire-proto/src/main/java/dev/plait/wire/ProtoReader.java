package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ReplicaId;

/*
 * Why not the generated parser. It builds objects for everything and takes everything in any order;
 * this reader builds nothing, and takes only what our writer writes: fields in ascending order,
 * single ones once and never with their default, numbers in as few bytes as they need. So bytes that
 * are accepted are the only ones that say what they say, and reading a keystroke costs nanoseconds.
 */
/**
 * A strict reader of protobuf messages: ask for the tag of the next field, compare it with those
 * that may come, read its content. Messages inside are entered and left. Can be used again for
 * another message. Not thread-safe.
 */
final class ProtoReader extends VarintSource {
  private static final int TYPE_BITS = 3;
  private static final int TYPE_VARINT = 0;
  private static final int TYPE_FIXED64 = 1;
  private static final int TYPE_BYTES = 2;
  private static final int TYPE_FIXED32 = 5;
  private static final int MAX_FIELD = (1 << 29) - 1;

  /** A reader of an empty message. */
  ProtoReader() {}

  /** A reader of the message between these offsets. */
  ProtoReader(byte[] bytes, int from, int to) {
    start(bytes, from, to);
  }

  static int varintTag(int field) {
    return field << TYPE_BITS | TYPE_VARINT;
  }

  static int fixed64Tag(int field) {
    return field << TYPE_BITS | TYPE_FIXED64;
  }

  static int bytesTag(int field) {
    return field << TYPE_BITS | TYPE_BYTES;
  }

  /** Where reading goes on. */
  int position() {
    return position;
  }

  /** The tag of the next field of the message, or 0 behind the last one. */
  int tag() {
    int at = position;
    if (at == end) {
      return 0;
    }
    int first = bytes[at];
    if (first >= 1 << TYPE_BITS) {
      position = at + 1;
      return first;
    }
    return longTag();
  }

  private int longTag() {
    long tag = varint();
    if (tag < 1 << TYPE_BITS || tag >>> TYPE_BITS > MAX_FIELD) {
      throw DECODING.malformed("there is no field before byte " + position);
    }
    return (int) tag;
  }

  /**
   * Ends a message.
   *
   * @param tag what {@link #tag} gave last, 0 if all is well
   * @param message the name of the message
   * @param fields how many fields it has, numbered without gaps
   */
  void end(int tag, String message, int fields) {
    if (tag == 0) {
      return;
    }
    int field = tag >>> TYPE_BITS;
    int type = tag & (1 << TYPE_BITS) - 1;
    boolean isType = type <= TYPE_BYTES || type == TYPE_FIXED32;
    if (isType && field > fields) {
      throw DECODING.unsupported(
          "field " + field + " of " + message + " is unknown to this release");
    }
    throw DECODING.malformed(
        "field "
            + field
            + " of "
            + message
            + " is out of place: fields ascend, single ones come once, each has one wire type");
  }

  /**
   * Ends a message that may have fields this release does not know: passes over them if they
   * ascend, behind all known ones.
   */
  void endUnknown(int tag, String message, int fields) {
    int last = fields;
    int next = tag;
    while (next != 0) {
      int field = next >>> TYPE_BITS;
      if (field <= last) {
        end(next, message, MAX_FIELD); // out of place
      }
      last = field;
      skip(next & (1 << TYPE_BITS) - 1);
      next = tag();
    }
  }

  private void skip(int type) {
    switch (type) {
      case TYPE_VARINT -> varint();
      case TYPE_FIXED64 -> skipBytes(Long.BYTES);
      case TYPE_FIXED32 -> skipBytes(Integer.BYTES);
      case TYPE_BYTES -> position = contentEnd();
      default -> throw DECODING.malformed("a field before byte " + position + " has no wire type");
    }
  }

  private void skipBytes(int count) {
    if (end - position < count) {
      throw DECODING.malformed("a number is cut off at byte " + end);
    }
    position += count;
  }

  /** The content of a single number: not 0, which is said by leaving the field out. */
  long number() {
    long value = varint();
    if (value == 0) {
      throw DECODING.malformed("a field before byte " + position + " says 0; it is to be left out");
    }
    return value;
  }

  /** A number as {@link #number} of at most 31 bits; larger ones become 2^31-1. */
  int smallNumber() {
    long value = number();
    return value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
  }

  /** Numbers of eight bytes each, at least one. */
  long[] fixed64s() {
    int contentEnd = contentEndNotEmpty();
    int length = contentEnd - position;
    if (length % Long.BYTES != 0) {
      throw DECODING.malformed("a column ends in the middle of a number, at byte " + contentEnd);
    }
    long[] values = new long[length / Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = fixed64();
    }
    return values;
  }

  /** Passes over the length of a field and returns where it ends; reading goes on inside. */
  int contentEnd() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw DECODING.malformed(
          "what starts at byte " + position + " is longer than what it stands in");
    }
    return position + (int) length;
  }

  /** As {@link #contentEnd}, for what must not be empty, since it would have been left out. */
  int contentEndNotEmpty() {
    int contentEnd = contentEnd();
    if (contentEnd == position) {
      throw DECODING.malformed("a field before byte " + position + " is empty; leave it out");
    }
    return contentEnd;
  }

  /** Goes on behind a field whose content was read by other means. */
  void skipTo(int contentEnd) {
    position = contentEnd;
  }

  /** Goes into a message inside this one; returns what {@link #leave} takes. */
  int enter() {
    int outerEnd = end;
    end = contentEnd();
    return outerEnd;
  }

  /** Goes on behind the message entered last. */
  void leave(int outerEnd) {
    end = outerEnd;
  }

  /** A column of numbers, at least one. */
  Column column() {
    Column column = new Column();
    column(column);
    return column;
  }

  /** Starts a column over with the numbers of a field, at least one. */
  void column(Column column) {
    int contentEnd = contentEndNotEmpty();
    column.start(bytes, position, contentEnd);
    position = contentEnd;
  }

  /** Text in UTF-8. */
  String string() {
    int contentEnd = contentEndNotEmpty();
    String text = Utf8.read(bytes, position, contentEnd);
    position = contentEnd;
    return text;
  }

  /** As {@link #string}; {@code likely} itself if it is that one. */
  String string(String likely) {
    int contentEnd = contentEndNotEmpty();
    int from = position;
    position = contentEnd;
    return Utf8.equals(likely, bytes, from, contentEnd)
        ? likely
        : Utf8.read(bytes, from, contentEnd);
  }

  /** Appends text in UTF-8; whether all of it is ASCII. */
  boolean appendString(StringBuilder text) {
    int contentEnd = contentEndNotEmpty();
    int before = text.length();
    Utf8.append(bytes, position, contentEnd, text);
    boolean ascii = text.length() - before == contentEnd - position;
    position = contentEnd;
    return ascii;
  }

  /** Passes over bytes that were read before, if they come next; whether they do. */
  boolean passes(SeenBytes seen) {
    boolean same = seen.areAt(bytes, position, end);
    if (same) {
      position += seen.length();
    }
    return same;
  }

  /** Keeps in mind that the bytes from one place up to this one were read. */
  void remember(int from, SeenBytes seen) {
    seen.set(bytes, from, position);
  }

  /** What is read from. */
  byte[] bytes() {
    return bytes;
  }

  /** Passes over a field that must hold exactly these characters, all ASCII; whether it does. */
  boolean isNext(String expected) {
    int contentEnd = contentEnd();
    boolean equal = Utf8.equals(expected, bytes, position, contentEnd);
    position = contentEnd;
    return equal;
  }

  /** The id of a replica; {@code known} itself if it is that one. */
  ReplicaId replica(ReplicaId known) {
    int contentEnd = contentEnd();
    if (contentEnd - position != ReplicaId.BYTES) {
      throw DECODING.malformed(
          "a replica id takes " + ReplicaId.BYTES + " bytes, not " + (contentEnd - position));
    }
    long high = bigEndian(position);
    long low = bigEndian(position + Long.BYTES);
    position = contentEnd;
    return known.high() == high && known.low() == low ? known : ReplicaId.of(high, low);
  }

  /** The ids of replicas, one after another, at least one. */
  ReplicaId[] replicas() {
    int contentEnd = contentEndNotEmpty();
    int length = contentEnd - position;
    if (length % ReplicaId.BYTES != 0) {
      throw DECODING.malformed(
          "replica ids take " + ReplicaId.BYTES + " bytes each; " + length + " are left over");
    }
    ReplicaId[] ids = new ReplicaId[length / ReplicaId.BYTES];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ReplicaId.of(bigEndian(position), bigEndian(position + Long.BYTES));
      position += ReplicaId.BYTES;
    }
    return ids;
  }

  private long bigEndian(int at) {
    long value = 0;
    for (int i = at; i < at + Long.BYTES; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
