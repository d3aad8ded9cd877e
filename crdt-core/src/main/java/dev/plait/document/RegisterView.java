package dev.plait.document;

import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/** A last-writer-wins register, to be read. */
public interface RegisterView {
  /** The value, or null if none was set. */
  @Nullable Value get();
}
