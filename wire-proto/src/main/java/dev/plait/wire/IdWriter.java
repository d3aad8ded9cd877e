package dev.plait.wire;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes names, and keeps the table of replicas that they refer to: in order of first use. */
final class IdWriter {
  private final Map<ReplicaId, Integer> indexes = new HashMap<>();
  private final List<ReplicaId> table = new ArrayList<>();
  private int last;

  /** The index of a replica, which is added to the table if it is new. */
  int replica(ReplicaId replica) {
    // Neighbours mostly have the same one, often the very same object.
    if (last < table.size() && table.get(last).equals(replica)) {
      return last;
    }
    Integer known = indexes.putIfAbsent(replica, table.size());
    if (known == null) {
      last = table.size();
      table.add(replica);
    } else {
      last = known;
    }
    return last;
  }

  int tableSize() {
    return table.size();
  }

  /** The table without its first entries. */
  List<ReplicaId> tableFrom(int start) {
    return table.subList(start, table.size());
  }

  PlaitProto.ElementIds elements(List<ElementId> ids) {
    PlaitProto.ElementIds.Builder written = PlaitProto.ElementIds.newBuilder();
    for (ElementId id : ids) {
      written.addReplicas(replica(id.replica())).addSeqs(id.seq());
    }
    return written.build();
  }

  PlaitProto.ElementRanges ranges(List<ElementRange> ranges) {
    PlaitProto.ElementRanges.Builder written = PlaitProto.ElementRanges.newBuilder();
    for (ElementRange range : ranges) {
      written
          .addReplicas(replica(range.first().replica()))
          .addFirsts(range.first().seq())
          .addLengths(range.length());
    }
    return written.build();
  }

  PlaitProto.Stamp stamp(Stamp stamp) {
    return PlaitProto.Stamp.newBuilder()
        .setTime(stamp.time().bits())
        .setReplica(replica(stamp.replica()))
        .setOrdinal(stamp.ordinal())
        .build();
  }

  PlaitProto.Stamps stamps(List<Stamp> stamps) {
    PlaitProto.Stamps.Builder written = PlaitProto.Stamps.newBuilder();
    for (Stamp stamp : stamps) {
      written
          .addTimes(stamp.time().bits())
          .addReplicas(replica(stamp.replica()))
          .addOrdinals(stamp.ordinal());
    }
    return written.build();
  }

  PlaitProto.Contributions contributions(List<Contribution> contributions) {
    PlaitProto.Contributions.Builder written = PlaitProto.Contributions.newBuilder();
    List<Stamp> last = new ArrayList<>(contributions.size());
    for (Contribution contribution : contributions) {
      last.add(contribution.last());
      written.addSums(contribution.sum());
    }
    return written.setLast(stamps(last)).build();
  }
}
