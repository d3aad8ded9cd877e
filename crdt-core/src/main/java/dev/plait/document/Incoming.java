package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import java.util.List;
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
  private final Limits limits;
  private final Access access;
  private final Events events;
  private final Chunking chunking;
  private final Blocks blocks;

  Incoming(
      Document document,
      HybridLogicalClock clock,
      Codec codec,
      Limits limits,
      Access access,
      Events events,
      Chunking chunking) {
    this.document = document;
    this.name = document.name();
    this.clock = clock;
    this.codec = codec;
    this.limits = limits;
    this.access = access;
    this.events = events;
    this.chunking = chunking;
    this.blocks = new Blocks(document.replica(), codec.decoder());
  }

  /** Takes a bundle; a host keeps its chunks as they came. */
  ApplyReport bundle(byte[] bundle) {
    if (access.isHosted()) {
      return chunks(codec.decodeBundle(bundle));
    }
    ApplyReport report;
    access.lock();
    try {
      DocumentState state = access.idle();
      report = importing(state, blocks.decode(bundle, name), List.of());
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
      long bytes = 0;
      for (Chunk chunk : chunks) {
        checkName(chunk.header().document());
        bytes += chunk.size();
      }
      blocks.begin(bytes);
      for (int i = 0; i < chunks.size(); i++) {
        codec.decodeChunk(chunks.get(i), blocks.apply(i));
      }
      report = importing(state, blocks.decoded(chunks), List.of());
    } finally {
      access.unlock();
    }
    deliver();
    return report;
  }

  ApplyReport changes(List<Change> changes) {
    ApplyReport report;
    access.lock();
    try {
      report = importing(access.idle(), List.of(), changes);
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

  private ApplyReport importing(DocumentState state, List<Block> taken, List<Change> changes) {
    List<DocumentListener> audience = events.audience();
    Import run = state.imports(clock, limits);
    run.start(!audience.isEmpty(), access.isHosted());
    List<Change> due = List.of();
    if (!state.quarantine.isEmpty()) {
      due = state.quarantine.values().stream().filter(run::isDue).toList();
    }
    boolean done = false;
    try {
      run.offer(taken);
      if (!changes.isEmpty()) {
        changes.forEach(run::offer);
      }
      if (!due.isEmpty()) {
        due.forEach(run::offer);
      }
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

  /** Makes durable what an import has decided, if there is a host. */
  private void persist(DocumentState state, Import run, boolean joined) {
    if (access.isHosted()) {
      List<Chunk> chunks = run.applied().chunks(state.history, chunking);
      Snapshot snapshot = joined ? state.snapshot(name) : null;
      access.persist(DocumentCommit.of(name, clock, run, chunks, codec, snapshot));
    }
  }

  private void deliver() {
    if (access.isHosted()) {
      access.deliver(events::deliver);
    } else {
      events.deliver();
    }
  }

  /** Moves the clock past an import that is durable, and tells listeners and the host. */
  private void publish(Import run, List<DocumentListener> audience) {
    if (!audience.isEmpty()) {
      for (Import.Effect effect : run.effects()) {
        queue(DocumentEvent.Origin.REMOTE, effect.change(), effect.patches(), audience);
      }
    }
    run.showTo(clock);
    access.committed();
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
      Import run = state.imports(clock, limits);
      run.start(!audience.isEmpty(), access.isHosted());
      List<ContainerPatch> patches = join.run();
      boolean done = false;
      try {
        state.inbox.drain().forEach(run::offer);
        report = run.finish();
        persist(state, run, true);
        done = true;
        queue(DocumentEvent.Origin.JOIN, null, patches, audience);
        join.advanceClock();
        publish(run, audience);
      } finally {
        if (!done) {
          access.drop();
        }
      }
    } finally {
      access.unlock();
    }
    deliver();
    return report;
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
