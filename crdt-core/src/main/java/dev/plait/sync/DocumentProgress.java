package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.clock.DotRange;
import dev.plait.clock.VersionVector;
import dev.plait.message.SyncMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/*
 * What there is to know about one document is four versions, which only grow, except for `sent`:
 *
 *   ours    what we hold
 *   theirs  what the peer is known to hold: what it said in a Have, and what it sent
 *   told    what the peer was told we hold, in a Have or by sending it
 *   sent    what the peer holds once all that is on its way has arrived; it falls back to `theirs`
 *           when the peer's answer does not come
 *
 * `inFlight` remembers what `sent` was after each frame: a frame has arrived for sure when `theirs`
 * holds that. `furthest` is what `sent` ever was: frames that go further are sent the first time.
 */
/** How far a session is with one document. */
final class DocumentProgress {

  /** How many frames may be on their way before one has to be acknowledged. */
  static final int WINDOW = 8;

  private final String document;
  private final Patience patience = new Patience();
  private final Deque<Flight> inFlight = new ArrayDeque<>();
  private VersionVector ours;
  private VersionVector theirs = VersionVector.EMPTY;
  private VersionVector told = VersionVector.EMPTY;
  private VersionVector sent = VersionVector.EMPTY;
  private VersionVector furthest = VersionVector.EMPTY;
  private long ticks;
  private boolean introduced;
  private boolean answered;
  private boolean snapshotInFlight;
  private boolean owesHave = true;
  private boolean asks;
  private long sentChanges;
  private long receivedChanges;

  DocumentProgress(String document, VersionVector ours) {
    this.document = document;
    this.ours = ours;
  }

  String document() {
    return document;
  }

  VersionVector ours() {
    return ours;
  }

  /** Whether a Have of the peer has been heard. */
  boolean isAnswered() {
    return answered;
  }

  boolean peerHolds(VersionVector version) {
    return theirs.dominates(version);
  }

  boolean isInSync() {
    return introduced && answered && theirs.equals(ours) && told.dominates(ours);
  }

  // What happens here.

  /** We hold this now. */
  void onOurs(VersionVector version) {
    ours = ours.merge(version);
    tellIfUntold();
  }

  /** We took these many changes from the peer, and hold this now. */
  void onReceived(long changes, VersionVector version) {
    receivedChanges = sum(receivedChanges, changes);
    if (!ours.dominates(version)) {
      patience.restart();
      if (inFlight.isEmpty()) {
        patience.relax();
      }
    }
    onOurs(version);
    owesHave = true;
  }

  /** The wait for the peer begins, or begins again. */
  void waitAnew() {
    patience.restart();
  }

  /**
   * A tick has passed.
   *
   * @param waiting whether we wait for the peer, and not for our own turn to speak
   * @return whether the wait was in vain
   */
  boolean isGivenUpAfterTick(boolean waiting) {
    ticks++;
    if (!waiting || !patience.isOutAfterTick()) {
      return false;
    }
    sent = theirs;
    inFlight.clear();
    snapshotInFlight = false;
    if (!canSend()) {
      owesHave = true;
      asks = true;
    }
    return true;
  }

  // What the peer says.

  /** The peer holds this, and perhaps wants to know what we hold. */
  void onHave(VersionVector version, boolean answer) {
    boolean news = !answered || !theirs.dominates(version);
    answered = true;
    onTheirs(version);
    if (news) {
      patience.restart();
    }
    owesHave |= answer || !introduced;
  }

  /** The peer holds at least this. */
  void onTheirs(VersionVector version) {
    theirs = theirs.merge(version);
    while (!inFlight.isEmpty() && theirs.dominates(inFlight.element().reached())) {
      Flight landed = inFlight.remove();
      if (landed.first()) {
        patience.learn(ticks - landed.since());
      }
    }
    snapshotInFlight &= !inFlight.isEmpty();
    tellIfUntold();
  }

  /** What the peer lacks is told by sending it; what it has, only by a Have. */
  private void tellIfUntold() {
    owesHave |= answered && theirs.dominates(ours) && !told.dominates(ours);
  }

  // What is to be said.

  boolean owesHave() {
    return owesHave;
  }

  SyncMessage takeHave() {
    SyncMessage have = new SyncMessage.Have(0, document, ours, List.of(), asks, 0);
    told = told.merge(ours);
    introduced = true;
    owesHave = false;
    asks = false;
    return have;
  }

  /** Whether the peer is known to lack something that is not on its way, and the way is free. */
  boolean canSend() {
    return answered && !snapshotInFlight && inFlight.size() < WINDOW && !base().dominates(ours);
  }

  /** What the next changes can build on. */
  VersionVector base() {
    return theirs.merge(sent);
  }

  void onSent(List<Chunk> chunks) {
    VersionVector.Builder reached = base().toBuilder();
    VersionVector.Builder named = told.toBuilder();
    for (Chunk chunk : chunks) {
      reached.advance(chunk.header().last());
      named.advance(chunk.header().last());
      sentChanges = sum(sentChanges, chunk.header().changeCount());
    }
    told = named.build();
    fly(reached.build());
  }

  void onSnapshotSent(VersionVector version) {
    sentChanges = sum(sentChanges, count(version, theirs));
    told = told.merge(version);
    snapshotInFlight = true;
    fly(base().merge(version));
  }

  private void fly(VersionVector reached) {
    inFlight.add(new Flight(reached, !furthest.dominates(reached), ticks));
    sent = reached;
    furthest = furthest.merge(reached);
  }

  /** A frame on its way: what is reached with it, whether it is the first try, and since when. */
  private record Flight(VersionVector reached, boolean first, long since) {}

  // How far it is.

  DocumentStatus status() {
    return new DocumentStatus(
        document,
        isInSync() ? DocumentStatus.Phase.IN_SYNC : DocumentStatus.Phase.SYNCING,
        ours,
        sentChanges,
        receivedChanges,
        count(ours, theirs),
        count(theirs, ours));
  }

  /** How many changes one version holds that the other lacks. */
  static long count(VersionVector held, VersionVector lacking) {
    long count = 0;
    for (DotRange range : held.missingFrom(lacking)) {
      count = sum(count, range.size());
    }
    return count;
  }

  /** The sum, or the greatest number: a peer may claim any counters. */
  static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
