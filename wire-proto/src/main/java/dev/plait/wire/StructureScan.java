package dev.plait.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.WireFormat;
import dev.plait.codec.Limits;
import dev.plait.wire.MessageShape.Field;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Level[] levels;
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
    enter(0, MessageShape.of(message), messageEnd);
    while (depth >= 0) {
      Level level = Objects.requireNonNull(levels[depth]);
      if (position == level.end) {
        depth--;
        continue;
      }
      Field field = readTag(level);
      if (!field.isMessage()) {
        skip(level, field);
        continue;
      }
      int end = readLength(level, field);
      if (end == position && (field.isRepeated() || field.isVersion())) {
        throw direction.malformed(field + " is empty; it is to be left out");
      }
      countOne(level, field);
      depth++;
      if (depth == levels.length) {
        throw direction.tooMuch("messages nest deeper than " + levels.length + " levels");
      }
      enter(depth, field.message(), end);
    }
  }

  private void enter(int depth, MessageShape message, int end) {
    Level level = levels[depth];
    if (level == null) {
      level = new Level(message);
      levels[depth] = level;
    }
    level.enter(message, end);
  }

  private Field readTag(Level level) {
    long tag = readVarint(level.end);
    long number = tag >>> WIRE_TYPE_BITS;
    int wireType = (int) tag & WIRE_TYPE_MASK;
    if (number < 1 || number > WIRE_MAX_FIELD || !isKnown(wireType)) {
      throw direction.malformed("there is no field before byte " + position);
    }
    Field field = level.message.find(number);
    if (field == null) {
      throw direction.unsupported(
          "field " + number + " of " + level.message.name() + " is unknown to this release");
    }
    if (wireType != field.wireType()) {
      throw direction.malformed(field + " has the wrong wire type");
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

  private void skip(Level level, Field field) {
    switch (field.wireType()) {
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

  private void countPacked(Level level, Field field, int end) {
    int entries = 0;
    if (field.elementWireType() == WireFormat.WIRETYPE_FIXED64) {
      int length = end - position;
      if (length % Long.BYTES != 0) {
        throw direction.malformed(field + " ends in the middle of a number");
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

  private void countOne(Level level, Field field) {
    if (field.isRepeated()) {
      count(level, field, 1);
    }
  }

  private void count(Level level, Field field, int entries) {
    int limit = limits.maxListLength();
    // Never overflows: there are fewer entries than bytes.
    level.counts[field.index()] += entries;
    if (level.counts[field.index()] > limit) {
      throw direction.tooMuch(field + " has more than " + limit + " entries");
    }
  }

  private int readLength(Level level, Field field) {
    long length = readVarint(level.end);
    if (length < 0 || length > level.end - position) {
      throw direction.malformed(field + " is longer than what it stands in");
    }
    return position + (int) length;
  }

  private void skipFixed64(Level level, Field field) {
    if (Long.BYTES > level.end - position) {
      throw direction.malformed(field + " is cut off");
    }
    int bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits |= bytes[position++];
    }
    checkSaid(field, bits != 0);
  }

  /** Refuses what a narrow field would lose. */
  private void checkWidth(Field field, long value) {
    if (!field.width().fits(value)) {
      throw direction.malformed(field + " says " + value + ", more than it can hold");
    }
  }

  /** Refuses a default that would have been left out. */
  private void checkSaid(Field field, boolean isSaid) {
    if (!isSaid && !field.hasPresence()) {
      throw direction.malformed(field + " says nothing; it is to be left out");
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

  /** Where the walk is inside one message. */
  private static final class Level {
    private MessageShape message;
    private int end;
    private long seen;
    private int last;
    private int[] counts = new int[0];

    Level(MessageShape message) {
      this.message = message;
    }

    void enter(MessageShape entered, int entryEnd) {
      message = entered;
      end = entryEnd;
      seen = 0;
      last = 0;
      int fields = entered.size();
      if (counts.length < fields) {
        counts = new int[fields];
      } else {
        Arrays.fill(counts, 0);
      }
    }

    /** Goes on to a field, which must not be below the one before, nor a column again. */
    void goOn(Field field, Direction direction) {
      int number = field.number();
      if (number < last || (number == last && field.isPacked())) {
        throw direction.malformed(field + " is out of place: fields ascend");
      }
      last = number;
    }

    /** Marks a single field, and with it all members of its choice, as seen. */
    void seeOnce(Field field, Direction direction) {
      long mark = field.choice();
      if ((seen & mark) != 0) {
        throw direction.malformed(field + " comes a second time");
      }
      seen |= mark;
    }
  }
}
