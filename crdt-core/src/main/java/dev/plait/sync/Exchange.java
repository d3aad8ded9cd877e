package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.store.StoredSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about documents, between two ends that know each other. */
final class Exchange {

  private final SyncDocuments documents;
  private final ReplicaId self;
  private final SyncPolicy policy;
  private final Limits limits;
  private final SyncListener listener;
  private final OwnWant own;
  private final PeerWant theirs = new PeerWant();
  private final Window window = new Window();
  private final Keystrokes keystrokes;
  private final Dispatch dispatch;
  private final Ledger ledger;
  private final SnapshotAssembly assembly;
  private final Refusals refusals = new Refusals();
  private final PresenceOutbox presence = new PresenceOutbox();
  private final Map<DocumentProgress, Claims> claims = new HashMap<>();
  private @Nullable ReplicaId peer;

  Exchange(
      SyncDocuments documents,
      Codec codec,
      Limits limits,
      SyncSettings settings,
      SyncListener listener) {
    this.documents = documents;
    this.self = documents.replica();
    this.policy = settings.policy();
    this.limits = limits;
    this.listener = listener;
    this.own = new OwnWant(settings.subscription());
    this.keystrokes = new Keystrokes(codec, self);
    this.dispatch = new Dispatch(documents, limits, window, keystrokes);
    this.ledger = new Ledger(documents, limits, listener, window, dispatch);
    this.assembly = new SnapshotAssembly(limits);
  }

  /** The peer has said who it is. */
  void onHello(SyncMessage.Hello hello) {
    peer = hello.replica();
    window.setCredit(hello.credit());
    keystrokes.onHello(hello);
  }

  /** Takes in a message of the peer. */
  void take(SyncMessage message, ReplicaId speaker) {
    if (message instanceof SyncMessage.Want want) {
      onWant(want, speaker);
    } else if (message instanceof SyncMessage.Have have) {
      onHave(have, speaker);
    } else if (message instanceof SyncMessage.Ack ack) {
      onAck(ack);
    } else if (message instanceof SyncMessage.Changes changes) {
      onChanges(changes, speaker);
    } else if (message instanceof SyncMessage.Next next) {
      onNext(next, speaker);
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      onSnapshotPart(part, speaker);
    } else if (message instanceof SyncMessage.InSync inSync) {
      own.onInSync(inSync);
    } else if (message instanceof SyncMessage.Presence shown) {
      onPresence(shown, speaker);
    } else if (message instanceof SyncMessage.Failure failure) {
      onRefusal(failure, speaker);
    }
  }

  private void onWant(SyncMessage.Want want, ReplicaId speaker) {
    boolean isNew = theirs.onWant(want);
    for (String document : theirs.subscription().documents()) {
      if (!policy.mayRead(speaker, document)) {
        theirs.refuse();
        refusals.readDenied(document);
      }
    }
    if (isNew) {
      for (DocumentProgress progress : ledger.all()) {
        progress.setPushes(mayGet(speaker, progress.document()));
        ledger.settle(progress);
      }
      for (String document : documents.documents()) {
        announce(speaker, document);
      }
    }
  }

  /** Enters a document that the peer is to hear of. */
  private void announce(ReplicaId speaker, String document) {
    if (ledger.find(document) == null
        && mayGet(speaker, document)
        && !documents.version(document).isEmpty()) {
      ledger.settle(enter(speaker, document));
    }
  }

  private DocumentProgress enter(ReplicaId speaker, String document) {
    DocumentProgress progress = ledger.enter(document);
    if (theirs.isKnown()) {
      progress.setPushes(mayGet(speaker, document));
    }
    progress.setPulls(mayGive(speaker, document));
    return progress;
  }

  private boolean mayGet(ReplicaId speaker, String document) {
    return theirs.subscription().matches(document) && policy.mayRead(speaker, document);
  }

  private boolean mayGive(ReplicaId speaker, String document) {
    return own.matches(document) && policy.mayWrite(speaker, document);
  }

