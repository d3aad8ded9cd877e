package dev.plait.properties.specification;

import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an {@link dev.plait.crdt.LwwMap} must show. */
final class MapSpecification {
  private MapSpecification() {}

  /**
   * For each key what its last write put there, unless that was a removal, or somebody has cleared
   * the key who had seen that write: a clear also hides all that the write had beaten.
   */
  static SortedMap<String, Content> entries(List<Event> events) {
    Map<String, List<Event>> writes = new TreeMap<>();
    for (Event event : events) {
      String key = writtenKey(event);
      if (key != null) {
        writes.computeIfAbsent(key, any -> new ArrayList<>()).add(event);
      }
    }
    SortedMap<String, Content> shown = new TreeMap<>();
    for (Map.Entry<String, List<Event>> place : writes.entrySet()) {
      Event last = LastWriter.of(place.getValue());
      if (last != null
          && last.operation() instanceof Operation.MapPut put
          && events.stream().noneMatch(one -> clears(one, put.key()) && one.hasSeen(last))) {
        shown.put(put.key(), put.content());
      }
    }
    return shown;
  }

  private static @Nullable String writtenKey(Event event) {
    if (event.operation() instanceof Operation.MapPut put) {
      return put.key();
    }
    return event.operation() instanceof Operation.MapRemove remove ? remove.key() : null;
  }

  private static boolean clears(Event event, String key) {
    return event.takesAllAway()
        || (event.operation() instanceof Operation.MapClear clear && clear.key().equals(key));
  }
}
