package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Two ways in. A change that comes alone, or for which listeners want to be told, is decided by
 * itself. Changes that come as blocks, each of consecutive changes of one author, are taken a stretch
 * at a time: as many as depend on nothing that is missing. A stretch is tried as a whole, which says
 * only yes or no. After a no its changes are decided one by one, so that every change meets the same
 * fate whichever way it came.
 *
 * A block that needs a change of somebody else waits while other blocks go on, and is taken up when
 * that change was applied; so blocks can be much longer than the turns their authors took. What is
 * left of blocks in the end goes to the inbox, where single changes wait from the start.
 *
 * What must be kept aside, and with it all that builds on it, leaves this way for the held changes.
 * It comes back as blocks when what it waited for has happened.
 */
/**
 * Imports: take changes in any order and apply each as soon as what it depends on is there.
 *
 * <p>One object serves all imports of a document, one after the other, each from {@link #start} to
 * {@link #finish}. The clock and the store are not touched here: the document does that when the
 * whole import has been decided.
 */
final class Import implements Holding.Listener {
  /** What one applied change did, for listeners. */
  record Effect(Dot change, List<ContainerPatch> patches) {}

  private static final long BEFORE_VALID = HybridTimestamp.MIN_VALID.bits() - 1;

  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final boolean trusted;
  private final Rollback rollback = new Rollback();
  private final ChangeOperations single;
  private final BlockOperations several;
  private final ApplyReport.Builder report = new ApplyReport.Builder();
  private final Holding holding;
  private final SeenStamps seen = new SeenStamps();
  private final ArrayDeque<Change> ready = new ArrayDeque<>();
  private final Contradictions contradictions;
  private final ArrayDeque<Block> runnable = new ArrayDeque<>();
  private final Map<ReplicaId, List<Block>> blocked = new LinkedHashMap<>();
  private final AppliedChanges applied = new AppliedChanges();
  private final List<Effect> effects = new ArrayList<>(0);
  private final Map<Dot, Change> waiting = new LinkedHashMap<>();
  private long lastDue;
  private boolean recording;
  private boolean keeping;

  /** Whether anything may be left of the last import: that it did not finish, for one. */
  private boolean used;

  /** Imports of what comes from elsewhere. */
  Import(DocumentState state, HybridLogicalClock clock) {
    this(state, clock, false);
  }

  private Import(DocumentState state, HybridLogicalClock clock, boolean trusted) {
    this.state = state;
    this.clock = clock;
    this.trusted = trusted;
    this.single = new ChangeOperations(state, rollback);
    this.several = new BlockOperations(state, rollback);
    this.holding = new Holding(state, clock, report, this);
    this.contradictions = new Contradictions(state, report, ready);
  }

  /**
   * An import of what comes from the own store, which had accepted it. What is kept aside there was
   * not accepted: it is left for the next import that is not trusted.
   */
  static Import trusted(DocumentState state, HybridLogicalClock clock) {
    Import run = new Import(state, clock, true);
    run.start(false, false);
    return run;
  }

  /**
   * Begins an import, with what was kept aside and is due. The wall clock is read once, here.
   *
   * @param wantEffects whether listeners want to know the effects
   * @param wantChanges whether a host wants to know the changes
   */
  void start(boolean wantEffects, boolean wantChanges) {
    recording = wantEffects;
    keeping = wantChanges;
    lastDue =
        trusted ? HybridTimestamp.MAX_VALID.bits() : clock.lastWithinDrift(clock.wallMillis());
    seen.clear();
    report.clear();
    if (used) {
      clear();
    }
    used = true;
    if (!trusted && !state.held.isEmpty()) {
      runnable.addAll(holding.reopen(state.held.takeDue(lastDue)));
    }
  }

  /** Mostly there is nothing: a keystroke that was applied leaves only its stamp behind. */
  private void clear() {
    rollback.forget();
    ready.clear();
    runnable.clear();
    blocked.clear();
    applied.clear();
    holding.clear();
    effects.clear();
    contradictions.clear();
    waiting.clear();
  }

  /** The changes applied, if a host wants to know them. */
  AppliedChanges applied() {
    return applied;
  }

  /** What is and what was kept aside. */
  Holding holding() {
    return holding;
  }

  List<Effect> effects() {
    return effects;
  }

  /** Who was found to have made two changes of one name. */
  Contradictions contradictions() {
    return contradictions;
  }

  /** The stamps that were accepted. */
  SeenStamps seen() {
    return seen;
  }

  /** Shows the clock the stamps that were accepted, and those that are too far ahead. */
  void showTo(HybridLogicalClock shown) {
    seen.showTo(shown);
    if (!holding.isEmpty()) {
      holding.showTo(shown);
    }
  }