  private void onHave(SyncMessage.Have have, ReplicaId speaker) {
    String document = have.document();
    window.setCredit(have.credit());
    boolean pulls = mayGive(speaker, document);
    if (!pulls && own.matches(document) && !documents.version(document).dominates(have.version())) {
      refusals.writeDenied(document);
    }
    DocumentProgress progress = ledger.find(document);
    if (progress == null) {
      if (!pulls) {
        return;
      }
      progress = enter(speaker, document);
    }
    progress.setPulls(pulls);
    if (progress.isLive()) {
      ledger.bind(have.handle(), progress);
      progress.onHave(have.version(), have.answer());
      claims(progress).add(have.version(), have.times());
      compare(progress);
    }
    ledger.settle(progress);
  }

  private void onAck(SyncMessage.Ack ack) {
    window.setCredit(ack.credit());
    DocumentProgress progress = ledger.find(ack.handle());
    if (progress != null && progress.isLive()) {
      progress.onAck(ack.advanced());
      dispatch.onArrived(progress, ack.snapshotBytes());
      claims(progress).add(ack.advanced(), ack.times());
      compare(progress);
      ledger.settle(progress);
    }
  }

  /** Compares what the peer has just said it holds with what is held here. */
  private void compare(DocumentProgress progress) {
    checkAuthors(progress);
    long own = progress.theirs().get(self);
    if (own > progress.ours().get(self)) {
      progress.onOurs(documents.version(progress.document()));
      if (own > progress.ours().get(self)) {
        claims(progress).onOwnAhead(own);
      }
    }
    verify(progress);
    if (!progress.isContradicted()) {
      documents.onPeerHolds(progress.document(), progress.theirs(), progress.ours());
    }
  }

  /** A version that no message has room for is none that anybody holds. */
  private void checkAuthors(DocumentProgress progress) {
    int authors = progress.theirs().size();
    if (authors > limits.maxListLength()) {
      throw new ProtocolException(
          ProtocolException.LIMIT_EXCEEDED,
          "the peer claims changes of "
              + authors
              + " replicas in document \""
              + progress.document()
              + "\"; allowed are "
              + limits.maxListLength());
    }
  }

  private Claims claims(DocumentProgress progress) {
    return claims.computeIfAbsent(progress, key -> new Claims(documents, progress.document()));
  }

  private void verify(DocumentProgress progress) {
    Claims claimed = claims.get(progress);
    if (claimed != null && claimed.contradict(progress.ours(), () -> mayAccuse(progress))) {
      progress.contradict();
    }
  }

  private boolean mayAccuse(DocumentProgress progress) {
    return peer != null && policy.mayWrite(peer, progress.document());
  }

  private void onChanges(SyncMessage.Changes changes, ReplicaId speaker) {
    for (Chunk chunk : changes.chunks()) {
      checkDocument(chunk, changes.document());
    }
    DocumentProgress progress = taking(changes.document(), speaker);
    if (progress != null) {
      keystrokes.onReceived(progress, changes.chunks());
      receive(progress, changes.chunks());
    }
  }

  private void onNext(SyncMessage.Next next, ReplicaId speaker) {
    DocumentProgress named = ledger.find(next.handle());
    if (named != null && taking(named.document(), speaker) != null) {
      @Nullable Chunk chunk = keystrokes.understand(named, next, speaker);
      if (chunk != null) {
        receive(named, List.of(chunk));
      }
    }
  }

  /** The document, if changes of it are taken from the peer now. */
  private @Nullable DocumentProgress taking(String document, ReplicaId speaker) {
    if (!own.matches(document)) {
      return null;
    }
    boolean pulls = policy.mayWrite(speaker, document);
    if (!pulls) {
      refusals.writeDenied(document);
    }
    DocumentProgress progress = ledger.find(document);
    if (progress == null && pulls) {
      progress = enter(speaker, document);
    }
    if (progress != null) {
      progress.setPulls(pulls);
      ledger.settle(progress);
    }
    return pulls ? progress : null;
  }

  private void receive(DocumentProgress progress, List<Chunk> chunks) {
    String document = progress.document();
    VersionVector.Builder named = VersionVector.builder();
    for (Chunk chunk : chunks) {
      named.advance(chunk.header().last());
      claims(progress).add(chunk.header().last(), chunk.header().lastTime());
    }
    // First, lest a call of onDocumentChanged from within receive sends back what came.
    progress.onTheirs(named.build());
    compare(progress);
    documents.receive(document, chunks);
    progress.onReceived(chunks, documents.version(document));
    verify(progress);
    ledger.settle(progress);
  }

