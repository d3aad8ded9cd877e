package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/*
 * What there is to know about one document is four versions, which only grow, except for `sent`:
 *
 *   ours    what we hold
 *   theirs  what the peer is known to hold: what it said in a Have or Ack, and what it sent
 *   told    what the peer was told we hold, in a Have or Ack or by sending it
 *   sent    what the peer holds once all that is on its way has arrived; it falls back to `theirs`
 *           when the peer's answer does not come
 *
 * `inFlight` remembers what `sent` was after each frame: a frame has arrived for sure when `theirs`
 * holds that. `furthest` is what `sent` ever was: frames that go further are sent the first time.
 *
 * Each direction is in sync, or not, by itself. Outwards, if the peer wants the document: it holds
 * what we hold, and knows that we do. Inwards, if we want it: we hold what the peer holds, and it
 * knows that we do.
 */
/** How far a session is with one document. */
final class DocumentProgress {

  private final String document;
  private final int handle;
  private final Window window;
  private final Patience patience = new Patience();
  private final Deque<Flight> inFlight = new ArrayDeque<>();
  private final Set<ReplicaId> unacknowledged = new TreeSet<>();
  private VersionVector ours;
  private VersionVector theirs = VersionVector.EMPTY;
  private VersionVector told = VersionVector.EMPTY;
  private VersionVector sent = VersionVector.EMPTY;
  private VersionVector furthest = VersionVector.EMPTY;

  /** What the peer was known to hold when it was last told how much of that is the same here. */
  private VersionVector likened = VersionVector.EMPTY;

  private long ticks;
  private boolean decided;
  private boolean pushes;
  private boolean pulls;
  private @Nullable String pushRefusal;
  private @Nullable String pullRefusal;
  private boolean introduced;
  private boolean heard;
  private boolean snapshotInFlight;
  private boolean owesHave;
  private boolean owesAck;
  private boolean owesSame;
  private boolean asks;
  private boolean contradicted;
  private int snapshotPrefix;
  private long sentChanges;
  private long receivedChanges;
  private DocumentStatus.@Nullable Phase shown;

  DocumentProgress(String document, int handle, VersionVector ours, Window window) {
    this.document = document;
    this.handle = handle;
    this.ours = ours;
    this.window = window;
  }

  String document() {
    return document;
  }

  /** The number that stands for the document in what we say. */
  int handle() {
    return handle;
  }

  VersionVector ours() {
    return ours;
  }

  VersionVector theirs() {
    return theirs;
  }

  boolean peerHolds(VersionVector version) {
    return theirs.dominates(version);
  }

  // Which directions there are.

  /** Whether changes are to be sent: the peer wants them, may read them, and takes them. */
  boolean pushes() {
    return pushes && pushRefusal == null;
  }

  /** Whether changes are to be taken: we want them, the peer may write them, and gives them. */
  boolean pulls() {
    return pulls && pullRefusal == null;
  }

  /** Whether the document is of any interest. */
  boolean isLive() {
    return pushes() || pulls();
  }

  /** The peer wants the document named, or does not want it any more. */
  void setPushes(boolean wanted) {
    decided = true;
    pushes = wanted;
    if (wanted) {
      // Anew, even if it was named before: the peer may not have listened while it did not want it.
      owesHave = !ours.isEmpty();
      asks |= introduced;
    } else {
      forgetFlights();
    }
  }

  void setPulls(boolean wanted) {
    pulls = wanted;
  }

  /** What the peer refused may be asked for again. */
  void forgetPullRefusal() {
    pullRefusal = null;
  }

  void refusePush(String code) {
    pushRefusal = code;
    forgetFlights();
  }

  void refusePull(String code) {
    pullRefusal = code;
  }

  /** The peer holds a different change of a name that both hold. */
  void contradict() {
    contradicted = true;
  }

  boolean isContradicted() {
    return contradicted;
  }

