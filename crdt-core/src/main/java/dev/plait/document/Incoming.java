package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What comes into a document from elsewhere: each import is decided, made durable, and only then
 * visible, all under the document's lock; events are delivered outside it.
 */
final class Incoming {
  private final Document document;
  private final String name;
  private final HybridLogicalClock clock;
  private final Codec codec;
  private final Access access;
  private final Events events;
  private final Alarms alarms;
  private final Chunking chunking;
  private final Blocks blocks;

  Incoming(
      Document document,
      HybridLogicalClock clock,
      Codec codec,
      Access access,
      Events events,
      Alarms alarms,
      Chunking chunking) {
    this.document = document;
    this.name = document.name();
    this.clock = clock;
    this.codec = codec;
    this.access = access;
    this.events = events;
    this.alarms = alarms;
    this.chunking = chunking;
    this.blocks = new Blocks(document.replica(), codec.decoder());
  }

  /** Takes a bundle; a host keeps its chunks as they came. */
  ApplyReport bundle(byte[] bundle) {
    ApplyReport report = access.isHosted() ? null : readable(bundle);
    return report == null ? chunks(codec.decodeBundle(bundle)) : report;
  }

  /** Takes a bundle whose chunks can all be read; null if one of them can't. */
  private @Nullable ApplyReport readable(byte[] bundle) {
    ApplyReport report;
    access.lock();
    try {
      DocumentState state = access.idle();
      List<Block> decoded = blocks.decode(bundle, name);
      if (decoded == null) {
        return null;
      }
      report = importing(state, decoded);
      if (isBranched(state)) {
        report =
            rescue(
                state,
                report,
                run -> run.offer(Objects.requireNonNull(blocks.decode(bundle, name))));
      }
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  ApplyReport chunks(List<Chunk> chunks) {
    ApplyReport report;
    access.lock();
    try {
      DocumentState state = access.idle();
      report = importingChunks(state, chunks);
      if (isBranched(state)) {
        report = rescue(state, report, run -> offer(run, chunks));
      }
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  private ApplyReport importingChunks(DocumentState state, List<Chunk> chunks) {
    List<Chunk> unreadable = unreadable(chunks);
    List<Block> decoded = decode(chunks, unreadable);
    return unreadable.isEmpty()
        ? importing(state, decoded)
        : importing(state, run -> offer(run, decoded, unreadable));
  }

  private void offer(Import run, List<Chunk> chunks) {
    List<Chunk> unreadable = unreadable(chunks);
    offer(run, decode(chunks, unreadable), unreadable);
  }

  private static void offer(Import run, List<Block> decoded, List<Chunk> unreadable) {
    run.offer(decoded);
    unreadable.forEach(run::offerUnreadable);
  }

  private List<Chunk> unreadable(List<Chunk> chunks) {
    List<Chunk> unreadable = List.of();
    for (Chunk chunk : chunks) {
      checkName(chunk.header().document());
      if (!codec.canRead(chunk.header())) {
        unreadable = unreadable.isEmpty() ? new ArrayList<>() : unreadable;
        unreadable.add(chunk);
      }
    }
    return unreadable;
  }

  private List<Block> decode(List<Chunk> chunks, List<Chunk> unreadable) {
    List<Chunk> readable = chunks;
    if (!unreadable.isEmpty()) {
      readable = chunks.stream().filter(chunk -> codec.canRead(chunk.header())).toList();
    }
    long bytes = 0;
    for (Chunk chunk : readable) {
      bytes += chunk.size();
    }
    blocks.begin(bytes);
    for (int i = 0; i < readable.size(); i++) {
      codec.decodeChunk(readable.get(i), blocks.apply(i));
    }
    return blocks.decoded(readable);
  }

  /**
   * Whether the last import has shown where a branch begins that this replica made under a former
   * id. It is the moment to say it again: see {@link Rescue}.
   */
  private boolean isBranched(DocumentState state) {
    acquit(state);
    Dot branch = state.former.isEmpty() ? null : state.imports(clock).contradictions().branch();
    if (branch == null || branch.replica().equals(document.replica())) {
      return false;
    }
    // Without a host nobody has the state that a history with a floor goes on from.
    return access.isHosted() || state.history.floor().isEmpty();
  }

  /**
   * Says the branch again that the last import has shown, on top of what came with that import.
   *
   * @param report what became of that import
   * @param again offers the same once more
   * @return what became of it in the new state; the same report if the branch stays as it is
   */
  private ApplyReport rescue(DocumentState state, ApplyReport report, Consumer<Import> again) {
    Dot branch = Objects.requireNonNull(state.imports(clock).contradictions().branch());
    ReplicaId own = document.replica();
    DocumentState without = access.without(branch, own, loader -> feed(state, loader));
    Rescue rescue = new Rescue(state, branch, own, without);
    Import run = without.imports(clock);
    run.start(false, false);
    again.accept(run);
    ApplyReport arrived = run.finish();
    access.complete(without, branch, own, loader -> feed(state, loader));
    if (!rescue.run(clock)) {
      return report;
    }
    Snapshot all = without.snapshot(name);
    access.orDrop(
        () ->
            access.persist(
                DocumentCommit.of(name, clock, run, List.of(), codec, all).forsaking(branch)));
    access.replace(without);
    queue(
        DocumentEvent.Origin.JOIN,
        null,
        Difference.between(state.containers, without.containers),
        events.audience());
    publish(run, List.of());
    return arrived;
  }

  /** Ends a suspicion of a former id that others have shown to be unfounded. */
  private void acquit(DocumentState state) {
    Dot last = state.former.isEmpty() ? null : state.unfoundedSuspicion();
    if (last != null) {
      Dot beyond = new Dot(last.replica(), last.counter() + 1);
      access.orDrop(() -> access.persist(DocumentCommit.forsaking(name, clock, beyond)));
      state.suspects.remove(last.replica());
      state.held.takeUpTo(last.replica(), Long.MAX_VALUE); // peers send it again
      access.committed();
    }
  }

  /** Feeds all that is part of the document, or kept aside, to a loader. */
  private void feed(DocumentState state, DocumentHost.Loader loader) {
    if (access.isHosted()) {
      access.load(loader);
      return;
    }
    chunking.encode(chunking.byAuthor(state.history, VersionVector.EMPTY)).forEach(loader::chunk);
    state.held.pieces().forEach(piece -> loader.quarantined(piece.chunk(name, codec)));
    state.suspects.values().forEach(loader::suspect);
    state.former.forEach(loader::former);
  }

  ApplyReport changes(List<Change> changes) {
    ApplyReport report;
    access.lock();
    try {
      DocumentState state = access.idle();
      report = importing(state, run -> changes.forEach(run::offer));
      if (isBranched(state)) {
        report = rescue(state, report, run -> changes.forEach(run::offer));
      }
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  private void checkName(String other) {
    if (!name.equals(other)) {
      throw new ProtocolException(
          ProtocolException.WRONG_DOCUMENT,
          "the bytes belong to document \"" + other + "\", this is \"" + name + "\"");
    }
  }

  /** An import of blocks, without an object more than it needs: mostly it is one keystroke. */
  private ApplyReport importing(DocumentState state, List<Block> taken) {
    List<DocumentListener> audience = events.audience();
    Import run = state.imports(clock);
    boolean done = false;
    try {
      run.start(!audience.isEmpty(), access.isHosted());
      run.offer(taken);
      ApplyReport report = run.finish();
      persist(state, run, false);
      done = true;
      publish(run, audience);
      return report;
    } finally {
      if (!done) {
        access.drop();
      }
    }
  }

  private ApplyReport importing(DocumentState state, Consumer<Import> offers) {
    List<DocumentListener> audience = events.audience();
    Import run = state.imports(clock);
    ApplyReport report =
        access.orDrop(
            () -> {
              run.start(!audience.isEmpty(), access.isHosted());
              offers.accept(run);
              ApplyReport decided = run.finish();
              persist(state, run, false);
              return decided;
            });
    publish(run, audience);
    return report;
  }

  /** Makes durable what an import has decided, if there is a host. */
  private void persist(DocumentState state, Import run, boolean joined) {
    if (access.isHosted()) {
      List<Chunk> chunks = run.applied().chunks(state.history, chunking);
      Snapshot snapshot = joined ? state.snapshot(name) : null;
      access.persist(DocumentCommit.of(name, clock, run, chunks, codec, snapshot));
    }
  }

  /** Moves the clock past an import that is durable, and tells listeners and the host. */
  private void publish(Import run, List<DocumentListener> audience) {
    if (!audience.isEmpty()) {
      for (Import.Effect effect : run.effects()) {
        queue(DocumentEvent.Origin.REMOTE, effect.change(), effect.patches(), audience);
      }
    }
    if (!run.contradictions().isEmpty()) {
      for (Contradictions.Contradiction one : run.contradictions().found()) {
        alarms.queue(new Equivocation(name, one.change(), one.held(), one.other()));
      }
    }
    run.showTo(clock);
    access.committed();
  }

  private void deliver() {
    if (access.isHosted()) {
      access.deliver(this::deliverNow);
    } else {
      deliverNow();
    }
  }

  private void deliverNow() {
    events.deliver();
    alarms.deliver();
  }

  ApplyReport join(Snapshot snapshot) {
    checkName(snapshot.document());
    ApplyReport report;
    access.lock();
    try {
      DocumentState state = access.idle();
      List<DocumentListener> audience = events.audience();
      SnapshotJoin join = new SnapshotJoin(state, snapshot, clock, !audience.isEmpty());
      if (join.isKnown()) {
        return new ApplyReport(List.of());
      }
      List<ContainerPatch> patches = join.run();
      Import run = state.imports(clock);
      report =
          access.orDrop(
              () -> {
                run.start(!audience.isEmpty(), access.isHosted());
                run.offerEverything();
                ApplyReport decided = run.finish();
                persist(state, run, true);
                return decided;
              });
      queue(DocumentEvent.Origin.JOIN, null, patches, audience);
      join.advanceClock();
      publish(run, audience);
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  /** Learns when a change was made that somebody else holds. */
  void compare(Dot change, HybridTimestamp theirs) {
    access.lock();
    try {
      DocumentState state = access.idle();
      HybridTimestamp here = state.time(change);
      if (here != null && here.equals(theirs)) {
        state.confirmUpTo(change);
      } else if (here != null) {
        importing(state, run -> run.contradiction(change, here, theirs));
      }
    } finally {
      access.unlock();
    }
    deliver();
  }

  private void queue(
      DocumentEvent.Origin origin,
      @Nullable Dot change,
      List<ContainerPatch> patches,
      List<DocumentListener> audience) {
    if (!audience.isEmpty()) {
      events.queue(new DocumentEvent(document, origin, change, patches), audience);
    }
  }
}
