package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One import: takes changes in any order and applies each as soon as what it depends on is there.
 *
 * <p>A change is applied whole or not at all: its operations are checked one by one before each is
 * applied, and if a later one fails the earlier ones are rolled back. Changes that can't be applied
 * yet go to the inbox. The clock and the store are not touched here: the document does that when
 * the whole import has been decided.
 */
final class Import {
  /** What one applied change did, for listeners. */
  record Effect(Dot change, List<ContainerPatch> patches) {}

  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final boolean recording;
  private final boolean trusted;
  private final int maxQuarantined;
  private final long wallMillis;
  private final ApplyReport.Builder report = new ApplyReport.Builder();
  private final ArrayDeque<Change> ready = new ArrayDeque<>();
  private final Rollback rollback = new Rollback();
  private final List<Change> applied = new ArrayList<>();
  private final List<Change> quarantined = new ArrayList<>();
  private final List<Dot> released = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<Dot, Change> waiting = new LinkedHashMap<>();

  /**
   * An import of what comes from elsewhere. The wall clock is read once, here.
   *
   * @param recording whether listeners want to know the effects
   */
  Import(DocumentState state, HybridLogicalClock clock, Limits limits, boolean recording) {
    this(state, clock, limits, recording, false);
  }

  private Import(
      DocumentState state,
      HybridLogicalClock clock,
      Limits limits,
      boolean recording,
      boolean trusted) {
    this.state = state;
    this.clock = clock;
    this.recording = recording;
    this.trusted = trusted;
    this.maxQuarantined = limits.maxPendingChanges();
    this.wallMillis = clock.wallMillis();
  }

  /** An import of what comes from the own store, which had accepted the stamps. */
  static Import trusted(DocumentState state, HybridLogicalClock clock, Limits limits) {
    return new Import(state, clock, limits, false, true);
  }

  List<Change> applied() {
    return applied;
  }

  List<Change> quarantined() {
    return quarantined;
  }

  List<Dot> released() {
    return released;
  }

  List<Effect> effects() {
    return effects;
  }

  /** Takes a change, and every waiting one that it sets free. */
  void offer(Change change) {
    ready.add(change);
    Change next = ready.poll();
    while (next != null) {
      take(next);
      next = ready.poll();
    }
  }

  /** Decides what is still open and tells what became of every change. */
  ApplyReport finish() {
    Map<Dot, Inbox.Waiting> excess = new LinkedHashMap<>();
    for (Inbox.Waiting over : state.inbox.trim()) {
      excess.put(over.change().dot(), over);
    }
    for (Dot dot : waiting.keySet()) {
      Inbox.Waiting kept = state.inbox.find(dot);
      if (kept != null) {
        report.pending(dot, kept.missing());
        excess.remove(dot);
      }
    }
    for (Dot dot : excess.keySet()) {
      report.rejected(
          dot,
          ApplyOutcome.Rejected.INBOX_FULL,
          "too many changes wait for others; offer it again when those have come",
          false);
    }
    return report.build();
  }

  private void take(Change change) {
    Dot dot = change.dot();
    waiting.remove(dot);
    if (state.authors.includes(dot)) {
      report.duplicate(dot);
      release(dot);
    } else if (!change.time().isValid()) {
      reject(
          dot,
          ApplyOutcome.Rejected.STAMP_OUT_OF_RANGE,
          "stamps lie between 2020 and 2200, this one is " + change.time());
    } else if (!trusted && !isDue(change)) {
      quarantine(change);
    } else {
      schedule(change);
    }
  }

  /** Whether the wall clock, as it was when the import began, has come near enough to a stamp. */
  boolean isDue(Change change) {
    return clock.acceptableAtMillis(change.time()) <= wallMillis;
  }

  private void quarantine(Change change) {
    Dot dot = change.dot();
    if (!state.quarantine.containsKey(dot)) {
      if (state.quarantine.size() >= maxQuarantined) {
        report.rejected(
            dot,
            ApplyOutcome.Rejected.QUARANTINE_FULL,
            "too many changes wait for their time; offer it again later",
            false);
        return;
      }
      state.quarantine.put(dot, change);
      quarantined.add(change);
    }
    report.quarantined(dot, clock.acceptableAtMillis(change.time()));
  }

