package dev.plait.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values under distinct keys. */
public final class MapValue implements Value {
  private final Map<String, Value> entries;
  private final int canonicalSize;
  private final int depth;
  private final int hash;

  MapValue(Map<String, ? extends Value> entries) {
    CanonicalSize.checked(entries.size());
    this.entries = inKeyOrder(entries);
    long size = 1L + CanonicalSize.count(this.entries.size());
    int deepest = 0;
    for (Map.Entry<String, Value> entry : this.entries.entrySet()) {
      size += CanonicalSize.text(entry.getKey()) + entry.getValue().canonicalSize();
      deepest = Math.max(deepest, entry.getValue().depth());
    }
    this.canonicalSize = CanonicalSize.checked(size);
    this.depth = CanonicalSize.checkedDepth(deepest + 1);
    this.hash = this.entries.hashCode();
  }

  private static Map<String, Value> inKeyOrder(Map<String, ? extends Value> entries) {
    ArrayList<String> keys = new ArrayList<>(entries.keySet());
    for (String key : keys) {
      CanonicalSize.checkedText(key);
    }
    keys.sort(Unicode.CODE_POINT_ORDER);
    LinkedHashMap<String, Value> ordered = new LinkedHashMap<>();
    for (String key : keys) {
      ordered.put(key, Objects.requireNonNull(entries.get(key)));
    }
    return Collections.unmodifiableMap(ordered);
  }

  /** The entries in the code point order of their keys, unmodifiable. */
  public Map<String, Value> entries() {
    return entries;
  }

  @Override
  public ValueType type() {
    return ValueType.MAP;
  }

  @Override
  public int canonicalSize() {
    return canonicalSize;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public Map<String, Value> asMap() {
    return entries;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof MapValue other
            && hash == other.hash
            && canonicalSize == other.canonicalSize
            && entries.equals(other.entries));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The entries in braces, as in JSON. */
  @Override
  public String toString() {
    return ValueText.of(this);
  }
}
