package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import dev.plait.message.SyncMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Presence that waits to be sent: of each replica in each document only the newest. */
final class PresenceOutbox {

  /** Beyond this many the oldest is dropped; whoever shows something shows it again. */
  static final int MAX_WAITING = 1024;

  private final Map<Origin, SyncMessage.Presence> waiting = new LinkedHashMap<>();

  /** Who shows something, and where. */
  private record Origin(String document, ReplicaId replica) {}

  void add(SyncMessage.Presence presence) {
    Origin origin = new Origin(presence.document(), presence.replica());
    SyncMessage.Presence before = waiting.get(origin);
    if (before == null || before.serial() < presence.serial()) {
      waiting.put(origin, presence);
      if (waiting.size() > MAX_WAITING) {
        waiting.remove(waiting.keySet().iterator().next());
      }
    }
  }

  SyncMessage.@Nullable Presence take() {
    Iterator<SyncMessage.Presence> all = waiting.values().iterator();
    SyncMessage.Presence first = null;
    if (all.hasNext()) {
      first = all.next();
      all.remove();
    }
    return first;
  }
}
