package dev.plait.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of maps, lists, strings, numbers and booleans as JSON in ASCII, without spaces. */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_ASCII = 0x7f;

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String of(@Nullable Object tree) {
    Json json = new Json();
    json.write(tree);
    return json.out.toString();
  }

  private void write(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        string(String.valueOf(entry.getKey()));
        out.append(':');
        write(entry.getValue());
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (tree instanceof List<?> list) {
      String separator = "[";
      for (Object one : list) {
        out.append(separator);
        write(one);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (tree instanceof String string) {
      string(string);
    } else {
      out.append(tree);
    }
  }

  private void string(String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char unit = string.charAt(i);
      switch (unit) {
        case '"', '\\' -> out.append('\\').append(unit);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (unit < FIRST_PRINTABLE || unit > LAST_ASCII) {
            out.append("\\u").append(Integer.toHexString(0x10000 | unit).substring(1));
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }
}
