package dev.plait.sync;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.message.SyncMessage;
import java.util.List;

/*
 * An end that knows of no difference cannot tell whether it has heard of all documents: the Have of
 * one may be lost. Only the peer can tell, because every Have is answered with one. So when each
 * document that an end started with has been answered, it says so: "you have heard of all I had".
 *
 * It says it with a Have, and what is lost is asked for again, as with any Have: the list of
 * documents is the document without a name, to which each replica makes one change, the completion
 * of its own list. A document that is made later is announced by its own Have, as later changes are.
 */
/** Whether each end has heard of all the documents that the other started with. */
final class Listing {

  /** The list of documents, as the document of a Have. No document has this name. */
  static final String NAME = "";

  private final VersionVector complete;
  private final Patience patience = new Patience();
  private boolean answered;
  private boolean owesHave;
  private boolean asks;
  private boolean told;
  private boolean heard;

  Listing(ReplicaId self) {
    this.complete = VersionVector.of(new Dot(self, 1));
  }

  /** The peer has answered for each of our documents; it may be told that these are all. */
  void onAllAnswered() {
    if (!answered) {
      answered = true;
      owesHave = true;
    }
  }

  void onHave(ReplicaId peer, SyncMessage.Have have) {
    heard |= have.version().get(peer) > 0;
    owesHave |= have.answer() && answered;
  }

  void onTick() {
    if (!heard && !owesHave && patience.isOutAfterTick()) {
      owesHave = true;
      asks = true;
    }
  }

  boolean isSettled() {
    return heard && told;
  }

  boolean owesHave() {
    return owesHave;
  }

  SyncMessage takeHave() {
    SyncMessage have =
        new SyncMessage.Have(
            0, NAME, answered ? complete : VersionVector.EMPTY, List.of(), asks, 0);
    told |= answered;
    owesHave = false;
    asks = false;
    return have;
  }
}
