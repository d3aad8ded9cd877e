package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.document.Equivocation;
import dev.plait.error.PlaitException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of a replica that somebody has asked for, in memory or not. */
final class HostedDocuments {
  private final Surroundings surroundings;
  private final Consumer<String> onCommit;
  private final Consumer<Equivocation> onEquivocation;
  private final ConcurrentHashMap<String, HostedDocument> all = new ConcurrentHashMap<>();

  HostedDocuments(
      Surroundings surroundings, Consumer<String> onCommit, Consumer<Equivocation> onEquivocation) {
    this.surroundings = surroundings;
    this.onCommit = onCommit;
    this.onEquivocation = onEquivocation;
  }

  /** The document of this name, made if nobody has asked for it before. */
  Document get(String name) {
    HostedDocument known = all.get(name);
    HostedDocument hosted =
        known != null
            ? known
            : all.computeIfAbsent(
                name, absent -> new HostedDocument(absent, surroundings, onCommit, onEquivocation));
    // goOnAs() and close() may just have passed by what is new.
    if (!hosted.document().replica().equals(surroundings.id()) && !hosted.isHeldByMe()) {
      hosted.goOnAs(surroundings.id());
    }
    if (surroundings.isClosed()) {
      hosted.close();
    }
    return hosted.document();
  }

  /** The document, if it is in memory. */
  @Nullable Document loaded(String name) {
    HostedDocument hosted = all.get(name);
    return hosted != null && hosted.document().isLoaded() ? get(name) : null;
  }

  /**
   * Lets all documents go on under another id.
   *
   * @throws PlaitException the first that a document threw; it goes on under the new id when it is
   *     asked for again
   */
  void goOnAs(ReplicaId fresh) {
    PlaitException first = null;
    for (HostedDocument hosted : all.values()) {
      try {
        hosted.goOnAs(fresh);
      } catch (PlaitException failed) {
        first = first == null ? failed : first;
      }
    }
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
