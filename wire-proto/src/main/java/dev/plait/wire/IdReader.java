package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads names with the help of the table of replicas that they refer to. */
final class IdReader {
  private ReplicaId[] table;
  private int size;

  /** A reader over this table, which must not repeat a replica. */
  IdReader(ReplicaId[] table) {
    this.table = table;
    this.size = table.length;
    checkDistinct();
  }

  /** Starts over with the table of a chunk: its author, whom it depends on, and more. */
  void start(ReplicaId author, List<Dot> dependencies, ReplicaId[] more) {
    int needed = 1 + dependencies.size() + more.length;
    if (needed > table.length) {
      table = new ReplicaId[needed];
    }
    if (!author.equals(table[0])) {
      table[0] = author;
    }
    size = 1;
    if (needed > 1) {
      for (Dot dependency : dependencies) {
        table[size++] = dependency.replica();
      }
      for (ReplicaId replica : more) {
        table[size++] = replica;
      }
      checkDistinct();
    }
  }

  private void checkDistinct() {
    Set<ReplicaId> distinct = new HashSet<>();
    for (int i = 0; i < size; i++) {
      if (!distinct.add(table[i])) {
        throw DECODING.malformed("the table of replicas names one of them twice");
      }
    }
  }

  int size() {
    return size;
  }

  ReplicaId replica(int index) {
    checkReplica(index);
    return table[index];
  }

  void checkReplica(int index) {
    if (index < 0 || index >= size) {
      throw DECODING.malformed(
          "there is no replica " + Integer.toUnsignedString(index) + " in a table of " + size);
    }
  }

  ElementId element(int replica, long seq) {
    return new ElementId(replica(replica), DotColumns.checkedCounter(seq));
  }

  List<ElementId> elements(PlaitProto.ElementIds written) {
    DotColumns.checkColumns("element ids", written.getSeqsCount(), written.getReplicasCount());
    List<ElementId> ids = new ArrayList<>(written.getSeqsCount());
    for (int i = 0; i < written.getSeqsCount(); i++) {
      ids.add(element(written.getReplicas(i), written.getSeqs(i)));
    }
    return ids;
  }

  List<ElementRange> ranges(PlaitProto.ElementRanges written) {
    DotColumns.checkColumns(
        "ranges", written.getFirstsCount(), written.getReplicasCount(), written.getLengthsCount());
    List<ElementRange> ranges = new ArrayList<>(written.getFirstsCount());
    for (int i = 0; i < written.getFirstsCount(); i++) {
      ElementId first = element(written.getReplicas(i), written.getFirsts(i));
      ranges.add(new ElementRange(first, checkedLength(first, written.getLengths(i))));
    }
    return ranges;
  }

  /** A length for which all ids exist. */
  static int checkedLength(ElementId first, int length) {
    if (length < 1 || length - 1 > Long.MAX_VALUE - first.seq()) {
      throw DECODING.invalid(
          "a run of "
              + Integer.toUnsignedString(length)
              + " from "
              + first.seq()
              + " is not possible; it takes 1 to 2^31-1 and ids up to 2^63-1");
    }
    return length;
  }

  Stamp stamp(PlaitProto.Stamp written) {
    return stamp(written.getTime(), written.getReplica(), written.getOrdinal());
  }

  private Stamp stamp(long time, int replica, int ordinal) {
    if (ordinal < 0) {
      throw DECODING.invalid(
          "the ordinal of a stamp is from 0 to 2^31-1, not " + Integer.toUnsignedString(ordinal));
    }
    return new Stamp(new HybridTimestamp(time), replica(replica), ordinal);
  }

  List<Stamp> stamps(PlaitProto.Stamps written) {
    DotColumns.checkColumns(
        "stamps", written.getTimesCount(), written.getReplicasCount(), written.getOrdinalsCount());
    List<Stamp> stamps = new ArrayList<>(written.getTimesCount());
    for (int i = 0; i < written.getTimesCount(); i++) {
      stamps.add(stamp(written.getTimes(i), written.getReplicas(i), written.getOrdinals(i)));
    }
    return stamps;
  }

  List<Contribution> contributions(PlaitProto.Contributions written) {
    List<Stamp> last = stamps(written.getLast());
    DotColumns.checkColumns("contributions", last.size(), written.getSumsCount());
    List<Contribution> contributions = new ArrayList<>(last.size());
    for (int i = 0; i < last.size(); i++) {
      contributions.add(new Contribution(last.get(i), written.getSums(i)));
    }
    return contributions;
  }
}
