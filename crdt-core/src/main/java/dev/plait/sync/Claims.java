package dev.plait.sync;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/*
 * A version says how many changes of each author are held, not which. As long as an author counts
 * without repeating itself that is the same; a copied or restored replica repeats itself. So who
 * claims a version also says when the last change of each author was made: two changes of one name
 * were made at two times. A claim about a change that is not here yet is kept until it is. A copy
 * that knows less of its former id than the peer learns from the peer's word on what it has itself
 * that it is the same: so who holds something back from the other says that word.
 */
/**
 * What the peer says of the last changes of authors in one document, compared with what is here.
 */
final class Claims {

  private final SyncDocuments documents;
  private final String document;
  private final Map<ReplicaId, Claim> open = new HashMap<>();
  private final List<Claim> past = new ArrayList<>(0);
  private final Set<ReplicaId> contradicted = new HashSet<>();
  private boolean ownIsAhead;

  /** When a change was made, as the peer has it. */
  private record Claim(Dot change, HybridTimestamp time) {}

  Claims(SyncDocuments documents, String document) {
    this.documents = documents;
    this.document = document;
  }

  /** The peer claims to hold a change that was made at this time. */
  void add(Dot change, HybridTimestamp time) {
    Claim claim = new Claim(change, time);
    Claim later = open.get(change.replica());
    if (later == null || later.change().counter() <= change.counter()) {
      open.put(change.replica(), claim);
    } else {
      past.add(claim);
    }
  }

  /** The peer claims to hold this. */
  void add(VersionVector version, List<HybridTimestamp> times) {
    if (times.size() != version.size()) {
      return;
    }
    int i = 0;
    for (Dot dot : version.dots()) {
      HybridTimestamp time = times.get(i++);
      if (!time.equals(HybridTimestamp.ZERO)) {
        add(dot, time);
      }
    }
  }

  /**
   * Compares what can be compared, now that we hold this.
   *
   * @param believed whether the documents hear of it: who may not write must not stop an author's
   *     changes by a mere word. Of our own name they always do, as that costs a name
   * @return whether a contradiction was found
   */
  boolean contradict(VersionVector ours, BooleanSupplier believed) {
    List<Claim> claims = List.copyOf(open.values());
    if (!past.isEmpty()) {
      claims = new ArrayList<>(claims);
      claims.addAll(past);
      past.clear();
    }
    boolean found = false;
    for (Claim claim : claims) {
      if (ours.contains(claim.change())) {
        open.remove(claim.change().replica(), claim);
        found |= contradicts(claim, believed);
      }
    }
    return found;
  }

  private boolean contradicts(Claim claim, BooleanSupplier believed) {
    Dot change = claim.change();
    HybridTimestamp time = documents.time(document, change);
    if (time == null) {
      return false;
    }
    if (time.equals(claim.time())) {
      if (believed.getAsBoolean()) {
        documents.onSame(document, change, time);
      }
      return false;
    }
    boolean found = contradicted.add(change.replica());
    if (found && (change.replica().equals(documents.replica()) || believed.getAsBoolean())) {
      documents.onContradiction(document, change, claim.time());
    }
    return found;
  }

  /** The peer holds more of our own changes than we do. */
  void onOwnAhead(long counter) {
    if (!ownIsAhead) {
      ownIsAhead = true;
      documents.onOwnCounterAhead(document, counter);
    }
  }

  /** The times of the last changes of a version, as they are said. */
  static List<HybridTimestamp> times(
      SyncDocuments documents, String document, VersionVector version) {
    List<HybridTimestamp> times = new ArrayList<>(version.size());
    for (Dot dot : version.dots()) {
      HybridTimestamp time = documents.time(document, dot);
      times.add(time == null ? HybridTimestamp.ZERO : time);
    }
    return times;
  }
}
