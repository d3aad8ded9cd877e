package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.wire.v1.IdProto;
import dev.plait.wire.v1.SnapshotProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of runs as columns. */
final class RunColumns {
  private RunColumns() {}

  static SnapshotProto.Runs write(IdWriter ids, List<RunShape> runs) {
    List<ElementId> firsts = new ArrayList<>(runs.size());
    IdProto.ElementIds.Builder lefts = IdProto.ElementIds.newBuilder();
    IdProto.ElementIds.Builder rights = IdProto.ElementIds.newBuilder();
    SnapshotProto.Runs.Builder written = SnapshotProto.Runs.newBuilder();
    for (RunShape run : runs) {
      firsts.add(run.first());
      written.addLengths(run.length()).addDeleted(run.deleted());
      writeOrigin(ids, run.left(), lefts);
      writeOrigin(ids, run.right(), rights);
    }
    return written.setFirsts(ids.elements(firsts)).setLefts(lefts).setRights(rights).build();
  }

  private static void writeOrigin(
      IdWriter ids, @Nullable ElementId origin, IdProto.ElementIds.Builder written) {
    if (origin == null) {
      written.addReplicas(0).addSeqs(0);
    } else {
      written.addReplicas(ids.replica(origin.replica())).addSeqs(origin.seq());
    }
  }

  static List<RunShape> read(IdReader ids, SnapshotProto.Runs written) {
    List<ElementId> firsts = ids.elements(written.getFirsts());
    DotColumns.checkColumns(
        "runs",
        firsts.size(),
        written.getLengthsCount(),
        written.getDeletedCount(),
        written.getLefts().getReplicasCount(),
        written.getLefts().getSeqsCount(),
        written.getRights().getReplicasCount(),
        written.getRights().getSeqsCount());
    List<RunShape> runs = new ArrayList<>(firsts.size());
    for (int i = 0; i < firsts.size(); i++) {
      runs.add(
          new RunShape(
              firsts.get(i),
              IdReader.checkedLength(firsts.get(i), written.getLengths(i)),
              readOrigin(ids, written.getLefts(), i),
              readOrigin(ids, written.getRights(), i),
              written.getDeleted(i)));
    }
    return runs;
  }

  private static @Nullable ElementId readOrigin(
      IdReader ids, IdProto.ElementIds written, int index) {
    if (written.getSeqs(index) != 0) {
      return ids.element(written.getReplicas(index), written.getSeqs(index));
    }
    if (written.getReplicas(index) != 0) {
      throw DECODING.malformed("the start or end of a sequence is written as replica 0 and seq 0");
    }
    return null;
  }
}
