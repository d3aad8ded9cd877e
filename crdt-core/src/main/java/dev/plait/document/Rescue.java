package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * A restored backup, or a copy
 * ----------------------------
 * A replica that goes on from an old copy of itself gives names out twice: its peers know other
 * changes by the same dots, made before the copy was restored. What was made since is a branch that
 * nobody else can ever take in, since every name in it is taken.
 *
 * So it is said again, under a name that nobody has used. The state is built anew without the
 * branch; what peers know by the old names comes in like anybody's; then the branch follows change
 * by change, with each name that it gave out replaced by a new one and all else as it was: the same
 * places in texts, the same entries removed, the same times. What readers see changes only where
 * names decide the order of things made at the same place at the same time.
 *
 * What others have built on the changes that are missing here may have been applied on top of the
 * branch meanwhile, and the branch may have gone on from that. In the new state it waits until what
 * it was built on is there: so what comes has to come before the branch.
 *
 * Where the branch begins only the peers can tell. So what is in doubt is not told of: the replica
 * asks for its own former changes from the floor of its history on, and compares them with what it
 * has. Until the first that differs has come, it sends nothing of its own.
 */
/**
 * Says the changes of a branch again that a replica made under an id which is not its own any more.
 */
final class Rescue {
  private final List<Change> branch;
  private final ReplicaId own;
  private final DocumentState without;
  private final Renaming renaming;

  /**
   * Prepares to say a branch again, and all that the replica has made on top of it, as changes of
   * its present id, numbered from 1.
   *
   * @param state the state with the branch; stays as it is
   * @param first the first change of the branch
   * @param own the present id; under it nothing has been sent that is not in {@code state}
   * @param without the same state without the branch and without changes of {@code own}; what waits
   *     in {@code state} waits in it from now on
   */
  Rescue(DocumentState state, Dot first, ReplicaId own, DocumentState without) {
    this.branch = branch(state, first, own);
    this.own = own;
    this.without = without;
    this.renaming =
        new Renaming(own, addedBy(first.replica(), without), 0, 1, HybridTimestamp.ZERO);
    state.inbox.waiting().forEach(one -> without.inbox.add(one.change(), one.missing()));
  }

  /** All changes from the first of the branch on, and all of the present id, in causal order. */
  private static List<Change> branch(DocumentState state, Dot first, ReplicaId own) {
    VersionVector.Builder before = VersionVector.builder();
    for (Dot dot : state.authors.version().dots()) {
      long counter = dot.counter();
      if (dot.replica().equals(first.replica())) {
        counter = first.counter() - 1;
      } else if (dot.replica().equals(own)) {
        counter = 0;
      }
      if (counter > 0) {
        before.advance(new Dot(dot.replica(), counter));
      }
    }
    return state.history.since(before.build());
  }

  private static Map<ContainerId, Contribution> addedBy(ReplicaId author, DocumentState state) {
    Map<ContainerId, Contribution> added = new HashMap<>();
    for (Container container : state.containers.ordered()) {
      if (container.crdt() instanceof Counter counter) {
        Contribution contribution = counter.contribution(author);
        if (contribution != null) {
          added.put(container.id(), contribution);
        }
      }
    }
    return added;
  }

  /**
   * Says the branch again, in the state without it.
   *
   * @return false if it can't be done, and the state without the branch is of no use: a snapshot
   *     holds changes of the present id, or something that the branch builds on is missing
   */
  boolean run(HybridLogicalClock clock) {
    if (without.authors.counter(own) > 0) {
      return false;
    }
    Import run = Import.trusted(without, clock);
    for (Change change : branch) {
      Change renamed = renaming.next(change);
      run.offer(renamed);
      if (!without.authors.includes(renamed.dot())) {
        return false;
      }
    }
    run.finish();
    return true;
  }
}
