package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A value spreads like a wave from the replica that shows it: each replica takes it from the first
 * link that brings it and passes it on to all others. So the links by which it came form a tree.
 * When one of them ends, the value is withdrawn along the tree: what says so is the same serial
 * without data, and it counts only if it comes by the link that brought the value. What was
 * withdrawn is remembered, lest it comes back around a circle of replicas, until a higher serial
 * comes. A replica whose link has ended or begun shows its own values anew, so those who lost sight
 * of it by one way see it by another.
 */
/** What other replicas show of themselves, and which link each came by. Not thread-safe. */
final class PresenceTable {
  /** More than a screen can show; what was shown longest ago makes room. */
  static final int MAX_ENTRIES = 4096;

  private final Map<Place, Shown> entries = new LinkedHashMap<>();

  /** Who shows something, and where. */
  record Place(String document, ReplicaId origin) {}

  /**
   * Something that is shown.
   *
   * @param data empty if nothing is shown any more
   * @param source the link it came by; null if it is our own, or that link has ended
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Shown(Place place, long serial, byte[] data, @Nullable SessionLink source) {
    boolean isNothing() {
      return data.length == 0;
    }

    private Shown withdrawn() {
      return new Shown(place, serial, new byte[0], null);
    }
  }

  /**
   * Takes what came by a link.
   *
   * @param direct whether the one who shows it is at the other end of that link
   * @return whether it is news
   */
  boolean take(Shown news, boolean direct) {
    Shown old = entries.get(news.place());
    if (old == null) {
      return !news.isNothing() && put(news);
    }
    if (news.serial() > old.serial()) {
      return put(news);
    }
    if (news.serial() < old.serial() || old.isNothing()) {
      return false;
    }
    if (news.isNothing()) {
      return news.source() == old.source() && put(old.withdrawn());
    }
    if (direct) {
      put(news);
    }
    return false;
  }

  private boolean put(Shown shown) {
    entries.remove(shown.place());
    entries.put(shown.place(), shown);
    if (entries.size() > MAX_ENTRIES) {
      Iterator<Shown> oldest = entries.values().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  /** Withdraws all that came by a link that has ended. Returns what is withdrawn. */
  List<Shown> forget(SessionLink source) {
    List<Shown> lost = new ArrayList<>();
    for (Map.Entry<Place, Shown> entry : entries.entrySet()) {
      Shown shown = entry.getValue();
      if (source.equals(shown.source())) {
        entry.setValue(shown.withdrawn());
        if (!shown.isNothing()) {
          lost.add(entry.getValue());
        }
      }
    }
    return lost;
  }

  /** All that is shown, the latest last. */
  List<Shown> shown() {
    return entries.values().stream().filter(one -> !one.isNothing()).toList();
  }
}
