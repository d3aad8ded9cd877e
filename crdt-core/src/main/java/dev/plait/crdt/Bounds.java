package dev.plait.crdt;

import dev.plait.clock.ReplicaId;
import dev.plait.sequence.Sequence;

/** What local edits of a {@link Text} or {@link dev.plait.crdt.List} must keep to. */
final class Bounds {
  private Bounds() {}

  static void requireIndex(int index, int length) {
    if (index < 0 || index >= length) {
      throw outOfRange("index " + index + " is outside the " + length + " there are");
    }
  }

  static void requirePosition(int index, int length) {
    if (index < 0 || index > length) {
      throw outOfRange("index " + index + " is not from 0 to " + length);
    }
  }

  static void requireRange(int from, int to, int length) {
    if (from < 0 || from > to || to > length) {
      throw outOfRange("from " + from + " to " + to + " is not a range within 0 to " + length);
    }
  }

  /** Checks what is to be deleted; returns where it ends. */
  static int requireSpan(int index, int count, int length) {
    if (index < 0 || index > length || count < 0 || count > length - index) {
      throw outOfRange(count + " from index " + index + " on are not within 0 to " + length);
    }
    if (count == 0) {
      throw new EditException(EditException.EMPTY_EDIT, "there is nothing to delete");
    }
    return index + count;
  }

  /** Checks that the ids a local insertion would use exist and were not used. */
  static void requireNewIds(Sequence sequence, ReplicaId author, long seq, int count) {
    if (count - 1 > Long.MAX_VALUE - seq || sequence.usesAny(author, seq, count)) {
      throw new EditException(
          EditException.ID_NOT_NEWER,
          "not all of the "
              + count
              + " ids from "
              + author.brief()
              + "#"
              + seq
              + " on are free; use ids above all earlier ones of the replica");
    }
  }

  private static EditException outOfRange(String message) {
    return new EditException(EditException.INDEX_OUT_OF_RANGE, message);
  }
}
