package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.transport.Link;
import org.jspecify.annotations.Nullable;

/*
 * Why Have is enough
 * ------------------
 * Two replicas talk over a line that may lose a message, repeat it, or deliver it late. Protocols
 * for such lines number their messages, and acknowledge, order and filter them by number. None of
 * that is needed here, because what is synchronised carries its own numbers. A version says for each
 * author how many changes are held, without gaps; it never shrinks. So one message,
 *
 *     Have(document, version)    "of this document I hold exactly this, for good"
 *
 * does all the work there is:
 *
 *   It is the question.         What the speaker lacks is what the listener holds above it.
 *   It is the acknowledgement.  Whatever it covers has arrived, in whichever message that was.
 *   It cannot come too late.    The listener merges it into what it knew; an old one adds nothing.
 *   It cannot come twice.       For the same reason.
 *   It can be lost.             Any later Have says all that it said, and more.
 *   It needs no memory.         After a cut, a new session begins where the document is, not where
 *                               the old session was.
 *
 * Changes are as harmless: one that is known already is a duplicate to the document, one that comes
 * too early waits in its inbox. A Changes message also says implicitly that its sender holds what it
 * sends, so nothing is echoed to where it came from and no Have has to announce what a Changes will.
 *
 * An Ack is a Have that leaves out what has not changed: what a message brought is answered with the
 * little that grew by it. It merges like a Have, so all the above is true of it as well.
 *
 * What remains is to make sure that something is said again when it was lost. Each end sees to what
 * it needs itself. An end that holds more than the peer is known to hold sends it, as far ahead of
 * the acknowledgement as the peer gives credit, see Window; when none comes for a while it forgets
 * what was on its way and sends from the acknowledged version on. An end that has nothing to send
 * but is not in sync either says Have, and asks for an answer. An end that is in sync has nothing to
 * do, whatever happens to its last message: should the peer have missed that, the peer will ask.
 *
 * Who wants what
 * --------------
 * Each end says what it wants, and is given that; the directions have nothing to do with each other.
 * A document is of interest to an end if the peer wants it, then it is to be named and sent, or if
 * the end itself wants it, then what the peer names is asked for. An end can't tell by itself that it
 * has heard of everything, since the Have of one document may be lost. Only the giver can: when the
 * wanter has acknowledged all there is, the giver says so with InSync, the answer to the Want. A Want
 * without its answer is said again.
 *
 * So being in sync never rests on a guess. It says that the peer has claimed, durably, exactly what
 * the two are to share, and it stays true until one of them makes or gets a change. Two changes of
 * one name, as copied replicas make them, are told apart by their times, see Claims. It cannot say
 * that the peer knows: on a line that loses messages, no finite talk makes both sure that both are
 * sure. But the peer comes to know it in the same way, by asking as long as it does not; then both are
 * silent, without any keep-alive.
 *
 * What does not merge (a Want, an InSync, a number that stands for a document, a farewell) must not
 * come from another session than this one. So each session has a number, see Greeting.
 */
/**
 * One conversation with one peer, in which two replicas bring each other up to date with all their
 * documents, and go on to pass each change to the other as it is made.
 *
 * <p>A session is a state machine: frames in, frames out. It has no thread, no socket and no clock.
 * Whoever drives it
 *
 * <ul>
 *   <li>hands in each frame that arrives ({@link #onFrame});
 *   <li>says when a document has grown for another reason ({@link #onDocumentChanged});
 *   <li>says steadily that time passes ({@link #onTick}), every few hundred milliseconds;
 *   <li>after each of these, and when the link has room again, fetches what there is to say ({@link
 *       #drainTo} or {@link #poll});
 *   <li>closes the link when the session {@linkplain #isFinished() is finished}, and begins a new
 *       session for each new link; nothing has to be carried over.
 * </ul>
 *
 * <p>Frames are made when they are fetched, so a slow link costs no memory: a session holds a few
 * versions for each document, at most one frame that the link refused, and at most one snapshot in
 * each direction. An event costs time in the number of authors of the one document it is about; a
 * tick, in the number of documents not in sync.
 *
 * <p>Messages may be lost, repeated and reordered; the session gets on as long as some arrive. Once
 * in sync it is silent until something changes, so it does not notice that the peer is gone: that
 * is for the transport to tell.
 *
 * <p>Not safe for use by several threads: calls come one at a time. A call of {@link
 * #onDocumentChanged} from inside {@link SyncDocuments#receive} is fine.
 */
public final class SyncSession {

  private final SyncDocuments documents;
  private final Codec codec;
  private final SyncPolicy policy;
  private final Limits limits;
  private final SyncListener listener;
  private final Greeting greeting;
  private final Exchange exchange;
  private byte @Nullable [] refused;
  private @Nullable SyncMessage farewell;
  private @Nullable SyncEnd end;
  private boolean hasListened;
  private boolean wasInSync;
  private boolean wasOver;