  /** Whether the peer has said what it wants, lacks nothing of that, and knows it. */
  boolean isPushed() {
    return decided
        && (!pushes()
            || ours.isEmpty()
            || (heard && theirs.dominates(ours) && told.dominates(ours)));
  }

  private boolean isPulled() {
    return !pulls() || (introduced && ours.dominates(theirs) && told.dominates(theirs));
  }

  DocumentStatus.Phase phase() {
    if (!isPushed() || !isPulled()) {
      return DocumentStatus.Phase.SYNCING;
    }
    if (refusal() != null) {
      return DocumentStatus.Phase.REFUSED;
    }
    return contradicted ? DocumentStatus.Phase.CONTRADICTED : DocumentStatus.Phase.IN_SYNC;
  }

  private @Nullable String refusal() {
    return pullRefusal != null ? pullRefusal : pushRefusal;
  }

  /** The phase, if it is another than when this was last asked; else null. */
  DocumentStatus.@Nullable Phase takeNewPhase() {
    DocumentStatus.Phase before = shown;
    shown = phase();
    return shown == before ? null : shown;
  }

  // What happens here.

  /** We hold this now. */
  void onOurs(VersionVector version) {
    ours = ours.merge(version);
    tellIfUntold();
  }

  /** We took these chunks from the peer, and hold this now. */
  void onReceived(List<Chunk> chunks, VersionVector version) {
    long count = 0;
    for (Chunk chunk : chunks) {
      count = sum(count, chunk.header().changeCount());
      if (version.get(chunk.header().replica()) >= chunk.header().firstCounter()) {
        unacknowledged.add(chunk.header().replica());
        owesAck = true;
      }
    }
    onReceived(count, version);
  }

  /** We took as many changes from the peer, perhaps in a snapshot, and hold this now. */
  void onReceived(long changes, VersionVector version) {
    receivedChanges = sum(receivedChanges, changes);
    if (!ours.dominates(version)) {
      patience.restart();
      if (inFlight.isEmpty()) {
        patience.relax();
      }
    }
    onOurs(version);
  }

  /** A part of a snapshot came, and as much of it is here from its start. */
  void acknowledgePart(int prefix) {
    snapshotPrefix = prefix;
    owesAck = true;
  }

  /** How much of a snapshot is here; said once. */
  int takeSnapshotPrefix() {
    int prefix = snapshotPrefix;
    snapshotPrefix = 0;
    return prefix;
  }

  /** A snapshot came that was here already: all of it is acknowledged, not only what is new. */
  void acknowledge(VersionVector version) {
    unacknowledged.addAll(version.replicas());
    owesAck = true;
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
    forgetFlights();
    if (!canSend() || window.isPaused()) {
      owesHave = true;
      asks = true;
    }
    return true;
  }

  private void forgetFlights() {
    sent = theirs;
    while (!inFlight.isEmpty()) {
      window.land(inFlight.remove().bytes());
    }
    snapshotInFlight = false;
    likened = VersionVector.EMPTY;
  }

  /**
   * The peer lacks something that it may not have yet. Perhaps it holds something back in turn, as
   * we know more of its former id than it does: so it is told what of what it holds is the same.
   */
  void holdBack() {
    if (!likened.equals(theirs)) {
      likened = theirs;
      owesSame = true;
    }
  }

  // What the peer says.

  /** The peer holds this, and perhaps wants to know what we hold. */
  void onHave(VersionVector version, boolean answer) {
    boolean news = !heard || !theirs.dominates(version);
    heard = true;
    onTheirs(version);
    if (news) {
      patience.restart();
    }
    owesHave |= answer || !introduced;
  }

  /** The peer has made this durable. */
  void onAck(VersionVector advanced) {
    if (!theirs.dominates(advanced)) {
      patience.restart();
    }
    onTheirs(advanced);
  }

