package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.wire.v1.IdProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads names with the help of the table of replicas that they refer to. */
final class IdReader {
  private final List<ReplicaId> table;

  /** A reader over this table, which must not repeat a replica. */
  IdReader(List<ReplicaId> table) {
    if (table.size() > 1 && new HashSet<>(table).size() != table.size()) {
      throw DECODING.malformed("the table of replicas names one of them twice");
    }
    this.table = table;
  }

  int size() {
    return table.size();
  }

  ReplicaId replica(int index) {
    if (index < 0 || index >= table.size()) {
      throw DECODING.malformed(
          "there is no replica "
              + Integer.toUnsignedString(index)
              + " in a table of "
              + table.size());
    }
    return table.get(index);
  }

  ElementId element(IdProto.ElementId written) {
    return element(written.getReplica(), written.getSeq());
  }

  ElementId element(int replica, long seq) {
    return new ElementId(replica(replica), DotColumns.checkedCounter(seq));
  }

  List<ElementId> elements(IdProto.ElementIds written) {
    DotColumns.checkColumns("element ids", written.getSeqsCount(), written.getReplicasCount());
    List<ElementId> ids = new ArrayList<>(written.getSeqsCount());
    for (int i = 0; i < written.getSeqsCount(); i++) {
      ids.add(element(written.getReplicas(i), written.getSeqs(i)));
    }
    return ids;
  }

  List<ElementRange> ranges(IdProto.ElementRanges written) {
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

  Stamp stamp(IdProto.Stamp written) {
    return stamp(written.getTime(), written.getReplica(), written.getOrdinal());
  }

  private Stamp stamp(long time, int replica, int ordinal) {
    if (ordinal < 0) {
      throw DECODING.invalid(
          "the ordinal of a stamp is from 0 to 2^31-1, not " + Integer.toUnsignedString(ordinal));
    }
    return new Stamp(new HybridTimestamp(time), replica(replica), ordinal);
  }

  List<Stamp> stamps(IdProto.Stamps written) {
    DotColumns.checkColumns(
        "stamps", written.getTimesCount(), written.getReplicasCount(), written.getOrdinalsCount());
    List<Stamp> stamps = new ArrayList<>(written.getTimesCount());
    for (int i = 0; i < written.getTimesCount(); i++) {
      stamps.add(stamp(written.getTimes(i), written.getReplicas(i), written.getOrdinals(i)));
    }
    return stamps;
  }

  List<Contribution> contributions(IdProto.Contributions written) {
    List<Stamp> last = stamps(written.getLast());
    DotColumns.checkColumns("contributions", last.size(), written.getSumsCount());
    List<Contribution> contributions = new ArrayList<>(last.size());
    for (int i = 0; i < last.size(); i++) {
      contributions.add(new Contribution(last.get(i), written.getSums(i)));
    }
    return contributions;
  }
}