  private SyncSession(
      SyncDocuments documents,
      Codec codec,
      Limits limits,
      SyncSettings settings,
      SyncListener listener) {
    this.policy = settings.policy();
    this.documents = documents;
    this.codec = codec;
    this.limits = limits;
    this.listener = listener;
    this.greeting =
        new Greeting(documents.replica(), settings.session(), limits.maxUnacknowledgedBytes());
    this.exchange = new Exchange(documents, codec, limits, settings, listener);
  }

  /**
   * Begins a conversation about all documents; there is something to fetch at once.
   *
   * @param documents what to sync
   * @param codec the language; the peer's must be the same
   * @param limits bounds on what the peer may send, and on what is sent to it
   * @param listener hears how it gets on
   */
  public static SyncSession start(
      SyncDocuments documents, Codec codec, Limits limits, SyncListener listener) {
    return start(documents, codec, limits, SyncSettings.defaults(), listener);
  }

  /**
   * Begins a conversation in which not everything is wanted or allowed.
   *
   * @param documents what to sync
   * @param codec the language; the peer's must be the same
   * @param limits bounds on what the peer may send, and on what is sent to it
   * @param settings what is wanted and allowed
   * @param listener hears how it gets on
   */
  public static SyncSession start(
      SyncDocuments documents,
      Codec codec,
      Limits limits,
      SyncSettings settings,
      SyncListener listener) {
    return new SyncSession(documents, codec, limits, settings, listener);
  }

  /**
   * Wants these documents from now on, instead of those it wanted before. What it has got already
   * stays; what the peer had refused is asked for again.
   */
  public void subscribe(Subscription wanted) {
    if (end == null) {
      exchange.subscribe(wanted);
      takeNotice();
    }
  }

