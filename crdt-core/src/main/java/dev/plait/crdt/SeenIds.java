package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last id seen of each replica; it covers all earlier ones, because operations of one replica
 * come in order. Expected constant time to ask and to add.
 */
final class SeenIds implements Undo {
  private static final Comparator<ElementId> REPLICA_ORDER =
      Comparator.comparing(ElementId::replica);
  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};

  private final Owners owners = new Owners();

  /** By the owner's number; sequence numbers start at 1, so 0 covers nothing. */
  private long[] last = NO_LONGS;

  // What was there before, for the way back.
  private int[] journalOwners = NO_INTS;
  private long[] journalSeqs = NO_LONGS;
  private int journal;

  /**
   * Takes over the list of a state.
   *
   * @throws OperationException MALFORMED_STATE unless it is ordered by replica without repetition
   */
  static SeenIds of(List<ElementId> ids) {
    Foreign.requireAscending(ids, REPLICA_ORDER, "replicas seen");
    SeenIds seen = new SeenIds();
    for (ElementId id : ids) {
      seen.add(id, null);
    }
    return seen;
  }

  boolean covers(ElementId id) {
    return covers(id.replica(), id.seq());
  }

  boolean covers(ReplicaId replica, long seq) {
    return last(replica) >= seq;
  }

  /** The sequence number of the last id seen of a replica; 0 if none was. */
  long last(ReplicaId replica) {
    int owner = owners.find(replica);
    return owner < 0 ? 0 : last[owner];
  }

  /** Covers the id and all before it. */
  void add(ElementId id, @Nullable Rollback rollback) {
    add(id.replica(), id.seq(), rollback);
  }

  /** Covers the id of these parts and all before it. */
  void add(ReplicaId replica, long seq, @Nullable Rollback rollback) {
    int owner = owners.number(replica);
    if (owner == last.length) {
      last = Arrays.copyOf(last, Math.max(1, 2 * owner));
    }
    long before = last[owner];
    if (before < seq) {
      last[owner] = seq;
      if (rollback != null) {
        rollback.add(this, journal);
        note(owner, before);
      }
    }
  }

  private void note(int owner, long before) {
    if (journal == journalSeqs.length) {
      int larger = Math.max(1, 2 * journal);
      journalOwners = Arrays.copyOf(journalOwners, larger);
      journalSeqs = Arrays.copyOf(journalSeqs, larger);
    }
    journalOwners[journal] = owner;
    journalSeqs[journal] = before;
    journal++;
  }

  @Override
  public void undo(long mark) {
    while (journal > mark) {
      journal--;
      last[journalOwners[journal]] = journalSeqs[journal];
    }
  }

  @Override
  public void forgotten() {
    journal = 0;
  }

  /** The last id of each replica, ordered by replica. */
  List<ElementId> ordered() {
    ArrayList<ElementId> ordered = new ArrayList<>(owners.size());
    for (int owner = 0; owner < owners.size(); owner++) {
      if (last[owner] > 0) {
        ordered.add(new ElementId(owners.get(owner), last[owner]));
      }
    }
    ordered.sort(null);
    return ordered;
  }
}
