package dev.plait.cli.json;

import dev.plait.value.Value;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON without white space, each value in one form only.
 *
 * <p>Values: keys in code point order; a long as a whole number, a double always with a point or an
 * exponent, in the digits of {@link dev.plait.value.DoubleValue#toString()}; strings as they are,
 * but for {@code \" \\ \b \t \n \f \r}, other characters below U+0020 as {@code \}{@code u00xx},
 * and halves of surrogate pairs, which no value holds, as {@code \}{@code udxxx}. Bytes, doubles
 * that are no numbers, and maps that could be taken for either are written as {@link JsonReader}
 * reads them.
 *
 * <p>The caller sees to it that names and ends come where they belong. Not thread-safe.
 */
public final class JsonWriter {
  private static final String DIGITS = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  /** A writer that has written nothing. */
  public JsonWriter() {}

  /** Begins an object. */
  public JsonWriter object() {
    return open('{');
  }

  /** Ends an object. */
  public JsonWriter endObject() {
    return close('}');
  }

  /** Begins an array. */
  public JsonWriter array() {
    return open('[');
  }

  /** Ends an array. */
  public JsonWriter endArray() {
    return close(']');
  }

  private JsonWriter open(char bracket) {
    next().append(bracket);
    first = true;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private StringBuilder next() {
    if (!first) {
      out.append(',');
    }
    first = false;
    return out;
  }

  /** The name of the next member of an object. */
  public JsonWriter name(String name) {
    next();
    quote(name);
    out.append(':');
    first = true;
    return this;
  }

  /** A string. */
  public JsonWriter string(String text) {
    next();
    quote(text);
    return this;
  }

  /** A whole number. */
  public JsonWriter number(long number) {
    next().append(number);
    return this;
  }

  /** A whole number of any size. */
  public JsonWriter number(BigInteger number) {
    next().append(number);
    return this;
  }

  /** A truth value. */
  public JsonWriter truth(boolean value) {
    next().append(value);
    return this;
  }

  /** Null. */
  public JsonWriter nothing() {
    next().append("null");
    return this;
  }

  /** JSON that is written already. */
  public JsonWriter json(String json) {
    next().append(json);
    return this;
  }

  /** A value in its one form. */
  public JsonWriter value(Value value) {
    return switch (value.type()) {
      case NULL -> nothing();
      case BOOLEAN -> truth(value.asBoolean());
      case LONG -> number(value.asLong());
      case DOUBLE -> decimal(value);
      case STRING -> string(value.asString());
      case BYTES ->
          object()
              .name(JsonReader.BYTES)
              .string(Base64.getEncoder().encodeToString(value.asBytes()))
              .endObject();
      case LIST -> list(value.asList());
      case MAP -> map(value.asMap());
    };
  }

  private JsonWriter decimal(Value value) {
    String digits = value.toString();
    return Double.isFinite(value.asDouble())
        ? json(digits)
        : object().name(JsonReader.DOUBLE).string(digits).endObject();
  }

  private JsonWriter list(List<Value> values) {
    array();
    values.forEach(this::value);
    return endArray();
  }

  private JsonWriter map(Map<String, Value> entries) {
    boolean ambiguous = entries.size() == 1 && entries.keySet().iterator().next().startsWith("$");
    if (ambiguous) {
      object().name(JsonReader.MAP);
    }
    object();
    entries.forEach((key, value) -> name(key).value(value));
    endObject();
    return ambiguous ? endObject() : this;
  }

  private void quote(String text) {
    out.append('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (Character.isHighSurrogate(unit)
              && i + 1 < length
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            i++;
            out.append(unit).append(text.charAt(i));
          } else if (unit < ' ' || Character.isSurrogate(unit)) {
            escape(unit);
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }

  private void escape(char unit) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(DIGITS.charAt((unit >> shift) & 0xf));
    }
  }

  /** All that was written. */
  @Override
  public String toString() {
    return out.toString();
  }
}
