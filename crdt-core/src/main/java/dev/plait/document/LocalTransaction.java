package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.ContainerId;
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
import dev.plait.crdt.TextEdits;
import dev.plait.value.ContainerType;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a transaction while it is open, with the way back.
 *
 * <p>They are written to where they will stay, the end of the own author's log, as an open change,
 * which is ended by the commit or taken away again. One object serves all transactions of a
 * document, one after the other; {@link #number} tells them apart.
 *
 * <p>Editors bracket each edit with {@link #begin} and {@link #record} (or {@link #recordText}); an
 * edit that fails half-way is taken back by {@link #undoEdit}, so the transaction can go on without
 * it.
 */
final class LocalTransaction implements TextEdits {
  /** What is edited before the first edit. */
  private static final ContainerId NOTHING = ContainerId.root("", ContainerType.TEXT);

  private final DocumentState state;
  private final ReplicaId replica;
  private final HybridLogicalClock clock;
  private final Limits limits;
  private final Authors.Author author;
  private final AuthorLog log;
  private final Rollback rollback = new Rollback();
  private @Nullable PatchRecorder recorder;
  private ChangeColumns columns;
  private ChangeWalk walk;
  private @Nullable HybridTimestamp time;
  private long number;
  private long size;

  /** The only operation so far; null if there are several. */
  private @Nullable Operation only;

  /** The container of the last operation; a name is paid for once. */
  private @Nullable ContainerId named;

  // What naming a container takes, as it was found last: mostly the same one is edited again.
  private ContainerId measured = NOTHING;
  private long measuredSize = ChangeSize.of(NOTHING);

  private ContainerId editing = NOTHING;
  private int editRollback;
  private int editOperations;
  private long editSize;
  private @Nullable ContainerId editNamed;

  LocalTransaction(
      DocumentState state, ReplicaId replica, HybridLogicalClock clock, Limits limits) {
    this.state = state;
    this.replica = replica;
    this.clock = clock;
    this.limits = limits;
    this.author = state.authors.get(replica);
    this.log = state.history.log(replica);
    this.columns = log.open(author.counter + 1, author.nextSeq, author.lastTime);
    this.walk = columns.walk();
  }

  /** Begins the next transaction. */
  void start(boolean recording) {
    ChangeColumns next = log.open(author.counter + 1, author.nextSeq, author.lastTime);
    if (next != columns) {
      columns = next;
      walk = next.walk();
    } else if (next.size() == 0) {
      walk.rewind();
    }
    recorder = recording ? new PatchRecorder(state.containers) : null;
    time = null;
    size = 0;
    only = null;
    named = null;
    number++;
  }

  /** Which transaction is open; no two have the same number. */
  long number() {
    return number;
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

  ReplicaId replica() {
    return replica;
  }

  /** The sequence number of the next element. */
  long nextSeq() {
    return columns.nextSeq();
  }

  /** The id the next element gets. */
  ElementId nextElement() {
    return new ElementId(replica, columns.nextSeq());
  }

  /** The stamp of the next operation. */
  Stamp nextStamp() {
    HybridTimestamp now = time;
    if (now == null) {
      now = clock.now();
      time = now;
    }
    return new Stamp(now, replica, columns.openOperations());
  }

  /**
   * The container of this name; not part of the document before an operation is recorded for it.
   */
  Container reach(ContainerId id) {
    Container known = state.containers.find(id);
    return known != null ? known : Container.empty(id);
  }

  // ---- edits

  /** Starts an edit of a container. */
  void begin(Container container) {
    if (recorder != null) {
      recorder.touch(container);
    }
    editing = container.id();
    editRollback = rollback.mark();
    editOperations = columns.openOperations();
    editSize = size;
    editNamed = named;
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
    only = columns.openOperations() > 0 ? null : operation;
    columns.add(container.id(), operation, time == null ? 0 : time.bits());
    grow(container.id(), ChangeSize.of(operation));
    accept(container, patch);
  }

  /** Takes what the edits of a text, begun with {@link #begin}, have told of. */
  void recordText(Container container, @Nullable Patch patch) {
    accept(container, patch);
  }

  @Override
  public void inserted(
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text) {
    only =
        columns.openOperations() > 0
            ? null
            : new Operation.TextInsert(
                replica, columns.nextSeq(), leftReplica, leftSeq, rightReplica, rightSeq, text);
    columns.insertText(editing, leftReplica, leftSeq, rightReplica, rightSeq, text);
    grow(editing, ChangeSize.ofInsertion(Unicode.utf8Length(text)));
  }

  @Override
  public void deleted(ReplicaId owner, long seq, int length, int range) {
    boolean first = range == 0 && columns.openOperations() == 0;
    only = first ? new Operation.TextDelete(owner, seq, length) : null;
    if (range == 0) {
      columns.deleteText(editing, owner, seq, length);
      grow(editing, ChangeSize.ofDeletion());
    } else {
      columns.joinText(owner, seq, length);
      size += ChangeSize.ofReference();
    }
  }

  private void grow(ContainerId container, long bytes) {
    size += bytes;
    if (!container.equals(named)) {
      named = container;
      size += sizeOf(container);
    }
  }

  private long sizeOf(ContainerId container) {
    if (!container.equals(measured)) {
      measured = container;
      measuredSize = ChangeSize.of(container);
    }
    return measuredSize;
  }

  private void accept(Container container, @Nullable Patch patch) {
    if (size > limits.maxChangeBytes() || columns.openOperations() > limits.maxChangeOperations()) {
      undoEdit();
      throw new EditException(
          EditException.VALUE_TOO_LARGE,
          "one transaction may hold about "
              + limits.maxChangeBytes()
              + " bytes and "
              + limits.maxChangeOperations()
              + " operations; split it");
    }
    if (state.containers.find(container.id()) == null) {
      refuseOtherRoot(container.id());
      state.containers.add(container);
      rollback.add(() -> state.containers.remove(container));
    }
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
    while (columns.openOperations() > editOperations) {
      columns.removeLast();
    }
    size = editSize;
    only = null;
    named = editNamed;
  }

  // ---- the end

  /** No more edits. */
  void end() {
    number++;
  }

  /**
   * The change made of all edits, or null if there were none. It stands in the log but is not part
   * of the document before {@link #commit}.
   */
  @Nullable Change change() {
    if (columns.openOperations() == 0) {
      return null;
    }
    HybridTimestamp stamp = time != null ? time : clock.nowCoarse();
    List<Dot> dependencies = state.heads.besides(replica);
    columns.endChange(stamp.bits(), dependencies);
    Operation alone = only;
    ContainerId container = named;
    if (alone != null && container != null) {
      return new Change(
          replica,
          columns.lastCounter(),
          dependencies,
          author.lastTime,
          stamp.bits(),
          author.nextSeq,
          container,
          alone);
    }
    walk.skip(columns.size() - 1 - walk.index());
    return walk.change();
  }

  /** Makes the change part of the document. */
  void commit(Change change) {
    rollback.forget();
    log.grew(1);
    state.history.applied(log, 1);
    author.advance(change.counter(), columns.nextSeq(), columns.lastTime());
    state.heads.advance(replica, change.counter(), change.dependencies());
  }

  /** Leaves the document exactly as it was. */
  void abort() {
    rollback.run();
    while (columns.openOperations() > 0) {
      columns.removeLast();
    }
  }

  List<ContainerPatch> patches() {
    return recorder == null ? List.of() : recorder.patches();
  }
}
