package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.TextEdits;
import org.jspecify.annotations.Nullable;

/** Notes how much was edited and nothing else. */
final class EditCount implements TextEdits {
  private int units;

  /** How many units were inserted or deleted. */
  int units() {
    return units;
  }

  @Override
  public void inserted(
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text) {
    units += text.length();
  }

  @Override
  public void deleted(ReplicaId owner, long seq, int length, int range) {
    units += length;
  }
}
