package dev.plait.sync;

import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Which documents have something to say is kept up to date after each event, by `settle`, so that
 * the cost of an event does not depend on how many documents there are. Queues hold documents, not
 * messages, and each document at most once: this is what bounds the memory of a session.
 */
/** The documents of a session, and who among them is to speak next. */
final class Ledger {

  private final SyncDocuments documents;
  private final Limits limits;
  private final SyncListener listener;
  private final Window window;
  private final Dispatch dispatch;
  private final Map<String, DocumentProgress> all = new LinkedHashMap<>();
  private final Map<Integer, DocumentProgress> byTheirHandle = new HashMap<>();
  private final Set<DocumentProgress> syncing = new LinkedHashSet<>();
  private final Set<DocumentProgress> hopeless = new LinkedHashSet<>();
  private final Set<DocumentProgress> notPushed = new LinkedHashSet<>();
  private final Set<DocumentProgress> owingWord = new LinkedHashSet<>();
  private final Set<DocumentProgress> sending = new LinkedHashSet<>();

  Ledger(
      SyncDocuments documents,
      Limits limits,
      SyncListener listener,
      Window window,
      Dispatch dispatch) {
    this.documents = documents;
    this.limits = limits;
    this.listener = listener;
    this.window = window;
    this.dispatch = dispatch;
  }

  @Nullable DocumentProgress find(String document) {
    return all.get(document);
  }

  /** The document for which the peer uses this number; null if it has not said. */
  @Nullable DocumentProgress find(int theirHandle) {
    return byTheirHandle.get(theirHandle);
  }

  /** All documents that have come up. */
  List<DocumentProgress> all() {
    return List.copyOf(all.values());
  }

  /** Enters a document that has come up. */
  DocumentProgress enter(String document) {
    if (all.size() >= limits.maxDocuments()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "a session with more than "
              + limits.maxDocuments()
              + " documents is not allowed; subscribe to fewer");
    }
    DocumentProgress entered =
        new DocumentProgress(document, all.size(), documents.version(document), window);
    all.put(document, entered);
    return entered;
  }

  /** The peer uses this number for the document. */
  void bind(int theirHandle, DocumentProgress progress) {
    DocumentProgress before = byTheirHandle.putIfAbsent(theirHandle, progress);
    if (before != null && before != progress) {
      throw new ProtocolException(
          ProtocolException.UNEXPECTED_MESSAGE,
          "number "
              + theirHandle
              + " stands for document \""
              + before.document()
              + "\" and can't stand for another in one session");
    }
  }

  /** Puts a document where it belongs after something has happened to it. */
  void settle(DocumentProgress progress) {
    keep(notPushed, progress, !progress.isPushed());
    if (progress.owesWord()) {
      owingWord.add(progress);
    }
    sending.addAll(dispatch.release());
    if (progress.canSend()) {
      sending.add(progress);
    }
    DocumentStatus.Phase phase = progress.takeNewPhase();
    if (phase == null) {
      return;
    }
    keep(syncing, progress, phase == DocumentStatus.Phase.SYNCING);
    keep(
        hopeless,
        progress,
        phase == DocumentStatus.Phase.REFUSED || phase == DocumentStatus.Phase.CONTRADICTED);
    if (phase == DocumentStatus.Phase.SYNCING) {
      progress.waitAnew();
    }
    listener.onDocument(progress.status());
  }

  private static void keep(Set<DocumentProgress> set, DocumentProgress progress, boolean isMember) {
    if (isMember) {
      set.add(progress);
    } else {
      set.remove(progress);
    }
  }

  /** Lets those wait a tick longer who wait for the peer, not for their own turn to speak. */
  void onTick() {
    for (DocumentProgress progress : List.copyOf(syncing)) {
      if (progress.isGivenUpAfterTick(isWaiting(progress))) {
        dispatch.rewind(progress);
        settle(progress);
      }
    }
  }

  private boolean isWaiting(DocumentProgress progress) {
    if (owingWord.contains(progress)) {
      return false;
    }
    return !sending.contains(progress)
        || window.isPaused()
        || (window.isClosed() && dispatch.isUnderWay(progress));
  }

  /** The next word about what is held, if anybody owes one. */
  @Nullable SyncMessage nextWord() {
    while (!owingWord.isEmpty()) {
      DocumentProgress progress = owingWord.iterator().next();
      owingWord.remove(progress);
      if (progress.owesWord()) {
        SyncMessage word = progress.owesHave() ? have(progress) : ack(progress);
        settle(progress);
        return word;
      }
    }
    return null;
  }

  private SyncMessage have(DocumentProgress progress) {
    String document = progress.document();
    VersionVector version = progress.ours();
    return new SyncMessage.Have(
        progress.handle(),
        document,
        version,
        Claims.times(documents, document, version),
        progress.tellAll(),
        limits.maxUnacknowledgedBytes());
  }

  private SyncMessage ack(DocumentProgress progress) {
    String document = progress.document();
    VersionVector advanced = progress.tellNews();
    return new SyncMessage.Ack(
        progress.handle(),
        advanced,
        Claims.times(documents, document, advanced),
        progress.takeSnapshotPrefix(),
        limits.maxUnacknowledgedBytes());
  }

  /** The next changes, if anybody has some and they fit. */
  @Nullable SyncMessage nextChanges() {
    while (!sending.isEmpty() && !window.isClosed()) {
      DocumentProgress progress = sending.iterator().next();
      SyncMessage message = progress.canSend() ? dispatch.next(progress) : null;
      if (message == null && window.isClosed()) {
        return null;
      }
      sending.remove(progress);
      if (message != null) {
        settle(progress);
        return message;
      }
      if (progress.owesWord()) { // nothing may be sent, but something is to be said of that
        owingWord.add(progress);
        return nextWord();
      }
    }
    return null;
  }

  /** Whether every document is in sync. */
  boolean isInSync() {
    return syncing.isEmpty() && hopeless.isEmpty();
  }

  /** Whether the peer has acknowledged all that it wants and may have. */
  boolean isPushed() {
    return notPushed.isEmpty();
  }

  List<DocumentStatus> statuses() {
    List<DocumentStatus> statuses = new ArrayList<>(all.size());
    all.values().forEach(progress -> statuses.add(progress.status()));
    return statuses;
  }
}
