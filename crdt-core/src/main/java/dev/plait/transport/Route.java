package dev.plait.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One direction between two ends of an {@link InMemoryNetwork}, and the link that leads out. */
final class Route {

  private final List<Runnable> heldUp = new ArrayList<>();
  private Conditions conditions;
  private boolean silent;
  private boolean cut;
  private @Nullable InMemoryLink link;

  Route(Conditions conditions) {
    this.conditions = conditions;
  }

  Conditions conditions() {
    return conditions;
  }

  void become(Conditions changed) {
    this.conditions = changed;
  }

  boolean isSilent() {
    return silent;
  }

  void silence() {
    silent = true;
  }

  boolean isCut() {
    return cut;
  }

  void cut(String reason) {
    cut = true;
    if (link != null) {
      link.abort(reason);
    }
  }

  /** Ends silence and cut, and lets through what {@link #onceHeard} has put off. */
  void heal() {
    cut = false;
    silent = false;
    List<Runnable> released = List.copyOf(heldUp);
    heldUp.clear();
    released.forEach(Runnable::run);
  }

  /** Does it now, or when the silence is over: the news of a close are late, but not lost. */
  void onceHeard(Runnable news) {
    if (silent) {
      heldUp.add(news);
    } else {
      news.run();
    }
  }

  /** The link that leads out this way, if one is open. */
  @Nullable InMemoryLink openLink() {
    return link == null || link.isClosed() ? null : link;
  }

  void lead(InMemoryLink opened) {
    this.link = opened;
  }
}
