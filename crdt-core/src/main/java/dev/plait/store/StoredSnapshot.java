package dev.plait.store;

import dev.plait.clock.VersionVector;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An encoded snapshot and the version it covers.
 *
 * @param document whose state it is
 * @param version all changes it stands for
 * @param bytes the encoded snapshot; must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record StoredSnapshot(String document, VersionVector version, byte[] bytes) {
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof StoredSnapshot other
        && document.equals(other.document)
        && version.equals(other.version)
        && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(document, version, Arrays.hashCode(bytes));
  }
}
