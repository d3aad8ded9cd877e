package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A restored backup, or a copy
 * ----------------------------
 * A replica that goes on from an old copy of itself gives names out twice: its peers know other
 * changes by the same dots, made before the copy was restored. What was made since is a branch that
 * nobody else can ever take in, since every name in it is taken.
 *
 * So it is said again, under a name that nobody has used. The state is built anew without the
 * branch; the branch follows change by change, with each name that it gave out replaced by a new
 * one and all else as it was: the same places in texts, the same entries removed, the same times.
 * What readers see changes only where names decide the order of things made at the same place at
 * the same time. Then the changes that peers know by the old names come in like anybody's.
 *
 * Where the branch begins only the peers can tell. So what is in doubt is not told of: the replica
 * asks for its own former changes from the floor of its history on, and compares them with what it
 * has. Until the first that differs has come, it sends nothing of its own. What others have built on
 * the changes that are missing here may have been applied on top of the branch meanwhile; in the
 * new state it waits until they are there.
 */
/**
 * Says the changes of a branch again that a replica made under an id which is not its own any more.
 */
final class Rescue {
  private final DocumentState base;
  private final Import run;
  private final Renaming renaming;

  private Rescue(DocumentState base, HybridLogicalClock clock, ReplicaId own) {
    this.base = base;
    this.run = Import.trusted(base, clock);
    this.renaming = new Renaming(own, base.containers, 0, 1, HybridTimestamp.ZERO);
  }

  /**
   * The state in which a branch, and all that the replica has made on top of it, are changes of the
   * replica's present id, numbered from 1.
   *
   * @param state the state with the branch; stays as it is
   * @param first the first change of the branch
   * @param own the present id; under it nothing has been sent that is not in {@code state}
   * @param without the same state without the branch and without changes of {@code own}; becomes
   *     the outcome
   * @return null if it can't be done, because a snapshot holds changes of {@code own}
   */
  static @Nullable DocumentState run(
      DocumentState state,
      Dot first,
      ReplicaId own,
      DocumentState without,
      HybridLogicalClock clock) {
    if (without.authors.counter(own) > 0) {
      return null;
    }
    Rescue rescue = new Rescue(without, clock, own);
    for (Change change : branch(state, first, own)) {
      if (!rescue.add(change)) {
        return null;
      }
    }
    rescue.run.finish();
    state.inbox.waiting().forEach(one -> without.inbox.add(one.change(), one.missing()));
    return without;
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

  private boolean add(Change change) {
    Change renamed = renaming.next(change);
    run.offer(renamed);
    return base.authors.includes(renamed.dot());
  }
}
