package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about documents, between two ends that know each other. */
final class Exchange {

  private final SyncDocuments documents;
  private final Listing listing;
  private final Ledger ledger;
  private final SnapshotAssembly assembly;

  Exchange(SyncDocuments documents, Limits limits, SyncListener listener) {
    this.documents = documents;
    this.listing = new Listing(documents.replica());
    this.ledger = new Ledger(documents, limits, listener);
    this.assembly = new SnapshotAssembly(limits);
  }

  void begin() {
    ledger.enterAll();
    completeListing();
  }

  /** Takes in a message of the peer. */
  void take(SyncMessage message, ReplicaId peer) {
    if (message instanceof SyncMessage.Have have) {
      onHave(have, peer);
    } else if (message instanceof SyncMessage.Changes changes) {
      onChanges(changes);
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      onSnapshotPart(part);
    }
  }

  private void onHave(SyncMessage.Have have, ReplicaId peer) {
    if (have.document().equals(Listing.NAME)) {
      listing.onHave(peer, have);
      return;
    }
    DocumentProgress progress = ledger.progress(have.document());
    progress.onHave(have.version(), have.answer());
    ledger.settle(progress);
    completeListing();
  }

  private void completeListing() {
    if (ledger.isAnswered()) {
      listing.onAllAnswered();
    }
  }

  private void onChanges(SyncMessage.Changes changes) {
    String document = changes.document();
    checkNamed(document);
    VersionVector.Builder named = VersionVector.builder();
    long count = 0;
    for (Chunk chunk : changes.chunks()) {
      checkDocument(chunk, document);
      named.advance(chunk.header().last());
      count = DocumentProgress.sum(count, chunk.header().changeCount());
    }
    DocumentProgress progress = ledger.progress(document);
    // First, lest a call of onDocumentChanged from within receive sends back what came.
    progress.onTheirs(named.build());
    documents.receive(document, changes.chunks());
    progress.onReceived(count, documents.version(document));
    ledger.settle(progress);
  }

  private void onSnapshotPart(SyncMessage.SnapshotPart part) {
    checkNamed(part.document());
    DocumentProgress progress = ledger.progress(part.document());
    VersionVector before = progress.ours();
    if (before.dominates(part.version())) {
      progress.onReceived(0, before);
    } else {
      @Nullable StoredSnapshot snapshot = assembly.add(part);
      progress.onTheirs(part.version());
      progress.waitAnew();
      if (snapshot != null) {
        documents.receiveSnapshot(snapshot);
        progress.onReceived(
            DocumentProgress.count(part.version(), before), documents.version(part.document()));
      }
    }
    ledger.settle(progress);
  }

  private static void checkNamed(String document) {
    if (document.equals(Listing.NAME)) {
      throw new ProtocolException(
          ProtocolException.UNEXPECTED_MESSAGE,
          "a document without a name has no changes; names have at least one character");
    }
  }

  private static void checkDocument(Chunk chunk, String document) {
    String actual = chunk.header().document();
    if (!actual.equals(document)) {
      throw new ProtocolException(
          ProtocolException.WRONG_DOCUMENT,
          "a chunk of \"" + actual + "\" came as one of \"" + document + "\"");
    }
  }

  /** A document holds more than it did, by no doing of the peer. */
  void onDocumentChanged(String document) {
    DocumentProgress progress = ledger.progress(document);
    progress.onOurs(documents.version(document));
    ledger.settle(progress);
  }

  void onTick() {
    listing.onTick();
    ledger.onTick();
  }

  /** What there is to say next, if anything. */
  @Nullable SyncMessage next() {
    return listing.owesHave() ? listing.takeHave() : ledger.next();
  }

  boolean isInSync() {
    return listing.isSettled() && ledger.isInSync();
  }

  List<DocumentStatus> statuses() {
    return ledger.statuses();
  }

  @Nullable DocumentStatus status(String document) {
    DocumentProgress progress = ledger.find(document);
    return progress == null ? null : progress.status();
  }
}
