package dev.plait.value;

import java.util.List;
import java.util.Map;

/**
 * A piece of plain data: null, boolean, long, double, string, bytes, list or map.
 *
 * <p>Values are equal when they have the same type and the same canonical content, so {@code 1} and
 * {@code 1.0} differ. They are ordered by type number, then by content: false before true; longs by
 * size; doubles as {@link Double#compare} orders them, which tells -0.0 from 0.0 and puts the one
 * NaN last; strings by code point; bytes unsigned; lists element by element; maps entry by entry in
 * the code point order of their keys; where one is the start of the other, the shorter first.
 *
 * <p>Strings are well-formed Unicode, lists and maps nest at most {@link #MAX_DEPTH} deep, and a
 * value takes at most {@link #MAX_SIZE} canonical bytes; the factories refuse everything else.
 * Immutable; safe to share between threads. Reading size, depth and hash is constant time;
 * comparing is linear in the content and recurses no deeper than the nesting.
 */
public sealed interface Value extends Content, Comparable<Value>
    permits NullValue,
        BooleanValue,
        LongValue,
        DoubleValue,
        StringValue,
        BytesValue,
        ListValue,
        MapValue {

  /** How deep lists and maps may nest; a list of numbers has depth 1. */
  int MAX_DEPTH = 16;

  /** How many canonical bytes one value may take: 1 MiB. */
  int MAX_SIZE = 1 << 20;

  /** The null value. */
  static Value nil() {
    return NullValue.NIL;
  }

  /** A boolean. */
  static Value of(boolean value) {
    return value ? BooleanValue.TRUE : BooleanValue.FALSE;
  }

  /** A whole number. */
  static Value of(long value) {
    return new LongValue(value);
  }

  /** A floating-point number; every NaN becomes the same one. */
  static Value of(double value) {
    return new DoubleValue(value);
  }

  /**
   * A string.
   *
   * @throws ValueException LONE_SURROGATE, VALUE_TOO_LARGE
   */
  static Value of(String value) {
    return new StringValue(value);
  }

  /**
   * A copy of these bytes.
   *
   * @throws ValueException VALUE_TOO_LARGE
   */
  static Value of(byte[] value) {
    return new BytesValue(value);
  }

  /**
   * A list of these values, in this order.
   *
   * @throws ValueException VALUE_TOO_DEEP, VALUE_TOO_LARGE
   */
  static Value of(List<? extends Value> values) {
    return new ListValue(values);
  }

  /**
   * A map of these entries; their order does not matter.
   *
   * @throws ValueException LONE_SURROGATE for a key, VALUE_TOO_DEEP, VALUE_TOO_LARGE
   */
  static Value of(Map<String, ? extends Value> entries) {
    return new MapValue(entries);
  }

  /** Which of the eight kinds this is. */
  ValueType type();

  /** How many bytes this takes in canonical form, at least 1 and at most {@link #MAX_SIZE}. */
  int canonicalSize();

  /** How many lists and maps are nested in each other here: 0 for plain values. */
  default int depth() {
    return 0;
  }

  /** Whether this is the null value. */
  default boolean isNull() {
    return type() == ValueType.NULL;
  }

  /**
   * The boolean this is.
   *
   * @throws ValueException WRONG_TYPE
   */
  default boolean asBoolean() {
    throw ValueException.wrongType(ValueType.BOOLEAN, type());
  }

  /**
   * The whole number this is; a double is not converted.
   *
   * @throws ValueException WRONG_TYPE
   */
  default long asLong() {
    throw ValueException.wrongType(ValueType.LONG, type());
  }

  /**
   * The floating-point number this is; a long is not converted.
   *
   * @throws ValueException WRONG_TYPE
   */
  default double asDouble() {
    throw ValueException.wrongType(ValueType.DOUBLE, type());
  }

  /**
   * The string this is.
   *
   * @throws ValueException WRONG_TYPE
   */
  default String asString() {
    throw ValueException.wrongType(ValueType.STRING, type());
  }

  /**
   * A copy of the bytes this is.
   *
   * @throws ValueException WRONG_TYPE
   */
  default byte[] asBytes() {
    throw ValueException.wrongType(ValueType.BYTES, type());
  }

  /**
   * The unmodifiable list this is.
   *
   * @throws ValueException WRONG_TYPE
   */
  default List<Value> asList() {
    throw ValueException.wrongType(ValueType.LIST, type());
  }

  /**
   * The unmodifiable map this is, in the code point order of its keys.
   *
   * @throws ValueException WRONG_TYPE
   */
  default Map<String, Value> asMap() {
    throw ValueException.wrongType(ValueType.MAP, type());
  }

  @Override
  default int compareTo(Value other) {
    return ValueOrder.compare(this, other);
  }
}