  // ---- change by change

  /** Takes a change, and every waiting one that it sets free. */
  void offer(Change change) {
    take(change);
    settle();
  }

  private void settle() {
    while (!ready.isEmpty()) {
      take(ready.remove());
    }
  }

  private void take(Change change) {
    OperationCheck.Verdict verdict = judge(change);
    if (verdict instanceof OperationCheck.Verdict.Wait wait) {
      if (!state.held.contains(wait.missing())) {
        state.inbox.add(change, wait.missing());
        waiting.put(change.dot(), change);
        return;
      }
      holding.hold(change, HeldReason.after(wait.missing()));
    } else if (verdict instanceof OperationCheck.Verdict.Reject no) {
      report.rejected(change.dot(), no.code(), no.reason(), true);
    } else if (verdict instanceof OperationCheck.Verdict.Hold hold) {
      holding.hold(change, hold.reason());
    }
    if (!waiting.isEmpty()) {
      waiting.remove(change.dot());
    }
  }

  /** Applies a change, or says why not; null if it is part of the document, now or before. */
  private OperationCheck.@Nullable Verdict judge(Change change) {
    if (state.authors.includes(change.dot())) {
      contradictions.compare(change);
      return null;
    }
    OperationCheck.Verdict never = checkAlone(change);
    if (never != null) {
      return never;
    }
    HeldReason reason = reasonToHold(change.replica(), change.time().bits());
    return reason == null ? judgeNow(change) : new OperationCheck.Verdict.Hold(reason);
  }

  /** What is wrong with a change wherever it comes. */
  private static OperationCheck.@Nullable Verdict checkAlone(Change change) {
    if (!change.time().isValid()) {
      return new OperationCheck.Verdict.Reject(
          ApplyOutcome.Rejected.STAMP_OUT_OF_RANGE,
          "stamps lie between 2020 and 2200, this one is " + change.time());
    }
    if (change.counter() == 1 && change.previousTime().bits() != 0) {
      return new OperationCheck.Verdict.Reject(
          ApplyOutcome.Rejected.STAMP_NOT_INCREASING,
          "the first change of a replica follows none, this one names " + change.previousTime());
    }
    for (Dot dependency : change.dependencies()) {
      if (dependency.counter() >= change.counter()
          && dependency.replica().equals(change.replica())) {
        return new OperationCheck.Verdict.Reject(
            ApplyOutcome.Rejected.SELF_DEPENDENCY, "it depends on itself or on what follows it");
      }
    }
    return null;
  }

  /** Why a change is kept aside whatever it depends on; null if it is not. */
  private @Nullable HeldReason reasonToHold(ReplicaId author, long time) {
    if (trusted) {
      return null;
    }
    HeldReason suspect = contradictions.reasonToHold(author);
    return suspect == null && time > lastDue ? HeldReason.TIME : suspect;
  }

  private OperationCheck.@Nullable Verdict judgeNow(Change change) {
    Dot missing = firstMissing(change);
    Authors.Author author = state.authors.get(change.replica());
    long time = change.time().bits();
    if (change.counter() == author.counter + 1
        && contradicts(author, change.previousTime().bits(), time, missing != null)) {
      HeldReason suspect = contradictions.reasonToHold(author.replica);
      return suspect == null ? null : new OperationCheck.Verdict.Hold(suspect);
    }
    if (missing != null) {
      return new OperationCheck.Verdict.Wait(missing);
    }
    PatchRecorder recorder = recording ? new PatchRecorder(state.containers) : null;
    OperationCheck.Verdict verdict = single.apply(change, recorder);
    if (verdict != null) {
      return verdict;
    }
    if (recorder != null) {
      effects.add(new Effect(change.dot(), recorder.patches()));
    }
    onApplied(change.replica(), change.counter(), change.counter(), time);
    return null;
  }

  /**
   * Whether the next change of an author goes on from another one than is here. This is looked at
   * before anything it may have to wait for: what it waits for may have been built on that other
   * one, and never fit here.
   */
  private boolean contradicts(Authors.Author author, long previousTime, long time, boolean waits) {
    if (trusted) {
      return false;
    }
    if (waits && author.counter > 0 && previousTime == author.lastTime && !state.former.isEmpty()) {
      // Lest its maker waits in turn for what is held back here.
      state.confirmUpTo(new Dot(author.replica, author.counter));
    }
    return contradictions.findsBefore(author, previousTime, time);
  }

  private @Nullable Dot firstMissing(Change change) {
    if (change.counter() != state.authors.counter(change.replica()) + 1) {
      return new Dot(change.replica(), change.counter() - 1);
    }
    for (Dot dependency : change.dependencies()) {
      if (!state.authors.includes(dependency)) {
        return dependency;
      }
    }
    return null;
  }

