package dev.plait.document;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.change.Change;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a document is made of while it is in memory. */
final class DocumentState {
  final Containers containers = new Containers();
  final Authors authors = new Authors();
  final History history;
  final Inbox inbox;
  final Map<Dot, Change> quarantine = new LinkedHashMap<>();
  Frontier frontier = Frontier.empty();

  DocumentState(Limits limits) {
    this(limits, new History());
  }

  DocumentState(Limits limits, History history) {
    this.inbox = new Inbox(limits);
    this.history = history;
  }

  /** Notes a change whose operations were applied. */
  void commit(Change change, long nextSeq) {
    authors.get(change.dot().replica()).advance(change.dot().counter(), nextSeq, change.time());
    frontier = frontier.advance(change.dot(), change.dependencies());
    history.append(change);
  }

  Snapshot snapshot(String document) {
    List<Snapshot.ContainerState> states = new ArrayList<>();
    for (Container container : containers.ordered()) {
      states.add(new Snapshot.ContainerState(container.id(), container.crdt().state()));
    }
    return new Snapshot(document, frontier, authors.snapshot(), states);
  }

  /**
   * Writes everything that replicas with the same changes have in common. What waits in the inbox
   * or in quarantine is not part of the document yet.
   */
  void writeCanonical(CanonicalWriter out) {
    List<Snapshot.Author> all = authors.snapshot();
    out.varint(all.size());
    for (Snapshot.Author author : all) {
      out.replica(author.replica());
      out.varint(author.counter());
      out.varint(author.nextSeq());
      out.time(author.lastTime());
    }
    out.varint(frontier.dots().size());
    for (Dot head : frontier.dots()) {
      out.replica(head.replica());
      out.varint(head.counter());
    }
    List<Container> ordered = containers.ordered();
    out.varint(ordered.size());
    for (Container container : ordered) {
      ContainerPath.write(container.id(), out);
      container.crdt().writeCanonical(out);
    }
  }
}
