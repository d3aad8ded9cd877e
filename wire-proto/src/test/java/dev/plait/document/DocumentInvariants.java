package dev.plait.document;

import dev.plait.crdt.CrdtInvariants;

/** Opens what documents are made of to the checks of other packages. */
public final class DocumentInvariants {
  private DocumentInvariants() {}

  /** Fails if the structures inside contradict each other. */
  public static void check(Document document) {
    for (Container container : document.access().idle().containers.ordered()) {
      CrdtInvariants.check(container.crdt());
    }
  }
}
