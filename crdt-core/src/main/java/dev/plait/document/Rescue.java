package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
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
 */
/** Gives the changes of a branch that a replica made under a name that is not its own any more. */
final class Rescue {
  private final Import run;
  private final DocumentState state;
  private final Renaming renaming;

  private Rescue(
      DocumentState base, HybridLogicalClock clock, Limits limits, ReplicaId to) {
    this.state = base;
    this.run = Import.trusted(base, clock);
    this.renaming = new Renaming(to, base.containers, 0, 1, HybridTimestamp.ZERO);
  }

  /** All a replica made from a change on, and all another made; in the order of making. */
  static List<Change> branch(DocumentState state, Dot first, ReplicaId other) {
    VersionVector.Builder before = VersionVector.builder();
    for (var author : state.authors.snapshot()) {
      long counter = author.counter();
      if (author.replica().equals(first.replica())) {
        counter = first.counter() - 1;
      } else if (author.replica().equals(other)) {
        counter = 0;
      }
      if (counter > 0) {
        before.advance(new Dot(author.replica(), counter));
      }
    }
    return state.history.since(before.build());
  }

  /**
   * Adds a branch to a state that holds nothing of it.
   *
   * @param base the state without the branch, which becomes the state with it
   * @param to who is to have made the branch; has made nothing in the base
   * @return whether all of it could be added; if not, the base is of no use any more
   */
  static boolean add(
      List<Change> branch,
      DocumentState base,
      HybridLogicalClock clock,
      Limits limits,
      ReplicaId to) {
    Rescue rescue = new Rescue(base, clock, limits, to);
    for (Change change : branch) {
      if (!rescue.add(change)) {
        return false;
      }
    }
    rescue.run.finish();
    return base.inbox.size() == 0;
  }

  private boolean add(Change change) {
    Change renamed = renaming.next(change);
    run.offer(renamed);
    return state.authors.includes(renamed.dot());
  }
}
