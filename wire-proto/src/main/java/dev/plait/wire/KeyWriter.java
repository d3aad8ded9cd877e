package dev.plait.wire;

import dev.plait.codec.Limits;
import java.util.HashMap;
import java.util.Map;

/** Writes keys of maps: each once, in order of first use. Confined to one call. */
final class KeyWriter {
  private final Limits limits;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final StringBuilder names = new StringBuilder();
  private final ColumnWriter keys = new ColumnWriter();
  private final ColumnWriter lengths = new ColumnWriter();

  KeyWriter(Limits limits) {
    this.limits = limits;
  }

  /** A key. */
  void add(String key) {
    Integer known = numbers.putIfAbsent(key, numbers.size() + 1);
    if (known != null) {
      keys.add(known);
      return;
    }
    Counts.checked(Direction.ENCODING, limits, "keys", numbers.size());
    keys.add(0);
    lengths.add(key.length());
    names.append(key);
  }

  /** The units of all different keys. */
  String names() {
    return names.toString();
  }

  /** Adds the columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.KEYS, keys);
    payload.column(PayloadFields.KEY_LENGTHS, lengths);
  }
}
