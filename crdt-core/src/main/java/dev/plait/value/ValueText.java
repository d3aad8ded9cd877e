package dev.plait.value;

import java.util.List;
import java.util.Map;

/**
 * Values for people: JSON, with bytes as {@code h'00ff'}. Recursion is bounded by {@link
 * Value#MAX_DEPTH}.
 */
final class ValueText {
  private ValueText() {}

  static String of(Value value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Value value) {
    switch (value.type()) {
      case STRING -> quote(text, value.asString());
      case BYTES -> hex(text, (BytesValue) value);
      case LIST -> list(text, value.asList());
      case MAP -> map(text, value.asMap());
      case NULL, BOOLEAN, LONG, DOUBLE -> text.append(value);
    }
  }

  private static void list(StringBuilder text, List<Value> values) {
    text.append('[');
    String separator = "";
    for (Value value : values) {
      append(text.append(separator), value);
      separator = ", ";
    }
    text.append(']');
  }

  private static void map(StringBuilder text, Map<String, Value> entries) {
    text.append('{');
    String separator = "";
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      quote(text.append(separator), entry.getKey());
      append(text.append(": "), entry.getValue());
      separator = ", ";
    }
    text.append('}');
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char unit = string.charAt(i);
      switch (unit) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (unit < ' ') {
            hexByte(text.append("\\u00"), unit);
          } else {
            text.append(unit);
          }
        }
      }
    }
    text.append('"');
  }

  private static void hex(StringBuilder text, BytesValue bytes) {
    text.append("h'");
    for (int i = 0; i < bytes.size(); i++) {
      hexByte(text, bytes.byteAt(i));
    }
    text.append('\'');
  }

  private static void hexByte(StringBuilder text, int value) {
    text.append(Character.forDigit((value >> 4) & 0xf, 16))
        .append(Character.forDigit(value & 0xf, 16));
  }
}
