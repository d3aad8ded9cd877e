package dev.plait.sync;

import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
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
  private final Dispatch dispatch;
  private final Map<String, DocumentProgress> all = new LinkedHashMap<>();
  private final Set<DocumentProgress> unsettled = new LinkedHashSet<>();
  private final Set<DocumentProgress> unanswered = new LinkedHashSet<>();
  private final Set<DocumentProgress> owingHave = new LinkedHashSet<>();
  private final Set<DocumentProgress> sending = new LinkedHashSet<>();

  Ledger(SyncDocuments documents, Limits limits, SyncListener listener) {
    this.documents = documents;
    this.limits = limits;
    this.listener = listener;
    this.dispatch = new Dispatch(documents, limits);
  }

  /** Enters all documents there are; until the peer has answered for each, it has not heard all. */
  void enterAll() {
    for (String document : documents.documents()) {
      unanswered.add(progress(document));
    }
  }

  @Nullable DocumentProgress find(String document) {
    return all.get(document);
  }

  /** The progress of a document, entered if it is new. */
  DocumentProgress progress(String document) {
    DocumentProgress known = all.get(document);
    if (known != null) {
      return known;
    }
    if (all.size() >= limits.maxListLength()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "a session with more than " + limits.maxListLength() + " documents is not allowed");
    }
    DocumentProgress entered = new DocumentProgress(document, documents.version(document));
    all.put(document, entered);
    settle(entered);
    return entered;
  }

  /** Puts a document where it belongs after something has happened to it. */
  void settle(DocumentProgress progress) {
    if (progress.isAnswered()) {
      unanswered.remove(progress);
    }
    if (progress.owesHave()) {
      owingHave.add(progress);
    }
    if (progress.canSend()) {
      sending.add(progress);
    }
    sending.addAll(dispatch.release());
    if (progress.isInSync()) {
      if (unsettled.remove(progress)) {
        listener.onDocument(progress.status());
      }
    } else if (unsettled.add(progress)) {
      progress.waitAnew();
      listener.onDocument(progress.status());
    }
  }

  /** Lets those wait a tick longer who wait for the peer, not for their own turn to speak. */
  void onTick() {
    for (DocumentProgress progress : List.copyOf(unsettled)) {
      boolean waiting = !owingHave.contains(progress) && !sending.contains(progress);
      if (progress.isGivenUpAfterTick(waiting)) {
        dispatch.rewind(progress);
        settle(progress);
      }
    }
  }

  /** The next message about a document, if any has something to say. */
  @Nullable SyncMessage next() {
    if (!owingHave.isEmpty()) {
      DocumentProgress progress = takeFirst(owingHave);
      SyncMessage have = progress.takeHave();
      settle(progress);
      return have;
    }
    while (!sending.isEmpty()) {
      DocumentProgress progress = sending.iterator().next();
      @Nullable SyncMessage message = progress.canSend() ? dispatch.next(progress) : null;
      sending.remove(progress);
      if (message != null) {
        settle(progress);
        return message;
      }
    }
    return null;
  }

  private static DocumentProgress takeFirst(Set<DocumentProgress> queue) {
    DocumentProgress first = queue.iterator().next();
    queue.remove(first);
    return first;
  }

  /** Whether every document is in sync. */
  boolean isInSync() {
    return unsettled.isEmpty();
  }

  /** Whether the peer has answered for each document there was at the start. */
  boolean isAnswered() {
    return unanswered.isEmpty();
  }

  List<DocumentStatus> statuses() {
    List<DocumentStatus> statuses = new ArrayList<>(all.size());
    all.values().forEach(progress -> statuses.add(progress.status()));
    return statuses;
  }
}
