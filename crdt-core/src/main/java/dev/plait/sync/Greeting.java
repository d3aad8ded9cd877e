package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import dev.plait.message.SyncMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Each end says Hello until it has heard one. A Hello that does not name our session comes from a
 * peer that has not heard us, and is answered with one that names its; a Hello that does is not
 * answered, so this comes to an end.
 *
 * Everything else bears the number of the session it is for, which only a peer can know that has
 * heard our Hello: what was left over from an earlier session is told by it. Only a Hello may be an
 * old one. Then what we say bears an old number, the peer does not listen, and answers with a Hello
 * that names our session; that one is new for sure, and its number replaces the old.
 */
/** Whether the two ends know each other. */
final class Greeting {

  static final int PROTOCOL_VERSION = 1;

  /** The feature of an end that understands {@link SyncMessage.Next}. */
  static final String NEXT = "next";

  private final ReplicaId self;
  private final int session;
  private final long credit;
  private final Patience patience = new Patience();
  private SyncMessage.@Nullable Hello peer;
  private boolean certain;
  private boolean owesHello = true;
  private int heard;

  Greeting(ReplicaId self, int session, long credit) {
    this.self = self;
    this.session = session;
    this.credit = credit;
  }

  /** Who the peer is; null until it has said Hello. */
  @Nullable ReplicaId peer() {
    return peer == null ? null : peer.replica();
  }

  boolean isDone() {
    return peer != null;
  }

  /** Whether to believe a Hello: it is the first, or the first that is new for sure. */
  boolean isNews(SyncMessage.Hello hello) {
    return peer == null || (namesUs(hello) && !certain);
  }

  /** Whether a Hello is said to this very session. */
  boolean namesUs(SyncMessage.Hello hello) {
    return hello.heard() == session;
  }

  void onHello(SyncMessage.Hello hello) {
    if (isNews(hello)) {
      peer = hello;
      certain = namesUs(hello);
    }
    if (!namesUs(hello)) {
      owesHello = true;
      heard = hello.session();
    }
  }

  /**
   * Something was said to a session.
   *
   * @return whether it was to this one
   */
  boolean isForUs(int number) {
    if (number != session && peer != null) {
      // The peer may not know our number, if all it has heard of us is old.
      owesHello = true;
      heard = peer.session();
    }
    return number == session;
  }

  /** The message with the number of the session it is for, if that is known. */
  SyncMessage addressed(SyncMessage message) {
    return peer == null ? message : new SyncMessage.ToSession(peer.session(), message);
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
    return new SyncMessage.Hello(PROTOCOL_VERSION, self, List.of(NEXT), credit, session, heard);
  }
}
