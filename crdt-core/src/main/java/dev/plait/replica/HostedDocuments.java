package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.document.Equivocation;
import dev.plait.error.PlaitException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of a replica that somebody has asked for, in memory or not. */
final class HostedDocuments {
  private final Surroundings surroundings;
  private final Consumer<String> onCommit;
  private final Consumer<Equivocation> onEquivocation;
  private final ConcurrentHashMap<String, HostedDocument> all = new ConcurrentHashMap<>();
  private final Set<String> inDoubt = ConcurrentHashMap.newKeySet();

  HostedDocuments(
      Surroundings surroundings, Consumer<String> onCommit, Consumer<Equivocation> onEquivocation) {
    this.surroundings = surroundings;
    this.onCommit = onCommit;
    this.onEquivocation = onEquivocation;
    findDoubts();
  }

  /** Looks through the store for documents in which a former id is suspect. */
  private void findDoubts() {
    List<ReplicaId> former = surroundings.store().formerIdentities();
    if (!former.isEmpty()) {
      for (String name : surroundings.store().documents("")) {
        boolean doubtful =
            surroundings.store().suspects(name).stream()
                .anyMatch(suspect -> former.contains(suspect.replica()));
        if (doubtful) {
          inDoubt.add(name);
        }
      }
    }
  }

  /** The names of documents that have a branch of which nobody must hear. */
  Set<String> inDoubt() {
    return inDoubt;
  }

  /** The document of this name, made if nobody has asked for it before. */
  Document get(String name) {
    return hosted(name).document();
  }

  /** The document of this name, and what surrounds it. */
  HostedDocument hosted(String name) {
    HostedDocument known = all.get(name);
    HostedDocument hosted =
        known != null
            ? known
            : all.computeIfAbsent(
                name,
                absent ->
                    new HostedDocument(absent, surroundings, onCommit, onEquivocation, inDoubt));
    // goOnAsCurrent() and close() may just have passed by what is new.
    if (!hosted.document().replica().equals(surroundings.id()) && !hosted.isHeldByMe()) {
      hosted.goOnAsCurrent();
    }
    if (surroundings.isClosed()) {
      hosted.close();
    }
    return hosted;
  }

  /** A peer has said more of what it holds of a document. */
  void onShared(String name) {
    HostedDocument hosted = all.get(name);
    if (hosted != null) {
      hosted.onShared();
    }
  }

  /** The document, if it is in memory. */
  @Nullable Document loaded(String name) {
    HostedDocument hosted = all.get(name);
    return hosted != null && hosted.document().isLoaded() ? get(name) : null;
  }

  /**
   * Lets all documents go on under the id that the replica has now.
   *
   * @throws PlaitException the first that a document threw; it goes on under that id when it is
   *     asked for again
   */
  void goOnAsCurrent() {
    PlaitException first = null;
    for (HostedDocument hosted : all.values()) {
      try {
        hosted.goOnAsCurrent();
      } catch (PlaitException failed) {
        first = first == null ? failed : first;
      }
    }
    findDoubts();
    if (first != null) {
      throw first;
    }
  }

  /** Lets go of all documents not used since a reading of the wall clock, in milliseconds. */
  void releaseIdle(long sinceMillis) {
    all.values().forEach(hosted -> hosted.unloadIfIdleSince(sinceMillis));
  }

  /** The name of a document that the calling thread is inside of, or null. */
  @Nullable String heldByMe() {
    for (HostedDocument hosted : all.values()) {
      if (hosted.isHeldByMe()) {
        return hosted.document().name();
      }
    }
    return null;
  }

  void close() {
    all.values().forEach(HostedDocument::close);
  }
}
