package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operations of the edits it is told of, whose ids follow each other. */
final class TextOperations implements TextEdits {
  private final ArrayList<Operation> operations = new ArrayList<>();
  private final ArrayList<ElementRange> ranges = new ArrayList<>();
  private final ElementId first;
  private long used;

  /** Operations that use ids from {@code first} on. */
  TextOperations(ElementId first) {
    this.first = first;
  }

  @Override
  public void inserted(
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text) {
    endDeletion();
    operations.add(
        new Operation.TextInsert(
            first.plus(used),
            leftReplica == null ? null : new ElementId(leftReplica, leftSeq),
            rightReplica == null ? null : new ElementId(rightReplica, rightSeq),
            text));
    used += text.length();
  }

  @Override
  public void deleted(ReplicaId owner, long seq, int length, int range) {
    if (range == 0) {
      endDeletion();
    }
    ranges.add(new ElementRange(new ElementId(owner, seq), length));
  }

  private void endDeletion() {
    if (!ranges.isEmpty()) {
      operations.add(new Operation.TextDelete(ranges));
      ranges.clear();
    }
  }

  /** The operations, in the order of the edits. */
  List<Operation> all() {
    endDeletion();
    return List.copyOf(operations);
  }
}
