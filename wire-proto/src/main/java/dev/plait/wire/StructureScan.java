package dev.plait.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.PlaitProto;
import java.util.Arrays;

/*
 * Why the bytes are walked before protobuf parses them. The generated parser builds an object for
 * every sub-message and keeps every field it does not know, so two megabytes of nothing become
 * dozens of megabytes of heap before anybody can count. This walk builds nothing. It follows the
 * schema and refuses fields the schema lacks (a newer release wrote them, and skipping what it meant
 * would make replicas differ), wrong wire types, lengths that leave their message, single fields and
 * choices that come twice, too many entries and too deep nesting. What is left for the parser to refuse is text that is not UTF-8.
 *
 * It also refuses what no writer writes: fields out of order, numbers in more bytes than they need or
 * wider than their field, single fields that say their default, columns without entries. So what is
 * accepted is the only way to say what it says, here as in what ProtoReader reads.
 */
/** Checks the structure of encoded messages against their schema without building anything. */
final class StructureScan {
  /** Levels of messages in a chunk or snapshot above the outermost value. */
  private static final int LEVELS_ABOVE_VALUES = 16;

  /** Levels of messages for one level of a value: a value, its map, the entry of the map. */
  private static final int LEVELS_PER_NESTING = 3;

  private static final int MAX_VARINT_BYTES = 10;
  private static final int WIRE_TYPE_BITS = 3;
  private static final int WIRE_TYPE_MASK = 7;
  private static final int WIRE_MAX_FIELD = (1 << 29) - 1;

  private final Direction direction;
  private final Limits limits;
  private final byte[] bytes;
  private final Level[] levels;
  private int position;

  private StructureScan(Direction direction, Limits limits, byte[] bytes, int from) {
    this.direction = direction;
    this.limits = limits;
    this.bytes = bytes;
    this.position = from;
    this.levels = new Level[maxLevels(limits)];
  }

  /** How deep messages may nest in each other. */
  static int maxLevels(Limits limits) {
    return LEVELS_ABOVE_VALUES + LEVELS_PER_NESTING * limits.maxNesting();
  }

  /** Walks over the bytes of one message. */
  static void check(Direction direction, Limits limits, byte[] bytes, Descriptor message) {
    check(direction, limits, bytes, 0, bytes.length, message);
  }

  /** Walks over the message that stands between these offsets. */
  static void check(
      Direction direction, Limits limits, byte[] bytes, int from, int to, Descriptor message) {
    new StructureScan(direction, limits, bytes, from).walk(message, to);
  }

