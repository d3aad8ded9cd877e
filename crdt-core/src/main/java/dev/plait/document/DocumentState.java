package dev.plait.document;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything a document is made of while it is in memory. */
final class DocumentState {
  final Containers containers = new Containers();
  final Authors authors = new Authors();
  final History history;
  final Inbox inbox;
  final HeldChanges held;

  /** Authors of whom two different changes of one name were seen, and that name. */
  final Map<ReplicaId, Dot> suspects = new LinkedHashMap<>();

  /** Under which ids the replica that edits here has worked before. */
  final Set<ReplicaId> former = new HashSet<>(0);

  /** Up to where changes of former ids are known to be the same elsewhere. */
  private final Map<ReplicaId, Long> confirmed = new HashMap<>(0);

  final Heads heads = new Heads();
  final LastChunks lastChunks = new LastChunks();
  private @Nullable LocalTransaction transactions;
  private @Nullable Import imports;

  DocumentState(Limits limits) {
    this(limits, new History());
  }

  DocumentState(Limits limits, History history) {
    this.inbox = new Inbox(limits);
    this.held = new HeldChanges(limits);
    this.history = history;
  }

  /** What runs the transactions of the replica that edits here. */
  LocalTransaction transactions(ReplicaId replica, HybridLogicalClock clock, Limits limits) {
    LocalTransaction known = transactions;
    if (known == null || !known.replica().equals(replica)) {
      known = new LocalTransaction(this, replica, clock, limits);
      transactions = known;
    }
    return known;
  }

  /** What runs the imports. */
  Import imports(HybridLogicalClock clock) {
    Import known = imports;
    if (known == null) {
      known = new Import(this, clock);
      imports = known;
    }
    return known;
  }

  /** Notes a change whose operations were applied. */
  void commit(Change change, long nextSeq) {
    authors.get(change.replica()).advance(change.counter(), nextSeq, change.time().bits());
    heads.advance(change.replica(), change.counter(), change.dependencies());
    history.append(change);
  }

  /** Notes the only change of columns, which depends on nothing and was applied. */
  void commitKeystroke(ChangeColumns columns, Authors.Author author) {
    heads.advance(author.replica, columns.firstCounter(), List.of());
    author.advance(columns.firstCounter(), columns.nextSeq(), columns.firstTime());
    history.append(columns);
  }

  /** Notes the next changes of a block, through whose operations {@code ahead} has gone. */
  void commit(Block block, Authors.Author author, int count) {
    ChangeColumns columns = block.columns;
    long last = block.counter() + count - 1;
    for (int i = block.walk.dependentsPassed(); i < block.ahead.dependentsPassed(); i++) {
      heads.supersede(columns.dependencies(i));
    }
    heads.advance(author.replica, last, List.of());
    author.advance(last, block.ahead.seq(), block.ahead.previousTime());
    history.append(columns, block.walk, count, block.keepable);
    block.walk.goTo(block.ahead);
  }

  /**
   * Every change that is applied, or kept aside as far as it follows without a gap; but nothing
   * that is in doubt.
   */
  VersionVector heldVersion(ReplicaId own) {
    VersionVector all = held.extend(authors.version());
    if (!isInDoubt()) {
      return all;
    }
    VersionVector.Builder certain = VersionVector.builder();
    for (Dot dot : all.dots()) {
      ReplicaId author = dot.replica();
      boolean doubtful = author.equals(own) || isDoubtful(author);
      long counter = doubtful ? history.floor().get(author) : dot.counter();
      if (counter > 0) {
        certain.advance(new Dot(author, counter));
      }
    }
    return certain.build();
  }

  /** What is kept aside and not covered by a version, as far as it follows without a gap. */
  List<HeldPiece> heldSince(VersionVector since) {
    return held.isEmpty() ? List.of() : held.since(since, authors.version());
  }

  /**
   * Whether there are changes by a former id of the own replica that others know as other changes:
   * a branch, which nobody else can take in, nor what was made on top of it.
   */
  boolean isInDoubt() {
    for (ReplicaId replica : former) {
      if (isDoubtful(replica)) {
        return true;
      }
    }
    return false;
  }

  boolean isDoubtful(ReplicaId author) {
    return suspects.containsKey(author)
        && former.contains(author)
        && confirmedUpTo(author) < authors.counter(author);
  }

  /** Up to where changes of a former id are known to be the same elsewhere. */
  private long confirmedUpTo(ReplicaId author) {
    return Math.max(history.floor().get(author), confirmed.getOrDefault(author, 0L));
  }

