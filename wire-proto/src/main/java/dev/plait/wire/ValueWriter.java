package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.codec.Limits;
import dev.plait.value.Child;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes values and what else map keys and list elements hold. Confined to one call. */
final class ValueWriter {
  private final Limits limits;
  private final ColumnWriter counts;
  private final KeyWriter keys;
  private final ColumnWriter integers = new ColumnWriter();
  private final ColumnWriter reals = new ColumnWriter();
  private final ColumnWriter kinds = new ColumnWriter();
  private final ColumnWriter data = new ColumnWriter();
  private final ColumnWriter textLengths = new ColumnWriter();
  private final StringBuilder texts = new StringBuilder();

  /** What is left of the lists and maps around the next value, the innermost first. */
  private final ArrayDeque<Iterator<?>> open = new ArrayDeque<>();

  /**
   * A writer of values.
   *
   * @param counts where the sizes of values go
   */
  ValueWriter(Limits limits, ColumnWriter counts) {
    this.limits = limits;
    this.counts = counts;
    this.keys = new KeyWriter(limits);
  }

  /** A key of a map. */
  void key(String key) {
    keys.add(key);
  }

  /** A whole number. */
  void integer(long number) {
    integers.addSigned(number);
  }

  /** A value or the marker of a child. */
  void content(Content content) {
    if (content instanceof Child child) {
      kinds.addByte(ValueKind.CHILD + child.type().number());
    } else {
      value((Value) content);
    }
  }

  /** A value. */
  void value(Value value) {
    if (value.depth() > limits.maxNesting()) {
      throw ENCODING.tooMuch(
          "values nest " + value.depth() + " deep; at most " + limits.maxNesting());
    }
    node(value);
    while (!open.isEmpty()) {
      Iterator<?> rest = open.element();
      if (!rest.hasNext()) {
        open.remove();
        continue;
      }
      Object next = rest.next();
      if (next instanceof Map.Entry<?, ?> entry) {
        keys.add((String) entry.getKey());
        node((Value) entry.getValue());
      } else {
        node((Value) next);
      }
    }
  }

  /** What a value is by itself; those inside it are left open. */
  private void node(Value value) {
    switch (value.type()) {
      case NULL -> kinds.addByte(ValueKind.NULL);
      case BOOLEAN -> kinds.addByte(value.asBoolean() ? ValueKind.TRUE : ValueKind.FALSE);
      case LONG -> {
        kinds.addByte(ValueKind.INTEGER);
        integers.addSigned(value.asLong());
      }
      case DOUBLE -> {
        kinds.addByte(ValueKind.REAL);
        reals.addFixed64(Double.doubleToLongBits(value.asDouble()));
      }
      case STRING -> {
        kinds.addByte(ValueKind.TEXT);
        textLengths.add(value.asString().length());
        texts.append(value.asString());
      }
      case BYTES -> {
        kinds.addByte(ValueKind.DATA);
        byte[] bytes = value.asBytes();
        counts.add(bytes.length);
        data.addBytes(bytes);
      }
      case LIST -> {
        kinds.addByte(ValueKind.LIST);
        open(value.asList());
      }
      case MAP -> {
        kinds.addByte(ValueKind.MAP);
        open(value.asMap().entrySet());
      }
    }
  }

  private void open(Collection<?> entries) {
    counts.add(Counts.checked(ENCODING, limits, "values", entries.size()));
    open.push(entries.iterator());
  }

  /** The units of all keys and then of all texts. */
  String text() {
    return keys.names() + texts.toString();
  }

  /** Adds the columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.INTEGERS, integers);
    payload.column(PayloadFields.REALS, reals);
    payload.column(PayloadFields.VALUE_KINDS, kinds);
    payload.column(PayloadFields.DATA, data);
    keys.addTo(payload);
    payload.column(PayloadFields.TEXT_LENGTHS, textLengths);
  }
}
