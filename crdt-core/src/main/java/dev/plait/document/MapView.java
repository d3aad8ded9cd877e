package dev.plait.document;

import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map from strings to values and child containers, to be read. */
public interface MapView extends NamedViews {
  /** The value under {@code key}; null if there is none or a child container is there. */
  @Nullable Value get(String key);

  /** What is under {@code key}: a value, the marker of a child container, or null. */
  @Nullable Content content(String key);

  /** Whether anything is under {@code key}. */
  default boolean contains(String key) {
    return content(key) != null;
  }

  /** How many keys there are. */
  default int size() {
    return keys().size();
  }

  /** The keys, in code point order. */
  List<String> keys();
}
