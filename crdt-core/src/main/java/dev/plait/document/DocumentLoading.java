package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.Snapshot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Builds a document's state from what its host keeps. */
final class DocumentLoading implements DocumentHost.Loader {
  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final Import run;

  private DocumentLoading(Limits limits, HybridLogicalClock clock) {
    this.state = new DocumentState(limits);
    this.clock = clock;
    this.run = Import.trusted(state, clock, limits);
  }

  /** The state a host keeps; an empty one without a host. */
  static DocumentState load(Limits limits, HybridLogicalClock clock, @Nullable DocumentHost host) {
    DocumentLoading loading = new DocumentLoading(limits, clock);
    if (host != null) {
      host.load(loading);
    }
    loading.run.finish();
    for (Snapshot.Author author : loading.state.authors.snapshot()) {
      clock.raiseTo(author.lastTime());
    }
    return loading.state;
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    SnapshotJoin.fill(state, snapshot, clock, false);
  }

  @Override
  public void change(Change change) {
    run.offer(change);
  }

  @Override
  public void quarantined(Change change) {
    if (!state.authors.includes(change.dot())) {
      state.quarantine.put(change.dot(), change);
    }
  }
}
