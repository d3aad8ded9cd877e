package dev.plait.cli.replay;

import dev.plait.document.Document;
import java.util.HashMap;
import java.util.Map;

/** Copies that live in memory only; what is kept of those put away is a snapshot. */
final class MemoryCopies implements Copies {
  private final Participants participants;
  private final Map<Integer, Document> open = new HashMap<>();
  private final Map<Integer, byte[]> kept = new HashMap<>();

  MemoryCopies(Participants participants) {
    this.participants = participants;
  }

  @Override
  public Document of(int agent) {
    return open.computeIfAbsent(agent, this::open);
  }

  private Document open(int agent) {
    byte[] snapshot = kept.remove(agent);
    return snapshot == null ? participants.author(agent) : participants.author(agent, snapshot);
  }

  @Override
  public void putAway(int agent) {
    Document document = open.remove(agent);
    if (document != null) {
      kept.put(agent, document.encodedSnapshot());
    }
  }

  @Override
  public Document reopened(int agent) {
    return of(agent);
  }

  @Override
  public void forget(int agent) {
    open.remove(agent);
    kept.remove(agent);
  }

  @Override
  public void close() {
    open.clear();
    kept.clear();
  }
}
