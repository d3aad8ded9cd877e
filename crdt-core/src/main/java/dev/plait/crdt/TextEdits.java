package dev.plait.crdt;

import dev.plait.clock.ReplicaId;
import org.jspecify.annotations.Nullable;

/**
 * Takes what local edits of a {@link Text} did, in a form that needs no object for each: what other
 * replicas have to repeat.
 */
public interface TextEdits {

  /**
   * Units were inserted, under the ids the edit was given.
   *
   * @param leftReplica with {@code leftSeq} the left origin of the first; null for the start
   * @param rightReplica with {@code rightSeq} the right origin of all; null for the end
   */
  void inserted(
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text);

  /**
   * Units with consecutive ids were deleted; called once for each such range of one deletion.
   *
   * @param range the how manyth range of the deletion this is, from 0
   */
  void deleted(ReplicaId owner, long seq, int length, int range);
}
