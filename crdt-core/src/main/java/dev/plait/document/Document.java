package dev.plait.document;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.canonical.CanonicalHash;
import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.value.ContainerType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of named containers that replicas edit apart and that converges when they exchange changes:
 * the unit of causality, sync and storage.
 *
 * <p><b>Roots</b> are created on first use; the same name and type on two replicas is the same
 * container. <b>Edits</b> happen in {@linkplain #transact transactions}, each of which becomes one
 * {@link Change}. <b>Changes of others</b> come in through {@link #apply(byte[])}, in any order and
 * any number of times; each is applied when, and only when, everything its author had seen is
 * there.
 *
 * <p><b>Threads.</b> Like an {@code ArrayList}: one thread at a time. Documents of a {@code
 * Replica} bring their own lock and are safe from any thread.
 *
 * <p><b>Errors.</b> {@link DocumentException} for what the document can't do in its state, {@link
 * dev.plait.crdt.EditException} for edits that can't be made, {@link ProtocolException} for bytes
 * that break the format. A call that throws has changed nothing.
 */
public final class Document implements NamedViews {
  private final String name;
  private final HybridLogicalClock clock;
  private final Codec codec;
  private final Limits limits;
  private final @Nullable Consumer<RuntimeException> onListenerFailure;
  private final Access access;
  private final Events events;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final Compaction compaction;
  private final @Nullable Consumer<Equivocation> onEquivocation;

  /** Changed under the lock. */
  private volatile ReplicaId replica;

  Document(
      String name,
      ReplicaId replica,
      HybridLogicalClock clock,
      Codec codec,
      Limits limits,
      @Nullable DocumentHost host,
      @Nullable DocumentState state,
      @Nullable Consumer<RuntimeException> onListenerFailure,
      @Nullable Consumer<Equivocation> onEquivocation) {
    this.name = name;
    this.replica = replica;
    this.clock = clock;
    this.codec = codec;
    this.limits = limits;
    this.onListenerFailure = onListenerFailure;
    this.access = new Access(name, limits, clock, codec, host, state);
    this.events = new Events(name, access, onListenerFailure);
    Chunking chunking = new Chunking(codec, name, limits);
    this.onEquivocation = onEquivocation;
    Alarms alarms = new Alarms(access, onEquivocation);
    this.incoming = new Incoming(this, clock, codec, access, events, alarms, chunking);
    this.outgoing = new Outgoing(this, codec, access, chunking);
    this.compaction = new Compaction(name, clock, codec, access, chunking);
  }

  /**
   * Starts describing a document.
   *
   * @param name the document's name, the same on every replica
   * @param replica who edits here; no other process may edit this document under the same id
   */
  public static DocumentBuilder builder(String name, ReplicaId replica) {
    return new DocumentBuilder(name, replica);
  }

  /** The document's name. */
  public String name() {
    return name;
  }

  /** Who edits here. */
  public ReplicaId replica() {
    return replica;
  }

  /**
   * Lets somebody else make the transactions from now on: after a backup was restored, or when
   * another program works under the same id. What was made here before stays.
   *
   * @throws DocumentException REPLICA_IN_USE if a change of {@code fresh} is here, applied or not;
   *     TRANSACTION_NESTED inside a transaction; DOCUMENT_CLOSED
   */
  public void replaceReplica(ReplicaId fresh) {
    access.lock();
    try {
      DocumentState state = access.idle();
      refuseUsed(state, fresh, "a document goes on under");
      state.former.add(replica);
      replica = fresh;
    } finally {
      access.unlock();
    }
  }

  private void refuseUsed(DocumentState state, ReplicaId other, String who) {
    if (other.equals(replica) || state.knows(other)) {
      throw new DocumentException(
          DocumentException.REPLICA_IN_USE,
          who + " a replica id that has not changed the document, not " + other.brief());
    }
  }

  // ---- editing

  /**
   * Runs {@code edits} and commits what they did as one change.
   *
   * <p>The edits are visible to the transaction at once and to everybody else when it commits. If
   * {@code edits} throws, the document is exactly as before.
   *
   * @return the change, or empty if nothing was edited
   * @throws DocumentException TRANSACTION_NESTED inside another transaction of this document;
   *     DOCUMENT_CLOSED
   */
  public Optional<Change> transact(Consumer<Transaction> edits) {
    Change change;
    access.lock();
    try {
      change = commit(edits, access.idle());
      access.committed();
    } finally {
      access.unlock();
    }
    events.deliver();
    return Optional.ofNullable(change);
  }

  private @Nullable Change commit(Consumer<Transaction> edits, DocumentState state) {
    List<DocumentListener> audience = events.audience();
    LocalTransaction transaction = state.transactions(replica, clock, limits);
    transaction.start(!audience.isEmpty());
    access.begin(transaction);
    boolean committed = false;
    try {
      edits.accept(new RootEditors(this, transaction));
      Change change = transaction.change();
      if (change != null) {
        persist(state, change);
        transaction.commit(change);
        if (!audience.isEmpty()) {
          DocumentEvent.Origin origin = DocumentEvent.Origin.LOCAL;
          Dot dot = change.dot();
          events.queue(new DocumentEvent(this, origin, dot, transaction.patches()), audience);
        }
      }
      committed = true;
      return change;
    } finally {
      transaction.end();
      access.end();
      if (!committed) {
        transaction.abort();
      }
    }
  }

  private void persist(DocumentState state, Change change) {
    if (access.isHosted()) {
      Chunk chunk = codec.encodeChunk(name, List.of(change));
      DocumentCommit commit = DocumentCommit.of(name, change.time(), chunk);
      // A store that fails may have kept it all the same: then memory must not go on without it.
      access.orDrop(() -> access.persist(commit));
      state.lastChunks.add(chunk);
    }
  }

  // ---- exchanging changes

  /**
   * The changes after {@code since} as bytes for {@link #apply(byte[])} of another replica: those
   * that are part of the document, and those kept aside up to {@link #heldVersion}.
   *
   * <p>Documents that hold the same changes, and none kept aside, make the same bytes, in whatever
   * order the changes came and however they are stored.
   *
   * @param since what the other replica holds
   * @throws DocumentException HISTORY_COMPACTED if some of them are no longer held one by one; send
   *     {@link #encodedSnapshot} instead
   */
  public byte[] changesSince(VersionVector since) {
    return outgoing.bundle(since);
  }

  /**
   * The next changes after {@code since}, for a message of limited size: whoever holds {@code
   * since} and takes all of the chunks can apply all of them. There is at least one chunk if there
   * is any change, and no more than a few thousand changes. What is kept aside comes last, when
   * everything that is part of the document has been taken.
   *
   * @param enoughBytes about what the chunks may take; a single change may take more
   * @throws DocumentException HISTORY_COMPACTED as for {@link #changesSince}
   */
  public List<Chunk> chunksSince(VersionVector since, int enoughBytes) {
    return tryChunksSince(since, enoughBytes).orElseThrow(() -> Outgoing.compacted(historyFloor()));
  }

  /**
   * The next changes after {@code since}, as {@link #chunksSince}; empty if some of them are no
   * longer held one by one. For whoever must not be surprised by a compaction in between.
   */
  public Optional<List<Chunk>> tryChunksSince(VersionVector since, int enoughBytes) {
    return outgoing.next(since, enoughBytes);
  }

  /**
   * The changes after {@code since} that are part of the document, in causal order.
   *
   * @throws DocumentException HISTORY_COMPACTED as for {@link #changesSince}
   */
  public List<Change> changes(VersionVector since) {
    return outgoing.changes(since);
  }

  /**
   * Takes the changes that {@link #changesSince} of another replica made.
   *
   * @return what became of each change
   * @throws ProtocolException if the bytes break the format or belong to another document
   */
  public ApplyReport apply(byte[] bundle) {
    return incoming.bundle(bundle);
  }

  /** Takes the changes of chunks, as {@link #apply(byte[])}. */
  public ApplyReport applyChunks(List<Chunk> chunks) {
    return incoming.chunks(chunks);
  }

  /**
   * Takes changes in any order; each is applied as soon as what it depends on is.
   *
   * @return what became of each change
   */
  public ApplyReport apply(List<Change> changes) {
    return incoming.changes(changes);
  }

  /**
   * Takes what was kept aside and can be applied now: its time has come, or it was loaded and
   * nothing speaks against it any more. Every import does so, too.
   *
   * @return what became of it; empty if there was nothing
   */
  public ApplyReport releaseQuarantine() {
    return apply(List.of());
  }

  /**
   * Learns when a change was made that somebody else holds. If at another time than the one of that
   * name here, nothing later of its author is applied from now on: it is kept aside, durably. What
   * is part of the document stays, and the document's own transactions go on. If at the same time,
   * and its author is a former id of this replica, that change and all before are no branch. Does
   * nothing if the change is not known here, or its author is suspect already.
   *
   * @param theirs when it was made
   */
  public void compare(Dot change, HybridTimestamp theirs) {
    incoming.compare(change, theirs);
  }

  // ---- snapshots

  /** The state of the document, without history. */
  public Snapshot snapshot() {
    access.lock();
    try {
      return access.idle().snapshot(name);
    } finally {
      access.unlock();
    }
  }

  /** The state of the document as bytes. */
  public byte[] encodedSnapshot() {
    return codec.encodeSnapshot(snapshot());
  }

  /**
   * Merges the state of another replica, as if all changes it stands for had been applied; what
   * only this replica has stays.
   *
   * @throws ProtocolException if the bytes break the format or belong to another document
   * @throws DocumentException STAMP_AHEAD, INVALID_SNAPSHOT
   */
  public ApplyReport join(byte[] snapshot) {
    return join(codec.decodeSnapshot(snapshot));
  }

  /**
   * Merges the state of another replica, as {@link #join(byte[])}.
   *
   * @return what became of changes that had waited for something the snapshot holds
   */
  public ApplyReport join(Snapshot snapshot) {
    return incoming.join(snapshot);
  }

  /**
   * A document of its own for another replica, equal to this one; the two share nothing but the
   * clock.
   *
   * @param other who edits the fork
   * @throws DocumentException REPLICA_IN_USE if {@code other} has changed the document before
   */
  public Document fork(ReplicaId other) {
    return fork(other, clock);
  }

  /** A fork, as {@link #fork(ReplicaId)}, with a clock of its own. */
  public Document fork(ReplicaId other, HybridLogicalClock otherClock) {
    access.lock();
    try {
      DocumentState state = access.idle();
      refuseUsed(state, other, "a fork needs");
      DocumentState copy = new DocumentState(limits, state.history.copy());
      SnapshotJoin.fill(copy, state.snapshot(name), otherClock, true);
      state.inbox.waiting().forEach(one -> copy.inbox.add(one.change(), one.missing()));
      copy.held.addAll(state.held);
      copy.suspects.putAll(state.suspects);
      return new Document(
          name, other, otherClock, codec, limits, null, copy, onListenerFailure, onEquivocation);
    } finally {
      access.unlock();
    }
  }

  // ---- what is kept

  /**
   * Gives up the history for the state: a snapshot takes its place where the document is kept, and
   * then in memory. The {@linkplain #historyFloor floor} rises to the {@linkplain #versionVector
   * version}; peers that lack changes below it are sent the snapshot. What waits, what is kept
   * aside and who is suspect stays. Nothing that can be read changes, and no listener hears of it.
   *
   * <p>What can't be done any more afterwards: telling whether another change of a name below the
   * floor is the one that was made, and taking out a branch of a restored replica that begins there
   * (see {@link #isInDoubt}).
   *
   * <p>Cost: O(state), under the document's lock.
   *
   * @return false if there is no history, or the document is {@linkplain #isInDoubt in doubt}; then
   *     nothing has changed
   * @throws DocumentException TRANSACTION_NESTED inside a transaction; DOCUMENT_CLOSED
   * @throws ProtocolException LIMIT_EXCEEDED if the snapshot would be larger than can be read again
   */
  public boolean compact() {
    return compaction.giveUpHistory();
  }

  /**
   * Puts few large chunks in the place of many small ones where the document is kept, with all
   * their changes. A large chunk has the bytes that every replica makes of its changes; a chunk
   * that this release can't read stays byte for byte as it is.
   *
   * <p>Cost: O(bytes of the chunks that are kept), under the document's lock.
   *
   * @return false if there is nothing to merge, no host that {@linkplain DocumentHost#stored tells}
   *     what it keeps, or the document is {@linkplain #isInDoubt in doubt}
   * @throws DocumentException TRANSACTION_NESTED inside a transaction; DOCUMENT_CLOSED
   */
  public boolean mergeChunks() {
    return compaction.mergeChunks();
  }

  // ---- where it stands

  /** Every change that is part of the document. */
  public VersionVector versionVector() {
    return access.read(null, state -> state.authors.version());
  }

  /**
   * Every change that is part of the document or kept aside, as far as each author's come without a
   * gap: what nobody has to send again. All of it is as durable as the host's. It only grows,
   * unless the document comes to be {@linkplain #isInDoubt in doubt}.
   */
  public VersionVector heldVersion() {
    return access.read(null, state -> state.heldVersion(replica));
  }

  /**
   * When a change was made; null if it is not known, or only as part of a snapshot. Of every author
   * in {@link #heldVersion} the time of the last change is known, unless it is in the middle of a
   * chunk that can't be read.
   */
  public @Nullable HybridTimestamp time(Dot change) {
    return access.readNullable(
        null, state -> state.isDoubtful(change.replica()) ? null : state.time(change));
  }

  /**
   * Whether changes that this replica made under a former id are known elsewhere as other changes:
   * it went on from an old copy of itself. Until it has heard which of them are a branch of its
   * own, and has made those again under its present id, neither they nor its own changes are told
   * of.
   */
  public boolean isInDoubt() {
    return access.read(null, DocumentState::isInDoubt);
  }

  /**
   * Whether a peer that holds {@code since} may have the whole state: nothing of it is in doubt.
   */
  public boolean mayGiveState(VersionVector since) {
    return access.read(null, state -> !state.isInDoubt() && !state.waitsToHearOf(since));
  }

  /** The heads of the version. */
  public Frontier frontier() {
    return access.read(null, state -> state.heads.frontier());
  }

  /** The version below which changes are only held as state. */
  public VersionVector historyFloor() {
    return access.read(null, state -> state.history.floor());
  }

  /** How many changes wait for something they depend on. */
  public int pendingCount() {
    return access.read(null, state -> state.inbox.size());
  }

  /** How many changes wait for their time. */
  public int quarantinedCount() {
    return access.read(null, state -> (int) state.held.count(HeldReason.Kind.TIME));
  }

  /** How many changes are kept aside, for whatever reason; those that wait for their time, too. */
  public long heldCount() {
    return access.read(null, state -> state.held.count(null));
  }

  /**
   * From when on {@link #releaseQuarantine} has something to do, as a reading of the wall clock in
   * milliseconds since 1970; empty if nothing waits for its time.
   */
  public OptionalLong releaseMillis() {
    HybridTimestamp next = access.readNullable(null, state -> state.held.nextTime());
    return next == null ? OptionalLong.empty() : OptionalLong.of(clock.acceptableAtMillis(next));
  }

  /** The changes that waiting ones wait for, ordered. */
  public List<Dot> missing() {
    return access.read(
        null,
        state ->
            state.inbox.waiting().stream()
                .map(Inbox.Waiting::missing)
                .distinct()
                .sorted()
                .toList());
  }

  /** All root containers that have been edited, ordered. */
  public List<ContainerId> roots() {
    return access.read(
        null,
        state ->
            state.containers.ordered().stream()
                .map(Container::id)
                .filter(id -> id.parent() == null)
                .toList());
  }

  /** The whole state in a form that is equal exactly when replicas hold the same changes. */
  public byte[] canonicalBytes() {
    CanonicalBytes out = new CanonicalBytes();
    access.lock();
    try {
      access.idle().writeCanonical(out);
    } finally {
      access.unlock();
    }
    return out.toByteArray();
  }

  /**
   * A 64-bit hash of {@link #canonicalBytes}, without building them: equal for replicas that hold
   * the same changes. For noticing differences, not for security.
   */
  public long stateHash() {
    CanonicalHash out = new CanonicalHash();
    access.lock();
    try {
      access.idle().writeCanonical(out);
    } finally {
      access.unlock();
    }
    return out.value();
  }

  // ---- reading

  @Override
  public TextView text(String root) {
    return new TextHandle(this, access.root(root, ContainerType.TEXT), null);
  }

  @Override
  public ListView list(String root) {
    return new ListHandle(this, access.root(root, ContainerType.LIST), null);
  }

  @Override
  public MapView map(String root) {
    return new MapHandle(this, access.root(root, ContainerType.MAP), null);
  }

  @Override
  public SetView set(String root) {
    return new SetHandle(this, access.root(root, ContainerType.SET), null);
  }

  @Override
  public CounterView counter(String root) {
    return new CounterHandle(this, access.root(root, ContainerType.COUNTER), null);
  }

  @Override
  public RegisterView register(String root) {
    return new RegisterHandle(this, access.root(root, ContainerType.REGISTER), null);
  }

  @Override
  public MvRegisterView mvRegister(String root) {
    return new MvRegisterHandle(this, access.root(root, ContainerType.MV_REGISTER), null);
  }

  /** Tells {@code listener} everything that happens from now on. */
  public Subscription listen(DocumentListener listener) {
    return events.subscribe(listener);
  }

  // ---- life

  /**
   * Lets go of everything that the host can load again. The document stays usable.
   *
   * @return false if there is no host, or changes wait that the host does not keep
   */
  public boolean unload() {
    return access.unload();
  }

  /**
   * Lets go of everything in memory, also of changes that wait; the next use loads what the host
   * keeps then. For a host that is about to remove or exchange it. Listeners hear nothing.
   *
   * @return false if there is no host; then nothing has happened
   * @throws DocumentException TRANSACTION_NESTED inside a transaction
   */
  public boolean discard() {
    return access.discard();
  }

  /** Whether the document is in memory. */
  public boolean isLoaded() {
    return access.isLoaded();
  }

  /** Ends the use of the document: every later call throws DOCUMENT_CLOSED. */
  public void close() {
    access.close();
  }

  Access access() {
    return access;
  }
}
