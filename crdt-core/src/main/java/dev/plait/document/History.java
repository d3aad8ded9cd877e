package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The changes of a document that are held one by one, in the order they were applied, which is a
 * causal order.
 *
 * <p>Changes up to the floor came as part of a snapshot and can't be handed out any more.
 */
final class History {
  private final List<Change> log;
  private VersionVector floor;

  History() {
    this(new ArrayList<>(), VersionVector.EMPTY);
  }

  private History(List<Change> log, VersionVector floor) {
    this.log = log;
    this.floor = floor;
  }

  /** A history of its own with the same content. */
  History copy() {
    return new History(new ArrayList<>(log), floor);
  }

  void append(Change change) {
    log.add(change);
  }

  /** The version below which changes are not held. */
  VersionVector floor() {
    return floor;
  }

  int size() {
    return log.size();
  }

  /** Learns that the changes of one replica up to a dot were merged as state. */
  void raiseFloor(Dot dot) {
    floor = floor.with(dot);
    log.removeIf(
        change ->
            change.dot().replica().equals(dot.replica())
                && change.dot().counter() <= dot.counter());
  }

  /** Whether every change after {@code since} is held. */
  boolean covers(VersionVector since) {
    return since.dominates(floor);
  }

  /**
   * The changes after {@code since}, in causal order. Cost: O(changes applied after the oldest of
   * them).
   *
   * @param version the version of the document now
   */
  List<Change> since(VersionVector since, VersionVector version) {
    long missing = 0;
    for (ReplicaId replica : version.replicas()) {
      missing += Math.max(0, version.get(replica) - since.get(replica));
    }
    List<Change> found = new ArrayList<>();
    for (int i = log.size() - 1; i >= 0 && found.size() < missing; i--) {
      Change change = log.get(i);
      if (!since.contains(change.dot())) {
        found.add(change);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
