package dev.plait.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in order. */
public final class ListValue implements Value {
  private final List<Value> values;
  private final int canonicalSize;
  private final int depth;
  private final int hash;

  ListValue(List<? extends Value> values) {
    CanonicalSize.checked(values.size());
    this.values = List.copyOf(values);
    long size = 1L + CanonicalSize.count(this.values.size());
    int deepest = 0;
    for (Value value : this.values) {
      size += value.canonicalSize();
      deepest = Math.max(deepest, value.depth());
    }
    this.canonicalSize = CanonicalSize.checked(size);
    this.depth = CanonicalSize.checkedDepth(deepest + 1);
    this.hash = this.values.hashCode();
  }

  /** The values, unmodifiable. */
  public List<Value> values() {
    return values;
  }

  @Override
  public ValueType type() {
    return ValueType.LIST;
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
  public List<Value> asList() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof ListValue other
            && hash == other.hash
            && canonicalSize == other.canonicalSize
            && values.equals(other.values));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The values in square brackets, as in JSON. */
  @Override
  public String toString() {
    return ValueText.of(this);
  }
}
