package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerOperation;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies one change whose dependencies are there, whole or not at all: its operations are checked
 * one by one before each is applied, and if a later one fails the earlier ones are rolled back.
 */
final class ChangeOperations {
  private final DocumentState state;
  private final Rollback rollback;

  ChangeOperations(DocumentState state, Rollback rollback) {
    this.state = state;
    this.rollback = rollback;
  }

  /**
   * Applies a change.
   *
   * @param recorder takes the effects, if listeners want to know them
   * @return null, or why it was not applied
   */
  OperationCheck.@Nullable Verdict apply(Change change, @Nullable PatchRecorder recorder) {
    Authors.Author author = state.authors.get(change.replica());
    if (!change.time().isAfter(change.previousTime())) {
      return new OperationCheck.Verdict.Reject(
          ApplyOutcome.Rejected.STAMP_NOT_INCREASING,
          "its stamp "
              + change.time()
              + " is not above "
              + change.previousTime()
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
    return applyOperations(change, recorder);
  }

  private OperationCheck.@Nullable Verdict applyOperations(
      Change change, @Nullable PatchRecorder recorder) {
    List<ContainerOperation> operations = change.operations();
    OperationCheck check = new OperationCheck(state, change.replica(), change.time().bits());
    // A single operation is checked before anything is touched and needs no way back.
    Rollback back = operations.size() > 1 ? rollback : null;
    long nextSeq = change.firstSeq();
    for (int i = 0; i < operations.size(); i++) {
      ContainerOperation target = operations.get(i);
      Operation operation = target.operation();
      Container known = state.containers.find(target.container());
      Container container = known != null ? known : Container.empty(target.container());
      OperationCheck.Verdict verdict =
          check.check(target.container(), operation, i, nextSeq, container.crdt());
      if (verdict != null) {
        rollback.run();
        return verdict;
      }
      if (recorder != null) {
        recorder.before(container, operation);
      }
      if (known == null) {
        attach(container, back);
      }
      if (recorder == null) {
        container.crdt().applyUntold(operation, back);
      } else {
        recorder.after(container, container.crdt().applyChecked(operation, back), null);
      }
      nextSeq += operation.idsUsed();
    }
    rollback.forget();
    state.commit(change, nextSeq);
    return null;
  }

  private void attach(Container container, @Nullable Rollback back) {
    state.containers.add(container);
    if (back != null) {
      back.add(() -> state.containers.remove(container));
    }
  }
}