  private void onApplied(ReplicaId replica, long first, long last, long lastTime) {
    report.applied(replica, first, last);
    if (keeping) {
      applied.add(replica, first, last);
    }
    seen.add(replica, lastTime);
    state.inbox.applied(replica, first, last, ready);
    if (!trusted && !state.held.isEmpty()) {
      holding.applied(replica, last);
      runnable.addAll(holding.reopen(state.held.takeFreed(replica, last)));
    }
    if (!blocked.isEmpty()) {
      wake(replica, last);
    }
  }

  // ---- block by block

  /** Takes blocks, as far as they can be applied now; what is left waits for {@link #finish}. */
  void offer(List<Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      take(blocks.get(i));
    }
    if (!runnable.isEmpty()) {
      run();
    }
  }

  private void run() {
    settle();
    while (!runnable.isEmpty()) {
      take(runnable.remove());
      settle();
    }
  }

  private void take(Block block) {
    Authors.Author author = state.authors.get(block.columns.replica());
    if (block.isKeystroke() && !recording && takeKeystroke(block, author)) {
      keepWhole(block);
      return;
    }
    block.begin();
    while (skipKnown(block, author) > 0) {
      long time = block.walk.time();
      boolean valid = time <= HybridTimestamp.MAX_VALID.bits();
      HeldReason reason = valid ? reasonToHold(author.replica, time) : null;
      if (reason != null) {
        holding.hold(block, reason);
        settle();
        return;
      }
      int count = 0;
      if (block.counter() == author.counter + 1) {
        count = block.ready(state.authors);
        if (count == 0 && valid && contradicts(author, block.walk.previousTime(), time, true)) {
          continue; // now there is a reason to keep it aside
        }
      } else {
        block.missing = new Dot(author.replica, block.counter() - 1);
      }
      if (count > 0 && (recording || !takeWhole(block, author, count))) {
        takeSingly(block, count);
      }
      settle();
      Dot missing = block.missing;
      if (missing != null && !state.authors.includes(missing)) {
        if (state.held.contains(missing)) {
          holding.hold(block, HeldReason.after(missing));
          settle();
        } else {
          blocked.computeIfAbsent(missing.replica(), any -> new ArrayList<>(1)).add(block);
        }
        return;
      }
    }
    keepWhole(block);
  }

  /** A block whose chunk can be kept as it came. */
  private void keepWhole(Block block) {
    Chunk whole = keeping ? block.whole() : null;
    if (whole != null) {
      applied.addWhole(whole);
    }
  }

  /**
   * The short way of what comes most often: a single operation on what is there. After a no nothing
   * was changed, and the way of all blocks decides.
   */
  private boolean takeKeystroke(Block block, Authors.Author author) {
    ChangeColumns columns = block.columns;
    long time = columns.firstTime();
    if (columns.firstCounter() != author.counter + 1
        || columns.firstSeq() != author.nextSeq
        || columns.previousTime() != author.lastTime
        || time <= Math.max(author.lastTime, BEFORE_VALID)
        || time > lastDue
        || contradictions.reasonToHold(author.replica) != null
        || !several.applySingle(columns)) {
      return false;
    }
    block.taken();
    state.commitKeystroke(columns, author);
    onApplied(author.replica, author.counter, author.counter, time);
    return true;
  }

  private int skipKnown(Block block, Authors.Author author) {
    long known = author.counter - block.counter() + 1;
    if (known > 0 && block.left() > 0) {
      int skipped = (int) Math.min(known, block.left());
      if (block.piece != null || trusted) {
        block.walk.skip(skipped);
      } else {
        contradictions.compare(block, author, skipped);
      }
      holding.applied(author.replica, block.counter() - 1);
    }
    return block.left();
  }

  private boolean takeWhole(Block block, Authors.Author author, int count) {
    if (block.walk.seq() != author.nextSeq
        || block.walk.previousTime() != author.lastTime
        || !block.walk.ascends(count, Math.max(author.lastTime, BEFORE_VALID), lastDue)) {
      return false;
    }
    block.ahead.goTo(block.walk);
    if (!several.apply(block.columns, block.ahead, count)) {
      rollback.run();
      return false;
    }
    rollback.forget();
    long first = block.counter();
    state.commit(block, author, count);
    block.applied += count;
    onApplied(author.replica, first, author.counter, author.lastTime);
    return true;
  }

  /** Decides changes of a block one by one, up to one that has to wait or is kept aside. */
  private void takeSingly(Block block, int count) {
    for (int i = 0; i < count; i++) {
      block.ahead.goTo(block.walk);
      Change change = block.ahead.change();
      OperationCheck.Verdict verdict = judge(change);
      if (verdict instanceof OperationCheck.Verdict.Wait wait) {
        block.missing = wait.missing();
        return;
      }
      if (verdict instanceof OperationCheck.Verdict.Hold hold) {
        holding.hold(block, hold.reason());
        return;
      }
      if (verdict instanceof OperationCheck.Verdict.Reject no) {
        report.rejected(change.dot(), no.code(), no.reason(), true);
        if (block.piece != null) {
          // It was acknowledged as held, which nobody takes back.
          holding.hold(block, HeldReason.rejected(no.code(), no.reason()));
          return;
        }
      } else {
        block.applied++;
      }
      block.walk.goTo(block.ahead);
    }
  }

  /** Blocks that waited for a change of this replica, and now have it, can go on. */
  private void wake(ReplicaId replica, long upTo) {
    List<Block> candidates = blocked.get(replica);
    if (candidates == null) {
      return;
    }
    candidates.removeIf(
        block -> {
          Dot missing = block.missing;
          boolean free = missing == null || missing.counter() <= upTo;
          if (free) {
            runnable.add(block);
          }
          return free;
        });
    if (candidates.isEmpty()) {
      blocked.remove(replica);
    }
  }

  // ---- what is kept aside

  @Override
  public void held(ReplicaId author, long first, long last) {
    state.inbox.held(author, first, last, ready);
    if (!blocked.isEmpty()) {
      wake(author, last);
    }
  }

  @Override
  public void contradiction(Dot change, HybridTimestamp here, HybridTimestamp other) {
    contradictions.add(change, here, other);
  }

  /** Takes a chunk whose payload this release can't read. */
  void offerUnreadable(Chunk chunk) {
    ChunkHeader header = chunk.header();
    Authors.Author author = state.authors.get(header.replica());
    long first = header.firstCounter();
    long known = Math.min(author.counter, header.lastCounter());
    if (known == header.lastCounter()) {
      HybridTimestamp here = state.time(header.last());
      boolean same = here == null || here.equals(header.lastTime());
      if (known > first) {
        report.duplicate(header.replica(), first, known - 1);
      }
      contradictions.tell(
          header.last(), same, here == null ? header.lastTime() : here, header.lastTime());
      return;
    }
    if (known >= first) {
      report.duplicate(header.replica(), first, known);
    } else if (first == known + 1) {
      long time = header.firstTime().bits();
      contradictions.findsBefore(author, header.previousTime().bits(), time);
    }
    HeldReason suspect = contradictions.reasonToHold(header.replica());
    HeldReason reason = suspect == null ? HeldReason.format(header.revision()) : suspect;
    holding.hold(chunk, reason, Math.max(known + 1, first));
    settle();
  }

  /** A snapshot was joined: whatever waited for something may have it now. */
  void offerEverything() {
    state.inbox.drain().forEach(this::offer);
    for (HeldPiece piece : state.held.pieces()) {
      holding.applied(piece.author, state.authors.counter(piece.author));
    }
    runnable.addAll(holding.reopen(state.held.takeReadable()));
  }

  // ---- the end

  /** Decides what is still open and tells what became of every change. */
  ApplyReport finish() {
    if (!ready.isEmpty() || !runnable.isEmpty() || !blocked.isEmpty()) {
      finishBlocks();
    }
    if (!waiting.isEmpty()) {
      reportWaiting();
    }
    boolean onlyApplied = waiting.isEmpty() && holding.isEmpty() && contradictions.isEmpty();
    used = !onlyApplied || recording || keeping;
    return report.build();
  }

  private void finishBlocks() {
    run();
    while (!blocked.isEmpty()) {
      List<Block> stuck = new ArrayList<>();
      blocked.values().forEach(stuck::addAll);
      blocked.clear();
      for (Block block : stuck) {
        letWait(block);
      }
      run();
    }
  }

  /** Puts what is left of a block into the inbox, as far as there is room. */
  private void letWait(Block block) {
    Dot missing = block.missing;
    if (block.piece != null && missing != null) {
      holding.hold(block, HeldReason.after(missing)); // where it was
      return;
    }
    while (block.left() > 0 && !state.inbox.isFull()) {
      offer(block.walk.change());
    }
    long last = block.columns.lastCounter();
    for (long counter = block.counter(); counter <= last; counter++) {
      Inbox.Waiting kept = state.inbox.find(new Dot(block.columns.replica(), counter));
      if (kept != null) {
        waiting.put(kept.change().dot(), kept.change());
      } else {
        report.excess(block.columns.replica(), counter, counter);
      }
    }
  }

  private void reportWaiting() {
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
      report.excess(dot.replica(), dot.counter(), dot.counter());
    }
  }
}
