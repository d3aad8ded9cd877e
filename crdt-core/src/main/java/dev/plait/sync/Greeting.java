package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import dev.plait.message.SyncMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Each end says Hello until it has heard one. Who has heard the peer's may still not have been
 * heard, and then the peer goes on saying Hello: a Hello that comes again is answered with one. That
 * would never end, were it not that a peer says something else only after it has heard us; from
 * then on a Hello is an old one, and is not answered.
 */
/** Whether the two ends know each other. */
final class Greeting {

  static final int PROTOCOL_VERSION = 1;

  private final ReplicaId self;
  private final Patience patience = new Patience();
  private @Nullable ReplicaId peer;
  private boolean owesHello = true;
  private boolean heardByPeer;

  Greeting(ReplicaId self) {
    this.self = self;
  }

  /** Who the peer is; null until it has said Hello. */
  @Nullable ReplicaId peer() {
    return peer;
  }

  boolean isDone() {
    return peer != null;
  }

  void onHello(ReplicaId speaker) {
    if (peer == null) {
      peer = speaker;
    } else if (!heardByPeer) {
      owesHello = true;
    }
  }

  /** The peer said something that it says only to those it knows. */
  void onOtherMessage() {
    heardByPeer = true;
  }

  void onTick() {
    if (peer == null && !owesHello && patience.isOutAfterTick()) {
      owesHello = true;
    }
  }

  boolean owesHello() {
    return owesHello;
  }

  SyncMessage takeHello() {
    owesHello = false;
    return new SyncMessage.Hello(PROTOCOL_VERSION, self, List.of(), Long.MAX_VALUE, 1, 0);
  }
}
