package dev.plait.sync;

import dev.plait.message.SyncMessage;
import java.util.List;

/*
 * The Want is also the question whether it is fulfilled: it is said again until the peer answers
 * that it is, ever more rarely while there is much to get. A peer that
 * refuses a document we named never says so; then there is nothing more to ask.
 */
/** What this end wants, and whether the peer has said that it has got it. */
final class OwnWant {

  private final Patience patience = new Patience();
  private Subscription subscription;
  private long serial = 1;
  private boolean owed = true;
  private boolean fulfilled;
  private boolean refused;

  OwnWant(Subscription subscription) {
    this.subscription = subscription;
  }

  boolean matches(String document) {
    return subscription.matches(document);
  }

  /** Whether the document is wanted by its name. */
  boolean names(String document) {
    return subscription.documents().contains(document);
  }

  void become(Subscription other) {
    subscription = other;
    serial++;
    owed = true;
    fulfilled = false;
    refused = false;
    patience.restart();
  }

  void onInSync(SyncMessage.InSync answer) {
    fulfilled |= answer.want() == serial;
  }

  /** The peer does not let us read something that we named. */
  void onRefused() {
    refused = true;
  }

  boolean isFulfilled() {
    return fulfilled;
  }

  void onTick() {
    if (!fulfilled && !refused && !owed && patience.isOutAfterTick()) {
      owed = true;
    }
  }

  boolean isOwed() {
    return owed;
  }

  SyncMessage take() {
    owed = false;
    return new SyncMessage.Want(
        serial,
        subscription.everything(),
        List.copyOf(subscription.documents()),
        List.copyOf(subscription.prefixes()));
  }
}
