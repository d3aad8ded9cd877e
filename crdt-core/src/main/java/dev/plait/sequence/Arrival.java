package dev.plait.sequence;

import dev.plait.clock.ReplicaId;
import org.jspecify.annotations.Nullable;

/**
 * An insertion that was made elsewhere: whether it can be applied, and where. Holds the one that
 * was looked at last. Not thread-safe.
 */
final class Arrival {
  private static final int NONE = SpanTree.NONE;

  private final SpanTree tree;
  private final ElementIds ids;
  private final Integration integration;

  /** The number of its author. */
  int author;

  /** The sequence number of its first element. */
  long seq;

  /** How many elements it has. */
  int count;

  /** Its left origin. */
  int left;

  /** Its right origin. */
  int right;

  private boolean typed;

  Arrival(SpanTree tree, ElementIds ids, Integration integration) {
    this.tree = tree;
    this.ids = ids;
    this.integration = integration;
  }

  /** Whether it goes on from the insertion made last. */
  boolean isTyped() {
    return typed;
  }

  /** As {@link Sequence#prepare}. */
  Verdict decide(
      ReplicaId replica,
      long firstSeq,
      int length,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      Typing typing) {
    int number = ids.numberOf(replica);
    author = number;
    seq = firstSeq;
    count = length;
    typed =
        leftSeq == seq - 1
            && typing.isContinuedBy(number, seq, count)
            && replica.equals(leftReplica)
            && isElement(tree.right(typing.slot), rightReplica, rightSeq);
    if (typed) {
      left = typing.last();
      right = tree.right(typing.slot);
      return Verdict.ACCEPTED;
    }
    left = intOf(leftReplica, leftSeq);
    right = intOf(rightReplica, rightSeq);
    boolean lacksLeft = left == NONE && leftReplica != null;
    boolean lacksRight = right == NONE && rightReplica != null;
    if (number == NONE) {
      author = ids.number(replica);
    } else if (!ids.isNew(number, seq) && usesAny(number, seq, count)) {
      return !lacksLeft && !lacksRight && isRepeated() ? Verdict.KNOWN : Verdict.DUPLICATE_ID;
    }
    if (lacksLeft || (lacksRight && left != NONE && tree.find(left) == NONE)) {
      return Verdict.NO_LEFT_ORIGIN;
    }
    return lacksRight ? Verdict.NO_RIGHT_ORIGIN : verdict(seekPlace());
  }

  /** Looks for the place; {@link Integration} then knows it. */
  int seekPlace() {
    return integration.seek(author, left, right);
  }

  private static Verdict verdict(int found) {
    return switch (found) {
      case Integration.FOUND -> Verdict.ACCEPTED;
      case Integration.CROSSED -> Verdict.ORIGINS_CROSSED;
      case Integration.FORGED -> Verdict.FORGED_SIBLING;
      case Integration.NO_LEFT -> Verdict.NO_LEFT_ORIGIN;
      default -> Verdict.NO_RIGHT_ORIGIN;
    };
  }

  private int intOf(@Nullable ReplicaId replica, long ofSeq) {
    int number = replica == null ? NONE : ids.numberOf(replica);
    return number == NONE ? NONE : ids.find(number, ofSeq);
  }

  private boolean isElement(int element, @Nullable ReplicaId replica, long ofSeq) {
    if (element == NONE || replica == null) {
      return element == NONE && replica == null;
    }
    return ids.seq(element) == ofSeq && ids.replica(ids.owner(element)).equals(replica);
  }

  /** Whether any of {@code length} consecutive ids is in use. */
  boolean usesAny(int number, long firstSeq, int length) {
    for (int i = 0; i < length && !ids.isNew(number, firstSeq + i); i++) {
      int element = ids.find(number, firstSeq + i);
      if (element != NONE && tree.find(element) != NONE) {
        return true;
      }
    }
    return false;
  }

  /** Whether all elements are here, with these origins. */
  private boolean isRepeated() {
    int before = left;
    for (int i = 0; i < count; i++) {
      int element = ids.find(author, seq + i);
      int slot = element == NONE ? NONE : tree.find(element);
      if (slot == NONE || tree.right(slot) != right) {
        return false;
      }
      int leftOfElement = tree.offset() > 0 ? element - 1 : tree.left(slot);
      if (leftOfElement != before) {
        return false;
      }
      before = element;
    }
    return true;
  }
}