  private void schedule(Change change) {
    Dot dot = change.dot();
    Dot missing = firstMissing(change);
    if (missing != null
        && missing.replica().equals(dot.replica())
        && missing.counter() >= dot.counter()) {
      reject(
          dot, ApplyOutcome.Rejected.SELF_DEPENDENCY, "it depends on itself or on what follows it");
    } else if (missing != null) {
      await(change, missing);
    } else {
      OperationCheck.Verdict verdict = apply(change);
      if (verdict instanceof OperationCheck.Verdict.Wait wait) {
        await(change, wait.missing());
      } else if (verdict instanceof OperationCheck.Verdict.Reject no) {
        reject(dot, no.code(), no.reason());
      } else {
        report.applied(dot);
        applied.add(change);
        release(dot);
        state.inbox.discard(dot);
        state.inbox.release(dot, ready);
      }
    }
  }

  private void await(Change change, Dot missing) {
    state.inbox.add(change, missing);
    waiting.put(change.dot(), change);
  }

  private void reject(Dot dot, String code, String reason) {
    report.rejected(dot, code, reason, true);
    release(dot);
  }

  private void release(Dot dot) {
    if (state.quarantine.remove(dot) != null) {
      released.add(dot);
    }
  }

  private @Nullable Dot firstMissing(Change change) {
    Dot dot = change.dot();
    if (dot.counter() != state.authors.counter(dot.replica()) + 1) {
      return new Dot(dot.replica(), dot.counter() - 1);
    }
    for (Dot dependency : change.dependencies()) {
      if (!state.authors.includes(dependency)) {
        return dependency;
      }
    }
    return null;
  }

  private OperationCheck.@Nullable Verdict apply(Change change) {
    Authors.Author author = state.authors.get(change.dot().replica());
    if (HybridTimestamp.compare(change.time().bits(), author.lastTime) <= 0) {
      return new OperationCheck.Verdict.Reject(
          ApplyOutcome.Rejected.STAMP_NOT_INCREASING,
          "its stamp "
              + change.time()
              + " is not above "
              + author.time()
              + " of the change before it");
    }
    if (change.firstSeq() != author.nextSeq) {
      return new OperationCheck.Verdict.Reject(
          ApplyOutcome.Rejected.IDS_OUT_OF_SEQUENCE,
          "its element ids start at "
              + change.firstSeq()
              + " where "
              + author.nextSeq
              + " is next");
    }
    return applyOperations(change);
  }

  private OperationCheck.@Nullable Verdict applyOperations(Change change) {
    List<ContainerOperation> operations = change.operations();
    OperationCheck check = new OperationCheck(state, change.replica(), change.time().bits());
    PatchRecorder recorder = recording ? new PatchRecorder(state.containers) : null;
    // A single operation is checked before anything is touched and needs no way back.
    Rollback back = operations.size() > 1 ? rollback : null;
    long nextSeq = change.firstSeq();
    for (int i = 0; i < operations.size(); i++) {
      ContainerOperation target = operations.get(i);
      Container known = state.containers.find(target.container());
      Container container = known != null ? known : Container.empty(target.container());
      OperationCheck.Verdict verdict =
          check.check(target.container(), target.operation(), i, nextSeq, container.crdt());
      if (verdict != null) {
        rollback.run();
        return verdict;
      }
      if (recorder != null) {
        recorder.before(container, target.operation());
      }
      if (known == null) {
        attach(container, back);
      }
      Operation operation = target.operation();
      Patch patch = container.crdt().applyChecked(operation, back);
      if (recorder != null) {
        recorder.after(container, patch, null);
      }
      nextSeq += operation.idsUsed();
    }
    rollback.forget();
    state.commit(change, nextSeq);
    if (recorder != null) {
      effects.add(new Effect(change.dot(), recorder.patches()));
    }
    return null;
  }

  private void attach(Container container, @Nullable Rollback back) {
    state.containers.add(container);
    if (back != null) {
      back.add(() -> state.containers.remove(container));
    }
  }
}