  /**
   * Shows the peer something that a replica shows of itself in a document, if the peer wants the
   * document and may read it. It is sent at most once; only the newest of a replica waits to be.
   *
   * @param origin who shows it, this replica or one for which it is relayed
   * @param serial higher than that of what the same origin showed before
   * @param data what is shown; empty if nothing is any more; must not be modified
   * @throws ProtocolException LIMIT_EXCEEDED if it is longer than {@link
   *     Limits#maxPresenceBytes()}; nothing is sent then
   */
  public void sendPresence(String document, ReplicaId origin, long serial, byte[] data) {
    if (data.length > limits.maxPresenceBytes()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "presence of "
              + data.length
              + " bytes is too long; allowed are "
              + limits.maxPresenceBytes());
    }
    if (end == null) {
      exchange.sendPresence(new SyncMessage.Presence(document, origin, serial, data));
    }
  }

  /**
   * Takes in a frame that has arrived. A frame that breaks the protocol ends the session: the peer
   * is sent a Failure with the code of the {@link ProtocolException}. After the end frames are
   * ignored.
   */
  public void onFrame(byte[] frame) {
    if (end != null) {
      return;
    }
    try {
      take(decode(frame));
    } catch (ProtocolException broken) {
      fail(broken);
    }
    takeNotice();
  }

  private SyncMessage decode(byte[] frame) {
    checkLength(frame);
    return codec.decodeMessage(frame);
  }

  private void checkLength(byte[] frame) {
    if (frame.length > limits.maxFrameBytes()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "a frame of "
              + frame.length
              + " bytes is too long; allowed are "
              + limits.maxFrameBytes());
    }
  }

  private void take(SyncMessage message) {
    ReplicaId peer = greeting.peer();
    if (message instanceof SyncMessage.Hello hello) {
      onHello(hello);
    } else if (message instanceof SyncMessage.ToSession addressed) {
      // What overtakes the Hello counts as lost: nobody knows yet who says it.
      if (greeting.isForUs(addressed.session()) && !isEnd(addressed.message()) && peer != null) {
        hasListened = true;
        exchange.take(addressed.message(), peer);
      }
    } else if (peer == null) {
      // A peer that could not read our Hello does not know our number.
      isEnd(message);
    }
  }

  /** Whether this ended the session. Nothing is left to say to a peer that has ended it. */
  private boolean isEnd(SyncMessage message) {
    if (message instanceof SyncMessage.Failure failure && failure.document().isEmpty()) {
      end = new SyncEnd(true, failure.code(), failure.message());
    } else if (message instanceof SyncMessage.Bye) {
      end = new SyncEnd(true, SyncEnd.BYE, "the peer has left");
    }
    if (end != null) {
      refused = null; // the peer does not listen any more
    }
    return end != null;
  }

  private void onHello(SyncMessage.Hello hello) {
    if (hello.protocolVersion() != Greeting.PROTOCOL_VERSION) {
      throw new ProtocolException(
          ProtocolException.UNSUPPORTED_VERSION,
          "sync protocol "
              + hello.protocolVersion()
              + " is not spoken here, only "
              + Greeting.PROTOCOL_VERSION);
    }
    if (hasListened && greeting.namesUs(hello) && !hello.replica().equals(greeting.peer())) {
      throw new ProtocolException(
          ProtocolException.UNEXPECTED_MESSAGE,
          "the peer was " + greeting.peer() + " and cannot become " + hello.replica());
    }
    boolean isNews = greeting.isNews(hello);
    greeting.onHello(hello);
    if (hello.replica().equals(documents.replica())) {
      end(
          SyncEnd.SAME_REPLICA,
          "both ends are replica " + hello.replica() + "; a copied store needs an id of its own");
    } else if (isNews && !policy.mayConnect(hello.replica())) {
      end(SyncPolicy.CONNECT_DENIED, "replica " + hello.replica() + " may not connect");
    } else if (isNews) {
      exchange.onHello(hello);
    }
  }

  /**
   * A document has grown, or come up, other than by what this session received: by a change made
   * here, or one that came from elsewhere. What the peer lacks of it can be fetched at once. To say
   * it without need does no harm.
   */
  public void onDocumentChanged(String document) {
    if (end != null) {
      return;
    }
    exchange.onDocumentChanged(document);
    takeNotice();
  }

  /**
   * A tick has passed: any steady measure of time, better longer than a round trip, such as 250 ms.
   * What has not been answered for some ticks is said again, at longer and longer intervals, up to
   * 64 ticks. While the link has no room, no answer is expected.
   */
  public void onTick() {
    if (end != null || refused != null) {
      return;
    }
    if (greeting.isDone()) {
      exchange.onTick();
    } else {
      greeting.onTick();
    }
    takeNotice();
  }

  /** Ends the conversation in good order; a Bye is left to fetch. Closing twice does nothing. */
  public void close() {
    if (end == null) {
      end = new SyncEnd(false, SyncEnd.BYE, "closed here");
      farewell = new SyncMessage.Bye();
      takeNotice();
    }
  }

  private void fail(ProtocolException broken) {
    end(broken.code(), String.valueOf(broken.getMessage()));
  }

  private void end(String code, String message) {
    end = new SyncEnd(false, code, message);
    farewell = new SyncMessage.Failure(code, message, "");
  }

  /**
   * Fetches the next frame to send, made now.
   *
   * @return null if there is nothing to say until something happens
   */
  public byte @Nullable [] poll() {
    byte[] frame = refused;
    if (frame != null) {
      refused = null;
      return frame;
    }
    if (end == null) {
      try {
        frame = makeFrame();
      } catch (ProtocolException broken) {
        fail(broken);
      }
      takeNotice();
    }
    SyncMessage last = farewell;
    if (frame == null && last != null) {
      farewell = null;
      frame = codec.encodeMessage(greeting.addressed(last));
    }
    return frame;
  }

  private byte @Nullable [] makeFrame() {
    SyncMessage message = next();
    if (message == null) {
      return null;
    }
    byte[] frame = codec.encodeMessage(message);
    checkLength(frame);
    return frame;
  }

  private @Nullable SyncMessage next() {
    if (greeting.owesHello()) {
      return greeting.takeHello();
    }
    if (!greeting.isDone()) {
      return null;
    }
    SyncMessage message = exchange.next();
    return message == null ? null : greeting.addressed(message);
  }

  /**
   * Offers frames to a link until there is nothing to say, or the link has no room. A frame that
   * the link refuses is the first that is offered, or polled, the next time.
   */
  public void drainTo(Link link) {
    for (byte[] frame = poll(); frame != null; frame = poll()) {
      if (!link.offer(frame)) {
        refused = frame;
        return;
      }
    }
  }

  /** Whether the conversation is over and nothing is left to fetch. The link can be closed then. */
  public boolean isFinished() {
    return end != null && farewell == null && refused == null;
  }

  /**
   * The definite answer: whether each end has heard of all the documents of the other, and every
   * document is {@linkplain DocumentStatus.Phase#IN_SYNC in sync}. It is about what the peer has
   * said last, and false once the session has ended. When both ends say true and nothing is on its
   * way, both replicas hold the same.
   */
  public boolean isInSync() {
    return end == null && greeting.isDone() && exchange.isInSync() && !documents.withholds();
  }

  /** How far it is, document by document. Costs time in the number of documents. */
  public SyncStatus status() {
    return new SyncStatus(greeting.peer(), exchange.statuses(), isInSync(), end);
  }

  /** How far one document is; null if it has not come up. */
  public @Nullable DocumentStatus status(String document) {
    return exchange.status(document);
  }

  /** Why the session is over; null while it is not. */
  public @Nullable SyncEnd end() {
    return end;
  }

  private void takeNotice() {
    boolean inSync = isInSync();
    if (inSync != wasInSync) {
      wasInSync = inSync;
      listener.onInSync(inSync);
    }
    if (end != null && !wasOver) {
      wasOver = true;
      listener.onEnd(end);
    }
  }
}
