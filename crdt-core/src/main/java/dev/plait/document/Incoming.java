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
      if (isRescued(state)) {
        report = importing(access.idle(), Objects.requireNonNull(blocks.decode(bundle, name)));
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
      if (isRescued(state)) {
        report = importingChunks(access.idle(), chunks);
      }
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  private ApplyReport importingChunks(DocumentState state, List<Chunk> chunks) {
    List<Chunk> unreadable = List.of();
    List<Chunk> readable = chunks;
    long bytes = 0;
    for (Chunk chunk : chunks) {
      checkName(chunk.header().document());
      bytes += chunk.size();
      if (!codec.canRead(chunk.header())) {
        unreadable = unreadable.isEmpty() ? new ArrayList<>() : unreadable;
        unreadable.add(chunk);
      }
    }
    if (!unreadable.isEmpty()) {
      readable = chunks.stream().filter(chunk -> codec.canRead(chunk.header())).toList();
    }
    blocks.begin(bytes);
    for (int i = 0; i < readable.size(); i++) {
      codec.decodeChunk(readable.get(i), blocks.apply(i));
    }
    List<Block> decoded = blocks.decoded(readable);
    if (unreadable.isEmpty()) {
      return importing(state, decoded);
    }
    List<Chunk> others = unreadable;
    return importing(
        state,
        run -> {
          run.offer(decoded);
          others.forEach(run::offerUnreadable);
        });
  }

  /**
   * Whether an import has shown where a branch of this replica began, and the branch was said again
   * under the present id: then there is another state, and the import may be repeated. See {@link
   * Rescue}.
   */
  private boolean isRescued(DocumentState state) {
    acquit(state);
    Dot branch = state.former.isEmpty() ? null : state.imports(clock).contradictions().branch();
    ReplicaId own = document.replica();
    if (branch == null || branch.replica().equals(own)) {
      return false;
    }
    if (!access.isHosted() && !state.history.floor().isEmpty()) {
      return false; // nobody has the state that the history goes on from
    }
    DocumentState without = access.without(branch, own, loader -> feed(state, loader));
    DocumentState rescued = Rescue.run(state, branch, own, without, clock);
    if (rescued == null) {
      return false;
    }
    access.orDrop(
        () -> access.persist(DocumentCommit.of(name, clock, branch, rescued.snapshot(name))));
    access.replace(rescued);
    queue(
        DocumentEvent.Origin.JOIN,
        null,
        Difference.between(state.containers, rescued.containers),
        events.audience());
    access.committed();
    return true;
  }

  /** Ends a suspicion of a former id that others have shown to be unfounded. */
  private void acquit(DocumentState state) {
    Dot last = state.former.isEmpty() ? null : state.unfoundedSuspicion();
    if (last != null) {
      Dot beyond = new Dot(last.replica(), last.counter() + 1);
      access.orDrop(() -> access.persist(DocumentCommit.of(name, clock, beyond, null)));
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
      if (isRescued(state)) {
        report = importing(access.idle(), run -> changes.forEach(run::offer));
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

  /** Learns that somebody holds another change of this name, made at that time. */
  void suspect(Dot change, HybridTimestamp theirs) {
    access.lock();
    try {
      DocumentState state = access.idle();
      HybridTimestamp here = state.time(change);
      if (here != null && !here.equals(theirs)) {
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