  /**
   * A version for a peer that says it holds {@code since}, which covers also what must not be sent
   * to it: what is in doubt, and what was made here while the peer knows changes by a former id
   * that are not here, and may contradict those that are. Where none is here that nobody else is
   * known to hold, there is nothing to wait for: two copies that each waited for the other's would
   * wait for ever.
   */
  VersionVector withheld(VersionVector since, ReplicaId own) {
    if (former.isEmpty()) {
      return since;
    }
    VersionVector.Builder covered = since.toBuilder();
    for (ReplicaId replica : former) {
      long here = authors.counter(replica);
      if (isDoubtful(replica) && here > since.get(replica)) {
        covered.advance(new Dot(replica, here));
      }
    }
    boolean waits = isInDoubt() || waitsToHearOf(since);
    if (waits && authors.counter(own) > since.get(own)) {
      covered.advance(new Dot(own, authors.counter(own)));
    }
    return covered.build();
  }

  /** Whether a peer knows changes by a former id that may contradict those that are here. */
  boolean waitsToHearOf(VersionVector since) {
    for (ReplicaId replica : former) {
      if (confirmedUpTo(replica) < authors.counter(replica)
          && since.get(replica) > held.extend(authors.version()).get(replica)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is any change of a replica, applied or not. */
  boolean knows(ReplicaId replica) {
    return authors.counter(replica) > 0 || inbox.holdsAny(replica) || held.holdsAny(replica);
  }

  /**
   * An author that is suspect and a former id of the own replica, though all its changes here are
   * known to be the same elsewhere: there is no branch. Null if there is none.
   */
  @Nullable Dot unfoundedSuspicion() {
    for (ReplicaId replica : former) {
      long here = authors.counter(replica);
      if (suspects.containsKey(replica)
          && here > 0
          && confirmed.getOrDefault(replica, 0L) == here) {
        return new Dot(replica, here);
      }
    }
    return null;
  }

  /** A change of a former id is known to be the same elsewhere. */
  void confirm(Dot dot) {
    if (isConfirmedUpTo(dot)) {
      confirmed.put(dot.replica(), dot.counter());
    }
  }

  /**
   * Somebody else holds the very change of this name, or has gone on from it. If it is by a former
   * id, it is in no branch, nor is any before it: two that have parted never meet again. What is
   * only kept aside says nothing of what is applied.
   */
  void confirmUpTo(Dot dot) {
    if (former.contains(dot.replica()) && authors.includes(dot)) {
      confirmed.merge(dot.replica(), dot.counter(), Math::max);
    }
  }

  /**
   * Whether this is a change of a former id, and all before it are known to be the same elsewhere.
   */
  boolean isConfirmedUpTo(Dot dot) {
    ReplicaId replica = dot.replica();
    return former.contains(replica) && dot.counter() == 1 + confirmedUpTo(replica);
  }

  /** When a change was made; null if that is not known, or not any more. */
  @Nullable HybridTimestamp time(Dot dot) {
    ReplicaId replica = dot.replica();
    long counter = dot.counter();
    if (counter == authors.counter(replica)) {
      return authors.get(replica).time();
    }
    AuthorLog log = history.find(replica);
    if (log != null && log.holds(counter)) {
      return new HybridTimestamp(log.cursor(counter).ahead().time());
    }
    HeldPiece piece = held.covering(replica, counter, counter);
    return piece == null ? null : piece.time(counter);
  }

  Snapshot snapshot(String document) {
    List<Snapshot.ContainerState> states = new ArrayList<>();
    for (Container container : containers.ordered()) {
      states.add(new Snapshot.ContainerState(container.id(), container.crdt().state()));
    }
    return new Snapshot(document, heads.frontier(), authors.snapshot(), states);
  }

  /**
   * Writes everything that replicas with the same changes have in common. What waits in the inbox
   * or in quarantine is not part of the document yet.
   */
  void writeCanonical(CanonicalWriter out) {
    List<Snapshot.Author> all = authors.snapshot();
    out.varint(all.size());
    for (Snapshot.Author author : all) {
      out.replica(author.replica());
      out.varint(author.counter());
      out.varint(author.nextSeq());
      out.time(author.lastTime());
    }
    List<Dot> dots = heads.frontier().dots();
    out.varint(dots.size());
    for (Dot head : dots) {
      out.replica(head.replica());
      out.varint(head.counter());
    }
    List<Container> ordered = containers.ordered();
    out.varint(ordered.size());
    for (Container container : ordered) {
      ContainerPath.write(container.id(), out);
      container.crdt().writeCanonical(out);
    }
  }
}
