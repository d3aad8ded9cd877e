package dev.plait.document;

import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far every replica's changes to a document have been applied. */
final class Authors {
  private final Map<ReplicaId, Author> byReplica = new HashMap<>();

  /** Who was asked for last, and mostly is again. */
  private @Nullable Author recent;

  /** The version as it was when it was last asked for, and who has advanced since. */
  private VersionVector known = VersionVector.EMPTY;

  private final List<Author> ahead = new ArrayList<>(1);

  /** The last applied change of one replica; zeros before its first. */
  final class Author {
    final ReplicaId replica;
    long counter;
    long nextSeq = 1;

    /** As bits of a {@link HybridTimestamp}. */
    long lastTime;

    private boolean isAhead;

    private Author(ReplicaId replica) {
      this.replica = replica;
    }

    void advance(long toCounter, long toSeq, long toTime) {
      if (!isAhead) {
        isAhead = true;
        ahead.add(this);
      }
      counter = toCounter;
      nextSeq = toSeq;
      lastTime = toTime;
    }

    HybridTimestamp time() {
      return new HybridTimestamp(lastTime);
    }
  }

  /** The record of a replica, made when it is first asked for. */
  Author get(ReplicaId replica) {
    Author author = find(replica);
    if (author == null) {
      author = new Author(replica);
      byReplica.put(replica, author);
      recent = author;
    }
    return author;
  }

  private @Nullable Author find(ReplicaId replica) {
    Author last = recent;
    if (last != null && last.replica.equals(replica)) {
      return last;
    }
    Author author = byReplica.get(replica);
    if (author != null) {
      recent = author;
    }
    return author;
  }

  /** The counter up to which a replica's changes are applied; 0 for none. */
  long counter(ReplicaId replica) {
    Author author = find(replica);
    return author == null ? 0 : author.counter;
  }

  boolean includes(Dot dot) {
    return dot.counter() <= counter(dot.replica());
  }

  /** All of it. Cost: O(replicas) if something was applied since this was last asked for. */
  VersionVector version() {
    if (!ahead.isEmpty()) {
      ahead.sort((a, b) -> a.replica.compareTo(b.replica));
      VersionVector.Builder news = VersionVector.builder();
      for (Author author : ahead) {
        author.isAhead = false;
        news.advance(new Dot(author.replica, author.counter));
      }
      ahead.clear();
      known = known.merge(news.build());
    }
    return known;
  }

  /** Every replica that has changed the document, ordered by id. */
  List<Snapshot.Author> snapshot() {
    List<Snapshot.Author> all = new ArrayList<>(byReplica.size());
    for (Author author : byReplica.values()) {
      if (author.counter > 0) {
        all.add(new Snapshot.Author(author.replica, author.counter, author.nextSeq, author.time()));
      }
    }
    all.sort((a, b) -> a.replica().compareTo(b.replica()));
    return all;
  }
}