  private void onSnapshotPart(SyncMessage.SnapshotPart part, ReplicaId speaker) {
    DocumentProgress progress = taking(part.document(), speaker);
    if (progress == null) {
      return;
    }
    VersionVector before = progress.ours();
    if (before.dominates(part.version())) {
      progress.acknowledge(part.version());
    } else {
      @Nullable StoredSnapshot snapshot = assembly.add(part);
      progress.onTheirs(part.version());
      progress.waitAnew();
      progress.acknowledgePart(assembly.prefix(part.document()));
      if (snapshot != null) {
        documents.receiveSnapshot(snapshot);
        progress.acknowledge(part.version());
        progress.onReceived(
            DocumentProgress.count(part.version(), before), documents.version(part.document()));
        verify(progress);
      }
    }
    ledger.settle(progress);
  }

  private static void checkDocument(Chunk chunk, String document) {
    String actual = chunk.header().document();
    if (!actual.equals(document)) {
      throw new ProtocolException(
          ProtocolException.WRONG_DOCUMENT,
          "a chunk of \"" + actual + "\" came as one of \"" + document + "\"");
    }
  }

  private void onPresence(SyncMessage.Presence shown, ReplicaId speaker) {
    if (own.matches(shown.document()) && policy.mayRead(speaker, shown.document())) {
      listener.onPresence(shown.document(), shown.replica(), shown.serial(), shown.data());
    }
  }

  /** The peer refuses one document. */
  private void onRefusal(SyncMessage.Failure failure, ReplicaId speaker) {
    boolean isRead = failure.code().equals(SyncPolicy.READ_DENIED);
    boolean isWrite = failure.code().equals(SyncPolicy.WRITE_DENIED);
    DocumentProgress progress = ledger.find(failure.document());
    if (!isWrite && own.names(failure.document())) {
      own.onRefused();
      progress = progress == null ? enter(speaker, failure.document()) : progress;
    }
    if (progress == null) {
      return;
    }
    if (!isRead) {
      progress.refusePush(failure.code());
    }
    if (!isWrite && own.matches(failure.document())) {
      progress.refusePull(failure.code());
    }
    ledger.settle(progress);
  }

  /** Wants something else from now on. */
  void subscribe(Subscription wanted) {
    own.become(wanted);
    ReplicaId speaker = peer;
    if (speaker != null) {
      for (DocumentProgress progress : ledger.all()) {
        progress.forgetPullRefusal();
        progress.setPulls(mayGive(speaker, progress.document()));
        ledger.settle(progress);
      }
    }
  }

  void sendPresence(SyncMessage.Presence shown) {
    presence.add(shown);
  }

  /** A document holds more than it did, by no doing of the peer. */
  void onDocumentChanged(String document) {
    DocumentProgress progress = ledger.find(document);
    if (progress != null) {
      progress.onOurs(documents.version(document));
      verify(progress);
      ledger.settle(progress);
    } else if (peer != null) {
      announce(peer, document);
    }
  }

  void onTick() {
    own.onTick();
    ledger.onTick();
  }

  /** What there is to say next, if anything. */
  @Nullable SyncMessage next() {
    if (own.isOwed()) {
      return own.take();
    }
    SyncMessage message = refusals.take();
    if (message == null) {
      message = ledger.nextWord();
    }
    if (message == null) {
      message = nextPresence();
    }
    if (message == null) {
      message = ledger.nextChanges();
    }
    if (message == null && theirs.owesAnswer() && ledger.isPushed()) {
      message = theirs.takeAnswer();
    }
    return message;
  }

  private @Nullable SyncMessage nextPresence() {
    ReplicaId listening = peer;
    if (listening == null || !theirs.isKnown()) {
      return null;
    }
    SyncMessage.Presence shown = presence.take();
    while (shown != null && !mayGet(listening, shown.document())) {
      shown = presence.take();
    }
    return shown;
  }

  boolean isInSync() {
    return own.isFulfilled() && theirs.isKnown() && theirs.isAnswered() && ledger.isInSync();
  }

  List<DocumentStatus> statuses() {
    return ledger.statuses();
  }

  @Nullable DocumentStatus status(String document) {
    DocumentProgress progress = ledger.find(document);
    return progress == null ? null : progress.status();
  }
}
