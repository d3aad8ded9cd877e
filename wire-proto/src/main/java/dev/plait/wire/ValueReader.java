package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.codec.Limits;
import dev.plait.value.CanonicalSize;
import dev.plait.value.Child;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values and what else map keys and list elements hold. What a value may be at most is
 * counted before it is built. Not thread-safe.
 */
final class ValueReader {
  private final Limits limits;
  private final Column counts;
  private final KeyReader keys;
  private final Column integers = new Column();
  private final Column reals = new Column();
  private final Column kinds = new Column();
  private final Column data = new Column();
  private final Column textLengths = new Column();
  private TextPieces texts = TextPieces.NONE;

  /** The lists and maps around the next value, the innermost first. */
  private final ArrayDeque<Open> open = new ArrayDeque<>();

  /** The canonical size of the outermost value, as far as it is known. */
  private long size;

  /**
   * A reader of values.
   *
   * @param counts where the sizes of values come from
   */
  ValueReader(Limits limits, Column counts) {
    this.limits = limits;
    this.counts = counts;
    this.keys = new KeyReader(limits);
  }

  /** Starts over without columns. */
  void restart() {
    keys.restart();
    integers.clear();
    reals.clear();
    kinds.clear();
    data.clear();
    textLengths.clear();
    texts = TextPieces.NONE;
    open.clear();
  }

  /** Finds the columns; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.INTEGERS)) {
      in.column(integers);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.REALS)) {
      in.column(reals);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.VALUE_KINDS)) {
      in.column(kinds);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.DATA)) {
      in.column(data);
      tag = in.tag();
    }
    tag = keys.readColumns(in, tag);
    if (tag == ProtoReader.bytesTag(PayloadFields.TEXT_LENGTHS)) {
      in.column(textLengths);
      tag = in.tag();
    }
    return tag;
  }

  /** Takes the keys and texts, which stand behind what is inserted, out of the text of a chunk. */
  void takeText(StringBuilder text) {
    long keyUnits = keys.units();
    long units = keyUnits + textLengths.sumInts();
    if (units > text.length()) {
      throw DECODING.malformed("there is less text than the keys and values ask for");
    }
    int from = text.length() - (int) units;
    String taken = text.substring(from);
    text.setLength(from);
    keys.start(new TextPieces(taken, 0));
    texts = new TextPieces(taken, (int) keyUnits);
  }

  /** How many values may still come, at most. */
  int atMost() {
    return kinds.bytesLeft();
  }

  /** A key of a map container. */
  String key() {
    return keys.nextAllowed();
  }

  /** A whole number. */
  long integer() {
    return integers.nextSigned();
  }

  /** A value or the marker of a child. */
  Content content() {
    int kind = kinds.nextByte();
    return kind < ValueKind.CHILD
        ? value(kind)
        : new Child(ContainerTable.readType(kind - ValueKind.CHILD));
  }

  /** A value. */
  Value value() {
    return value(kinds.nextByte());
  }

  private Value value(int firstKind) {
    size = 1;
    @Nullable Value read = node(firstKind);
    while (read == null || !open.isEmpty()) {
      Open around = open.element();
      if (read != null) {
        around.add(read);
      }
      if (around.isFull()) {
        open.remove();
        read = around.close();
      } else {
        if (around.isMap()) {
          around.addKey(nextKey());
        }
        read = node(kinds.nextByte());
      }
    }
    return read;
  }

  /** The next value if it holds no others; else null, and it is open now. */
  private @Nullable Value node(int kind) {
    switch (kind) {
      case ValueKind.NULL -> {
        return Value.nil();
      }
      case ValueKind.FALSE, ValueKind.TRUE -> {
        grow(1);
        return Value.of(kind == ValueKind.TRUE);
      }
      case ValueKind.INTEGER -> {
        grow(Long.BYTES);
        return Value.of(integers.nextSigned());
      }
      case ValueKind.REAL -> {
        grow(Double.BYTES);
        return Value.of(real());
      }
      case ValueKind.TEXT -> {
        String text = texts.next(textLengths.nextInt());
        grow(CanonicalSize.text(text));
        return Value.of(text);
      }
      case ValueKind.DATA -> {
        int length = counts.nextInt();
        grow(CanonicalSize.count(length) + (long) length);
        return Value.of(data.nextBytes(length));
      }
      case ValueKind.LIST, ValueKind.MAP -> {
        open(kind == ValueKind.MAP);
        return null;
      }
      default -> throw refused(kind);
    }
  }

  private static RuntimeException refused(int kind) {
    return kind > ValueKind.CHILD
        ? DECODING.malformed("a child container stands where only a value may")
        : DECODING.unsupported("values of kind " + kind + " are unknown to this release");
  }

  private double real() {
    double number = Double.longBitsToDouble(reals.fixed64());
    if (Double.isNaN(number)
        && Double.doubleToRawLongBits(number) != Double.doubleToLongBits(number)) {
      throw DECODING.malformed("there is one NaN, 0x7ff8000000000000");
    }
    return number;
  }

  private void open(boolean map) {
    int count = Counts.read(limits, "values", counts, kinds.bytesLeft());
    // Every value inside takes at least the byte for its type.
    grow(CanonicalSize.count(count) + (long) count);
    int depth = open.size() + 1;
    if (depth > limits.maxNesting()) {
      throw DECODING.tooMuch(
          "values nest " + depth + " deep or deeper; at most " + limits.maxNesting());
    }
    if (depth > Value.MAX_DEPTH) {
      throw DECODING.invalid(
          "values nest "
              + depth
              + " deep or deeper; there are none deeper than "
              + Value.MAX_DEPTH);
    }
    open.push(new Open(map, count));
  }

  private String nextKey() {
    String key = keys.next();
    grow(CanonicalSize.text(key));
    return key;
  }

  /** Counts canonical bytes of the outermost value, which may have so many and no more. */
  private void grow(long bytes) {
    size += bytes;
    if (size > Value.MAX_SIZE) {
      throw DECODING.invalid(
          "a value takes more than " + Value.MAX_SIZE + " canonical bytes, the most there may be");
    }
  }

  void checkUsedUp() {
    integers.checkUsedUp("whole numbers");
    reals.checkUsedUp("floating-point numbers");
    kinds.checkUsedUp("values");
    data.checkUsedUp("bytes of values");
    keys.checkUsedUp();
    textLengths.checkUsedUp("texts");
  }

  /** A list or map whose values are being read. */
  private static final class Open {
    private final int count;
    private final boolean map;
    private final List<Value> values;
    private final List<String> keys;

    Open(boolean map, int count) {
      this.map = map;
      this.count = count;
      this.values = new ArrayList<>(count);
      this.keys = map ? new ArrayList<>(count) : List.of();
    }

    boolean isMap() {
      return map;
    }

    boolean isFull() {
      return values.size() == count;
    }

    void addKey(String key) {
      int last = keys.size() - 1;
      if (last >= 0 && Unicode.CODE_POINT_ORDER.compare(keys.get(last), key) >= 0) {
        throw DECODING.invalid("the keys of a map ascend by code points, each once");
      }
      keys.add(key);
    }

    void add(Value value) {
      values.add(value);
    }

    Value close() {
      if (!map) {
        return Value.of(values);
      }
      Map<String, Value> entries = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        entries.put(keys.get(i), values.get(i));
      }
      return Value.of(entries);
    }
  }
}
