package dev.plait.properties.specification;

import dev.plait.clock.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which of several writes to one place counts, where only one can. */
final class LastWriter {
  private LastWriter() {}

  /**
   * Of the writes that no other write has seen, the one with the greatest stamp; null if there is
   * none. A write made after seeing another therefore beats it, whatever the clocks say.
   */
  static @Nullable Event of(List<Event> writes) {
    List<Event> unseen = new ArrayList<>();
    for (Event write : writes) {
      if (writes.stream().noneMatch(other -> other.hasSeen(write))) {
        unseen.add(write);
      }
    }
    Event last = null;
    for (Event write : unseen) {
      if (last == null || stamp(write).compareTo(stamp(last)) > 0) {
        last = write;
      }
    }
    return last;
  }

  static Stamp stamp(Event write) {
    return Objects.requireNonNull(Objects.requireNonNull(write.operation()).stampOrNull());
  }
}
