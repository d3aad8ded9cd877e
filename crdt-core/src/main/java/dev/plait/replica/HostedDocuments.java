package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of a replica that somebody has asked for, in memory or not. */
final class HostedDocuments {
  private final Surroundings surroundings;
  private final Consumer<String> onCommit;
  private final ConcurrentHashMap<String, HostedDocument> all = new ConcurrentHashMap<>();

  HostedDocuments(Surroundings surroundings, Consumer<String> onCommit) {
    this.surroundings = surroundings;
    this.onCommit = onCommit;
  }

  /** The document of this name, made if nobody has asked for it before. */
  Document get(String name) {
    HostedDocument known = all.get(name);
    HostedDocument hosted =
        known != null
            ? known
            : all.computeIfAbsent(
                name, absent -> new HostedDocument(absent, surroundings, onCommit));
    Document document = hosted.document();
    if (!document.replica().equals(surroundings.id())) {
      DocumentSeam.replaceReplica(
          document, surroundings.id()); // replaceReplica() may just have passed by
    }
    if (surroundings.isClosed()) {
      document.close(); // so may close()
    }
    return document;
  }

  /** The document, if it is in memory. */
  @Nullable Document loaded(String name) {
    HostedDocument hosted = all.get(name);
    return hosted != null && hosted.document().isLoaded() ? get(name) : null;
  }

  /** Lets all documents go on under another id. */
  void replaceReplica(ReplicaId fresh) {
    all.values().forEach(hosted -> DocumentSeam.replaceReplica(hosted.document(), fresh));
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
    all.values().forEach(hosted -> hosted.document().close());
  }
}
