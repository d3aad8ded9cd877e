package dev.plait.sequence;

import dev.plait.clock.ReplicaId;
import java.util.List;

/**
 * Runs of a sequence from start to end, as columns: elements with consecutive ids that stand side
 * by side, each after the first having the one before it as left origin and all the same right
 * origin, all deleted or none. Immutable.
 */
public interface RunSource {
  /** In place of the index of a replica: the start as left origin, the end as right origin. */
  int NONE = SpanTree.NONE;

  /** The replicas that the columns name by index. */
  List<ReplicaId> replicas();

  /** How many runs there are. */
  int size();

  /** Who inserted a run: an index of {@link #replicas}. */
  int owner(int run);

  /** The sequence number of the first element of a run. */
  long seq(int run);

  /** How many elements a run has. */
  int length(int run);

  /** Whether the elements of a run are deleted. */
  boolean isDeleted(int run);

  /** The replica of the left origin of a run's first element, or {@link #NONE}. */
  int leftOwner(int run);

  /** The sequence number that goes with {@link #leftOwner}; 0 if there is none. */
  long leftSeq(int run);

  /** The replica of the right origin of a run, or {@link #NONE}. */
  int rightOwner(int run);

  /** The sequence number that goes with {@link #rightOwner}; 0 if there is none. */
  long rightSeq(int run);
}
