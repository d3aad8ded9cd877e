package dev.plait.document;

import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.crdt.OperationException;
import dev.plait.crdt.Rollback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges a snapshot into a document's state.
 *
 * <p>Each container joins on its own. What the snapshot holds of a replica beyond what was known is
 * from now on held as state only, so the floor of the history rises there.
 *
 * <p>A snapshot may be in order in itself and yet contradict what is here: then one of the two was
 * forged, or a replica was copied. What would come out could be neither saved nor sent, so it is
 * refused: an author who made fewer things by more changes, an element in two containers, or
 * versions of which neither has the heads of both.
 */
final class SnapshotJoin {
  private final DocumentState state;
  private final Snapshot snapshot;
  private final HybridLogicalClock clock;
  private final boolean recording;

  SnapshotJoin(
      DocumentState state, Snapshot snapshot, HybridLogicalClock clock, boolean recording) {
    this.state = state;
    this.snapshot = snapshot;
    this.clock = clock;
    this.recording = recording;
  }

  /**
   * Fills an empty state with a snapshot whose stamps are trusted.
   *
   * @param historyHeld whether the state already holds the changes the snapshot stands for
   */
  static void fill(
      DocumentState empty, Snapshot snapshot, HybridLogicalClock clock, boolean historyHeld) {
    SnapshotJoin join = new SnapshotJoin(empty, snapshot, clock, false);
    join.joinContainers(new Rollback(), null);
    join.joinVersion(!historyHeld);
    for (Snapshot.Author author : snapshot.authors()) {
      clock.raiseTo(author.lastTime());
    }
  }

  /** Whether everything the snapshot stands for is part of the document already. */
  boolean isKnown() {
    return state.authors.version().dominates(snapshot.version());
  }

  /**
   * Merges, or throws and leaves the state as it was.
   *
   * @return what changed for readers, if recording
   */
  List<ContainerPatch> run() {
    for (Snapshot.Author author : snapshot.authors()) {
      checkTime(author);
      checkProgress(author);
    }
    Frontier heads = joinedHeads();
    if (heads.isEmpty() && !snapshot.authors().isEmpty()) {
      throw contradiction("has heads that are older than what else it holds");
    }
    PatchRecorder recorder = new PatchRecorder(state.containers);
    if (recording) {
      for (Snapshot.ContainerState one : snapshot.containers()) {
        Container known = state.containers.find(one.container());
        recorder.before(known != null ? known : Container.empty(one.container()), one.state());
      }
    }
    joinContainers(new Rollback(), recording ? recorder : null);
    joinVersion(true);
    return recording ? recorder.patches() : List.of();
  }

  private void checkTime(Snapshot.Author author) {
    HybridTimestamp time = author.lastTime();
    if (!time.isValid()) {
      throw new DocumentException(
          DocumentException.INVALID_SNAPSHOT,
          "stamps lie between 2020 and 2200, the snapshot holds " + time);
    }
    if (!clock.withinDrift(time)) {
      throw new DocumentException(
          DocumentException.STAMP_AHEAD,
          "the snapshot holds a stamp of "
              + author.replica().brief()
              + " too far ahead; join it"
              + " after "
              + new HybridTimestamp(clock.acceptableAtMillis(time) << 16));
    }
  }

  /** Time and element ids of an author go forward with the changes, here as in the snapshot. */
  private void checkProgress(Snapshot.Author theirs) {
    if (state.authors.counter(theirs.replica()) == 0) {
      return;
    }
    Authors.Author mine = state.authors.get(theirs.replica());
    int ahead = Long.compare(theirs.counter(), mine.counter);
    int later = HybridTimestamp.compare(theirs.lastTime().bits(), mine.lastTime);
    int more = Long.compare(theirs.nextSeq(), mine.nextSeq);
    boolean agrees = later == ahead && (more == ahead || (more == 0 && ahead != 0));
    if (!agrees) {
      throw contradiction(
          "knows change "
              + theirs.counter()
              + " of "
              + theirs.replica().brief()
              + " otherwise than it is known here");
    }
  }

  private Frontier joinedHeads() {
    return state
        .heads
        .frontier()
        .join(state.authors.version(), snapshot.frontier(), snapshot.version());
  }

  private static DocumentException contradiction(String what) {
    return new DocumentException(
        DocumentException.INVALID_SNAPSHOT,
        "the snapshot " + what + "; one of the two was forged, or a replica was copied");
  }

  private void joinContainers(Rollback rollback, @Nullable PatchRecorder recorder) {
    boolean merges = !state.containers.isEmpty();
    boolean done = false;
    try {
      for (Snapshot.ContainerState one : snapshot.containers()) {
        join(one, rollback, recorder);
      }
      if (merges) {
        checkPlaces();
      }
      done = true;
    } catch (OperationException forged) {
      throw new DocumentException(
          DocumentException.INVALID_SNAPSHOT,
          "a container of the snapshot can't be merged: " + forged.getMessage(),
          forged);
    } finally {
      if (!done) {
        rollback.run();
      }
    }
  }

  private void checkPlaces() {
    ElementPlaces places = new ElementPlaces();
    for (Container container : state.containers.ordered()) {
      places.add(container.crdt());
    }
    ElementId twice = places.twice();
    if (twice != null) {
      throw contradiction("has the element " + twice + " in another container than it is here");
    }
  }

  private void join(
      Snapshot.ContainerState one, Rollback rollback, @Nullable PatchRecorder recorder) {
    if (!Container.fits(one.container().type(), one.state())) {
      throw new DocumentException(
          DocumentException.INVALID_SNAPSHOT,
          one.container() + " comes with a state of another type");
    }
    Container container = state.containers.find(one.container());
    if (container == null) {
      Container added =
          recorder == null
              ? Container.of(one.container(), one.state())
              : Container.empty(one.container());
      state.containers.add(added);
      rollback.add(() -> state.containers.remove(added));
      if (recorder == null) {
        return;
      }
      container = added;
    }
    if (recorder == null) {
      container.crdt().joinUntold(one.state(), rollback);
    } else {
      recorder.after(container, container.crdt().join(one.state(), rollback), null);
    }
  }

  private void joinVersion(boolean raiseFloor) {
    state.heads.set(joinedHeads());
    VersionVector.Builder merged = VersionVector.builder();
    for (Snapshot.Author theirs : snapshot.authors()) {
      Authors.Author author = state.authors.get(theirs.replica());
      if (theirs.counter() > author.counter) {
        author.advance(theirs.counter(), theirs.nextSeq(), theirs.lastTime().bits());
        merged.advance(new Dot(theirs.replica(), theirs.counter()));
      }
    }
    if (raiseFloor) {
      state.history.raiseFloor(merged.build());
    }
  }

  /** Moves the clock above what was merged. */
  void advanceClock() {
    for (Snapshot.Author author : snapshot.authors()) {
      clock.raiseTo(author.lastTime());
      clock.observe(author.replica(), author.lastTime());
    }
  }
}
