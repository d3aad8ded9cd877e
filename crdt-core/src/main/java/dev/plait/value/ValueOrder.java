package dev.plait.value;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The one order of all values; {@link Value} describes it. Recursion is bounded by {@link
 * Value#MAX_DEPTH}.
 */
final class ValueOrder {
  private ValueOrder() {}

  static int compare(Value a, Value b) {
    if (a.type() != b.type()) {
      return Integer.compare(a.type().number(), b.type().number());
    }
    return switch (a.type()) {
      case NULL -> 0;
      case BOOLEAN -> Boolean.compare(a.asBoolean(), b.asBoolean());
      case LONG -> Long.compare(a.asLong(), b.asLong());
      case DOUBLE -> Double.compare(a.asDouble(), b.asDouble());
      case STRING -> Unicode.CODE_POINT_ORDER.compare(a.asString(), b.asString());
      case BYTES -> bytes((BytesValue) a, (BytesValue) b);
      case LIST -> lists(a.asList(), b.asList());
      case MAP -> maps(a.asMap(), b.asMap());
    };
  }

  private static int bytes(BytesValue a, BytesValue b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      if (a.byteAt(i) != b.byteAt(i)) {
        return Byte.compareUnsigned(a.byteAt(i), b.byteAt(i));
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int lists(List<Value> a, List<Value> b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int maps(Map<String, Value> a, Map<String, Value> b) {
    Iterator<Map.Entry<String, Value>> restA = a.entrySet().iterator();
    Iterator<Map.Entry<String, Value>> restB = b.entrySet().iterator();
    while (restA.hasNext() && restB.hasNext()) {
      Map.Entry<String, Value> entryA = restA.next();
      Map.Entry<String, Value> entryB = restB.next();
      int order = Unicode.CODE_POINT_ORDER.compare(entryA.getKey(), entryB.getKey());
      if (order == 0) {
        order = compare(entryA.getValue(), entryB.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
