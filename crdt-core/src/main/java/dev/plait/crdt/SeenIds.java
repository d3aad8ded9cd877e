package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectLongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last id seen of each replica; it covers all earlier ones, because operations of one replica
 * come in order. Expected constant time to ask and to add.
 */
final class SeenIds {
  private static final Comparator<ElementId> REPLICA_ORDER =
      Comparator.comparing(ElementId::replica);

  /** Sequence numbers start at 1, so the 0 of an unknown replica covers nothing. */
  private final ObjectLongHashMap<ReplicaId> last = new ObjectLongHashMap<>();

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
    return last.get(id.replica()) >= id.seq();
  }

  /** Covers the id and all before it. */
  void add(ElementId id, @Nullable Rollback rollback) {
    ReplicaId replica = id.replica();
    long before = last.get(replica);
    if (before >= id.seq()) {
      return;
    }
    last.put(replica, id.seq());
    if (rollback != null) {
      rollback.add(before == 0 ? () -> last.remove(replica) : () -> last.put(replica, before));
    }
  }

  /** The last id of each replica, ordered by replica. */
  List<ElementId> ordered() {
    ArrayList<ElementId> ordered = new ArrayList<>(last.size());
    last.forEachKeyValue((replica, seq) -> ordered.add(new ElementId(replica, seq)));
    ordered.sort(null);
    return ordered;
  }
}