  /** The peer holds at least this. */
  void onTheirs(VersionVector version) {
    theirs = theirs.merge(version);
    while (!inFlight.isEmpty() && theirs.dominates(inFlight.element().reached())) {
      Flight landed = inFlight.remove();
      window.land(landed.bytes());
      if (landed.first()) {
        patience.learn(ticks - landed.since());
      }
    }
    snapshotInFlight &= !inFlight.isEmpty();
    tellIfUntold();
  }

  /** What the peer lacks is told by sending it; what it has, only by a Have or an Ack. */
  private void tellIfUntold() {
    owesAck |= heard && !told.dominates(ours.meet(theirs));
  }

  // What is to be said.

  boolean owesWord() {
    return isLive() && (owesHave || ((owesAck || owesSame) && introduced));
  }

  /** Whether the next word is a Have; else it is an Ack. */
  boolean owesHave() {
    return owesHave;
  }

  /** All is told: what we hold. Returns whether the peer is to answer. */
  boolean tellAll() {
    boolean question = asks;
    told = told.merge(ours);
    introduced = true;
    owesHave = false;
    asks = false;
    owesAck = false;
    unacknowledged.clear();
    return question;
  }

  /** What came, or was heard of, is acknowledged. Returns what to say. */
  VersionVector tellNews() {
    VersionVector.Builder news = owesSame ? ours.meet(theirs).toBuilder() : VersionVector.builder();
    for (ReplicaId author : unacknowledged) {
      if (ours.get(author) > 0) {
        news.advance(new Dot(author, ours.get(author)));
      }
    }
    for (DotRange range : ours.meet(theirs).missingFrom(told)) {
      news.advance(new Dot(range.replica(), ours.get(range.replica())));
    }
    VersionVector advanced = news.build();
    told = told.merge(advanced);
    owesAck = false;
    owesSame = false;
    unacknowledged.clear();
    return advanced;
  }

  /** Whether the peer is known to lack something that is not on its way. */
  boolean canSend() {
    return pushes() && heard && !snapshotInFlight && !base().dominates(ours);
  }

  /** Whether something is on its way. */
  boolean isUnderWay() {
    return !inFlight.isEmpty();
  }

  /** What the next changes can build on. */
  VersionVector base() {
    return theirs.merge(sent);
  }

  /**
   * Whether a change was never sent before, so that the peer may follow its author step by step.
   */
  boolean isFirstTry(Chunk chunk) {
    return introduced && !furthest.contains(chunk.header().last());
  }

  void onSent(List<Chunk> chunks, long bytes) {
    VersionVector.Builder reached = base().toBuilder();
    VersionVector.Builder named = told.toBuilder();
    for (Chunk chunk : chunks) {
      reached.advance(chunk.header().last());
      named.advance(chunk.header().last());
      sentChanges = sum(sentChanges, chunk.header().changeCount());
    }
    told = named.build();
    fly(reached.build(), bytes);
  }

  /** The last part of a snapshot is on its way; the parts are accounted for elsewhere. */
  void onSnapshotSent(VersionVector version) {
    sentChanges = sum(sentChanges, count(version, theirs));
    told = told.merge(version);
    snapshotInFlight = true;
    fly(base().merge(version), 0);
  }

  private void fly(VersionVector reached, long bytes) {
    inFlight.add(new Flight(reached, !furthest.dominates(reached), ticks, bytes));
    window.depart(bytes);
    sent = reached;
    furthest = furthest.merge(reached);
  }

  /** A frame on its way: what is reached with it, whether it is the first try, since when, size. */
  private record Flight(VersionVector reached, boolean first, long since, long bytes) {}

  // How far it is.

  DocumentStatus status() {
    DocumentStatus.Phase phase = phase();
    return new DocumentStatus(
        document,
        phase,
        ours,
        sentChanges,
        receivedChanges,
        pushes() ? count(ours, theirs) : 0,
        pulls() ? count(theirs, ours) : 0,
        phase == DocumentStatus.Phase.REFUSED ? refusal() : null);
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
