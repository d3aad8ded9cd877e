package dev.plait.sync;

import dev.plait.message.SyncMessage;
import java.util.TreeSet;

/** What the peer wants, and whether it has been told that it has got it. */
final class PeerWant {

  private Subscription subscription = Subscription.none();
  private long serial;
  private boolean owesAnswer;
  private boolean answered;
  private boolean refused;

  /**
   * The peer wants this.
   *
   * @return whether it is something else than before
   */
  boolean onWant(SyncMessage.Want want) {
    if (want.serial() > serial) {
      subscription =
          new Subscription(
              want.all(), new TreeSet<>(want.documents()), new TreeSet<>(want.prefixes()));
      serial = want.serial();
      owesAnswer = true;
      answered = false;
      refused = false;
      return true;
    }
    owesAnswer |= want.serial() == serial;
    return false;
  }

  /** Whether the peer has said what it wants. */
  boolean isKnown() {
    return serial > 0;
  }

  Subscription subscription() {
    return subscription;
  }

  /** Something that the peer named is kept from it: it never gets all it wants. */
  void refuse() {
    refused = true;
  }

  boolean owesAnswer() {
    return owesAnswer && !refused;
  }

  /** Whether the peer knows that it has got all it may have, or that it never will. */
  boolean isAnswered() {
    return answered || refused;
  }

  SyncMessage takeAnswer() {
    owesAnswer = false;
    answered = true;
    return new SyncMessage.InSync(serial);
  }
}
