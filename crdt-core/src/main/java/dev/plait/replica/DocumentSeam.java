package dev.plait.replica;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import org.jspecify.annotations.Nullable;

/** What documents are about to be able to do themselves. */
final class DocumentSeam {
  private DocumentSeam() {}

  static VersionVector heldVersion(Document document) {
    return document.versionVector();
  }

  static @Nullable HybridTimestamp time(Document document, Dot change) {
    return null;
  }

  static boolean suspect(Document document, Dot change, HybridTimestamp theirs) {
    return document.versionVector().contains(change) && !theirs.equals(HybridTimestamp.ZERO);
  }

  static boolean replaceReplica(Document document, ReplicaId fresh) {
    return document.replica().equals(fresh);
  }
}
