package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.EditException;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a transaction while it is open, with the way back.
 *
 * <p>Editors bracket each edit with {@link #begin} and {@link #record}; an edit that fails half-way
 * is taken back by {@link #undoEdit}, so the transaction can go on without it.
 */
final class LocalTransaction {
  private final DocumentState state;
  private final ReplicaId replica;
  private final HybridLogicalClock clock;
  private final Limits limits;
  private final @Nullable PatchRecorder recorder;
  private final Rollback rollback = new Rollback();
  private final List<ContainerOperation> operations = new ArrayList<>(1);
  private final long firstSeq;
  private @Nullable HybridTimestamp time;
  private long nextSeq;
  private long size;
  private boolean open = true;

  private int editRollback;
  private int editOperations;
  private long editSeq;
  private long editSize;

  LocalTransaction(
      DocumentState state,
      ReplicaId replica,
      HybridLogicalClock clock,
      Limits limits,
      boolean recording) {
    this.state = state;
    this.replica = replica;
    this.clock = clock;
    this.limits = limits;
    this.recorder = recording ? new PatchRecorder(state.containers) : null;
    this.firstSeq = state.authors.get(replica).nextSeq;
    this.nextSeq = firstSeq;
  }

  boolean isOpen() {
    return open;
  }

  Containers containers() {
    return state.containers;
  }

  Rollback rollback() {
    return rollback;
  }

  Limits limits() {
    return limits;
  }

  /** The id the next element gets. */
  ElementId nextElement() {
    return new ElementId(replica, nextSeq);
  }

  /** The stamp of the next operation. */
  Stamp nextStamp() {
    HybridTimestamp now = time;
    if (now == null) {
      now = clock.now();
      time = now;
    }
    return new Stamp(now, replica, operations.size());
  }

  /**
   * The container of this name; not part of the document before an operation is recorded for it.
   */
  Container reach(ContainerId id) {
    Container known = state.containers.find(id);
    return known != null ? known : Container.empty(id);
  }

  /** Starts an edit of a container. */
  void begin(Container container) {
    if (recorder != null) {
      recorder.touch(container);
    }
    editRollback = rollback.mark();
    editOperations = operations.size();
    editSeq = nextSeq;
    editSize = size;
  }

  /** Lets listeners' bookkeeping see a container, besides the one of {@link #begin}. */
  void touch(Container container) {
    if (recorder != null) {
      recorder.touch(container);
    }
  }

  /** Lets listeners' bookkeeping see a map's key before an operation on it. */
  void touchKey(ContainerId map, String key) {
    if (recorder != null) {
      recorder.touchKey(map, key);
    }
  }

  /** Lets listeners' bookkeeping see a set's member before an operation on it. */
  void touchMember(ContainerId set, Value member, boolean present) {
    if (recorder != null) {
      recorder.touchMember(set, member, present);
    }
  }

  boolean recording() {
    return recorder != null;
  }

  /**
   * Takes an operation that was just made.
   *
   * @param patch what it did, where listeners need to be told and can't see it from the values
   * @throws EditException VALUE_TOO_LARGE if the change outgrew its limit; the edit was taken back
   */
  void record(Container container, Operation operation, @Nullable Patch patch) {
    if (state.containers.find(container.id()) == null) {
      refuseOtherRoot(container.id());
      state.containers.add(container);
      rollback.add(() -> state.containers.remove(container));
    }
    size += ChangeSize.of(operation);
    int before = operations.size() - 1;
    if (before < 0 || !operations.get(before).container().equals(container.id())) {
      size += ChangeSize.of(container.id());
    }
    if (size > limits.maxChangeBytes() || operations.size() >= limits.maxChangeOperations()) {
      undoEdit();
      throw new EditException(
          EditException.VALUE_TOO_LARGE,
          "one transaction may hold about "
              + limits.maxChangeBytes()
              + " bytes and "
              + limits.maxChangeOperations()
              + " operations; split it");
    }
    nextSeq += OperationCheck.idsUsed(operation);
    operations.add(new ContainerOperation(container.id(), operation));
    if (recorder != null && patch != null) {
      recorder.after(container, patch, rollback);
    }
  }

  /** Two editors of one name and two types may have been asked for before either was used. */
  private void refuseOtherRoot(ContainerId id) {
    String name = id.key();
    if (id.parent() == null && name != null) {
      for (Container other : state.containers.rootsNamed(name)) {
        undoEdit();
        throw Handle.mismatch("root \"" + name + "\"", id.type(), other.id().type().label());
      }
    }
  }

  /** Takes back everything since {@link #begin}. */
  void undoEdit() {
    rollback.runTo(editRollback);
    while (operations.size() > editOperations) {
      operations.remove(operations.size() - 1);
    }
    nextSeq = editSeq;
    size = editSize;
  }

  /** No more edits. */
  void end() {
    open = false;
  }

  /** The change made of all edits, or null if there were none. */
  @Nullable Change change() {
    if (operations.isEmpty()) {
      return null;
    }
    Authors.Author author = state.authors.get(replica);
    List<Dot> dependencies = new ArrayList<>(state.frontier.dots());
    dependencies.removeIf(head -> head.replica().equals(replica));
    HybridTimestamp stamp = time != null ? time : clock.nowCoarse();
    return new Change(
        new Dot(replica, author.counter + 1), dependencies, stamp, firstSeq, operations);
  }

  /** Makes the change part of the document. */
  void commit(Change change) {
    rollback.forget();
    state.commit(change, nextSeq);
  }

  /** Leaves the document exactly as it was. */
  void abort() {
    rollback.run();
  }

  List<ContainerPatch> patches() {
    return recorder == null ? List.of() : recorder.patches();
  }
}