  private void walk(Descriptor message, int messageEnd) {
    int depth = 0;
    levels[0] = new Level();
    levels[0].enter(message, messageEnd);
    while (depth >= 0) {
      Level level = levels[depth];
      if (position == level.end) {
        depth--;
        continue;
      }
      FieldDescriptor field = readTag(level);
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        skip(level, field);
        continue;
      }
      int end = readLength(level, field);
      if (end == position && (field.isRepeated() || isVersion(field))) {
        throw direction.malformed(nameOf(field) + " is empty; it is to be left out");
      }
      countOne(level, field);
      depth++;
      if (depth == levels.length) {
        throw direction.tooMuch("messages nest deeper than " + levels.length + " levels");
      }
      if (levels[depth] == null) {
        levels[depth] = new Level();
      }
      levels[depth].enter(field.getMessageType(), end);
    }
  }

  /** Versions and dependencies are left out when they are empty. */
  private static boolean isVersion(FieldDescriptor field) {
    return field.getMessageType() == PlaitProto.Dots.getDescriptor();
  }

  private FieldDescriptor readTag(Level level) {
    long tag = readVarint(level.end);
    long number = tag >>> WIRE_TYPE_BITS;
    int wireType = (int) tag & WIRE_TYPE_MASK;
    if (number < 1 || number > WIRE_MAX_FIELD || !isKnown(wireType)) {
      throw direction.malformed("there is no field before byte " + position);
    }
    FieldDescriptor field = level.message.findFieldByNumber((int) number);
    if (field == null) {
      throw direction.unsupported(
          "field " + number + " of " + level.message.getName() + " is unknown to this release");
    }
    if (wireType != wireType(field)) {
      throw direction.malformed(nameOf(field) + " has the wrong wire type");
    }
    if (!field.isRepeated()) {
      level.seeOnce(field, direction);
    }
    level.goOn(field, direction);
    return field;
  }

  private static boolean isKnown(int wireType) {
    return wireType == WireFormat.WIRETYPE_VARINT
        || wireType == WireFormat.WIRETYPE_FIXED64
        || wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED
        || wireType == WireFormat.WIRETYPE_FIXED32;
  }

  private static int wireType(FieldDescriptor field) {
    return field.isPacked()
        ? WireFormat.WIRETYPE_LENGTH_DELIMITED
        : field.getLiteType().getWireType();
  }

  private void skip(Level level, FieldDescriptor field) {
    switch (wireType(field)) {
      case WireFormat.WIRETYPE_VARINT -> {
        long value = readVarint(level.end);
        checkWidth(field, value);
        checkSaid(field, value != 0);
      }
      case WireFormat.WIRETYPE_FIXED64 -> skipFixed64(level, field);
      default -> {
        int end = readLength(level, field);
        if (!field.isRepeated() || field.isPacked()) {
          checkSaid(field, end > position);
        }
        if (field.isPacked()) {
          countPacked(level, field, end);
        } else if (field.isRepeated()) {
          countOne(level, field);
        }
        position = end;
      }
    }
  }

  private void countPacked(Level level, FieldDescriptor field, int end) {
    int entries = 0;
    if (field.getLiteType().getWireType() == WireFormat.WIRETYPE_FIXED64) {
      int length = end - position;
      if (length % Long.BYTES != 0) {
        throw direction.malformed(nameOf(field) + " ends in the middle of a number");
      }
      entries = length / Long.BYTES;
    } else {
      while (position < end) {
        checkWidth(field, readVarint(end));
        entries++;
      }
    }
    count(level, field, entries);
  }

  private void countOne(Level level, FieldDescriptor field) {
    if (field.isRepeated()) {
      count(level, field, 1);
    }
  }

  private void count(Level level, FieldDescriptor field, int entries) {
    int limit = limits.maxListLength();
    // Never overflows: there are fewer entries than bytes.
    level.counts[field.getIndex()] += entries;
    if (level.counts[field.getIndex()] > limit) {
      throw direction.tooMuch(nameOf(field) + " has more than " + limit + " entries");
    }
  }

  private int readLength(Level level, FieldDescriptor field) {
    long length = readVarint(level.end);
    if (length < 0 || length > level.end - position) {
      throw direction.malformed(nameOf(field) + " is longer than what it stands in");
    }
    return position + (int) length;
  }

  private void skipFixed64(Level level, FieldDescriptor field) {
    if (Long.BYTES > level.end - position) {
      throw direction.malformed(nameOf(field) + " is cut off");
    }
    int bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits |= bytes[position++];
    }
    checkSaid(field, bits != 0);
  }

  /** Refuses what a narrow field would lose. */
  private void checkWidth(FieldDescriptor field, long value) {
    boolean fits =
        switch (field.getType()) {
          case UINT32 -> value >>> Integer.SIZE == 0;
          case BOOL -> value >>> 1 == 0;
          case ENUM -> value == (int) value;
          default -> true;
        };
    if (!fits) {
      throw direction.malformed(nameOf(field) + " says " + value + ", more than it can hold");
    }
  }

  /** Refuses a default that would have been left out. */
  private void checkSaid(FieldDescriptor field, boolean isSaid) {
    if (!isSaid && !field.hasPresence()) {
      throw direction.malformed(nameOf(field) + " says nothing; it is to be left out");
    }
  }

  private long readVarint(int end) {
    long value = 0;
    int last = Math.min(end - position, MAX_VARINT_BYTES);
    for (int i = 0; i < last; i++) {
      byte next = bytes[position++];
      value |= (next & 0x7fL) << (7 * i);
      if (next >= 0) {
        boolean shortest = i == 0 || (next != 0 && (i < MAX_VARINT_BYTES - 1 || next == 1));
        if (shortest) {
          return value;
        }
        throw direction.malformed(
            "the number before byte " + position + " takes more bytes or bits than it may");
      }
    }
    throw direction.malformed(
        "the number before byte " + position + " is cut off or longer than 64 bits");
  }

  private static String nameOf(FieldDescriptor field) {
    return field.getContainingType().getName() + "." + field.getName();
  }

  /** Where the walk is inside one message. */
  private static final class Level {
    private Descriptor message = PlaitProto.Chunk.getDescriptor();
    private int end;
    private long seen;
    private int last;
    private int[] counts = new int[0];

    void enter(Descriptor entered, int entryEnd) {
      message = entered;
      end = entryEnd;
      seen = 0;
      last = 0;
      int fields = entered.getFields().size();
      if (counts.length < fields) {
        counts = new int[fields];
      } else {
        Arrays.fill(counts, 0);
      }
    }

    /** Goes on to a field, which must not be below the one before, nor a column again. */
    void goOn(FieldDescriptor field, Direction direction) {
      int number = field.getNumber();
      if (number < last || (number == last && field.isPacked())) {
        throw direction.malformed(nameOf(field) + " is out of place: fields ascend");
      }
      last = number;
    }

    /** Marks a single field, and with it all members of its choice, as seen. */
    void seeOnce(FieldDescriptor field, Direction direction) {
      long mark = 1L << field.getIndex();
      if (field.getContainingOneof() != null) {
        for (FieldDescriptor member : field.getContainingOneof().getFields()) {
          mark |= 1L << member.getIndex();
        }
      }
      if ((seen & mark) != 0) {
        throw direction.malformed(nameOf(field) + " comes a second time");
      }
      seen |= mark;
    }
  }
}
