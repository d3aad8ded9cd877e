package dev.plait.document;

import dev.plait.clock.Dot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a committed change or join did to a document.
 *
 * @param document the document
 * @param origin where it came from
 * @param change the change; null for a join
 * @param patches the containers whose visible value changed, ordered by id
 */
public record DocumentEvent(
    Document document, Origin origin, @Nullable Dot change, List<ContainerPatch> patches) {
  public DocumentEvent {
    patches = List.copyOf(patches);
  }

  /** Where an effect came from. */
  public enum Origin {
    /** A transaction of this replica. */
    LOCAL,
    /** A change of another replica. */
    REMOTE,
    /** A snapshot that was joined. */
    JOIN
  }
}
