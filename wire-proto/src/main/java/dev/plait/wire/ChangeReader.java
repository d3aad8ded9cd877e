package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.clock.Dot;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads when the changes of a chunk were made, what they depend on and how many operations they
 * have. Costs time in the number of bytes, however many changes they stand for. Confined to one
 * call.
 */
final class ChangeReader {
  private final Limits limits;
  private final ChunkFrame frame;
  private final IdReader ids;
  private final ChangeColumns into;
  private Column steps = Column.EMPTY;
  private Column stepRepeats = Column.EMPTY;
  private Column operations = Column.EMPTY;
  private Column operationRepeats = Column.EMPTY;
  private Column dependents = Column.EMPTY;
  private Column dependencyCounts = Column.EMPTY;
  private Column dependencyReplicas = Column.EMPTY;
  private Column dependencyCounters = Column.EMPTY;
  private long[] lastCounters = {};

  private long step;
  private int stepsLeft;
  private long spanLeft;
  private int operationsEach = 1;
  private int operationsLeft;

  ChangeReader(Limits limits, ChunkFrame frame, IdReader ids, ChangeColumns into) {
    this.limits = limits;
    this.frame = frame;
    this.ids = ids;
    this.into = into;
  }

  /** Finds the columns; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.STEPS)) {
      steps = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.STEP_REPEATS)) {
      stepRepeats = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.OPERATIONS)) {
      operations = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.OPERATION_REPEATS)) {
      operationRepeats = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.DEPENDENTS)) {
      dependents = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.DEPENDENCY_COUNTS)) {
      dependencyCounts = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.DEPENDENCY_REPLICAS)) {
      dependencyReplicas = in.column();
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.DEPENDENCY_COUNTERS)) {
      dependencyCounters = in.column();
      tag = in.tag();
    }
    return tag;
  }

  /** Reads all changes; returns how many operations they have. */
  long read() {
    int count = frame.count();
    spanLeft = frame.timeSpan();
    if (!operations.hasNext()) {
      operationsLeft = count;
    }
    long time = frame.firstTime();
    long total = 0;
    List<Dot> dependsOn = frame.dependencies();
    int nextDependent = nextDependent(0, count);
    int index = 0;
    while (true) {
      if (operationsLeft == 0) {
        readOperations(count - index);
      }
      int alike = Math.min(operationsLeft, Math.min(nextDependent - index, stepsLeft + 1));
      into.addChanges(alike, operationsEach, time, step, dependsOn);
      total += (long) alike * operationsEach;
      time += step * (alike - 1);
      stepsLeft -= alike - 1;
      operationsLeft -= alike;
      index += alike;
      if (index == count) {
        break;
      }
      if (stepsLeft == 0) {
        readStep(count - index);
      }
      time += step;
      stepsLeft--;
      if (index == nextDependent) {
        dependsOn = readDependencies();
        nextDependent = nextDependent(index, count);
      } else {
        dependsOn = List.of();
      }
    }
    if (spanLeft != 0) {
      throw DECODING.malformed("the header of a chunk names another last time than its changes");
    }
    checkUsedUp();
    return total;
  }

  private void readOperations(int changesLeft) {
    operationsEach = operations.nextInt();
    if (operationsEach < 1) {
      throw DECODING.invalid("a change without operations; it takes at least one");
    }
    if (operationsEach > limits.maxChangeOperations()) {
      throw DECODING.tooMuch(
          "a change has "
              + operationsEach
              + " operations; at most "
              + limits.maxChangeOperations());
    }
    operationsLeft = readRepeats(operationRepeats, changesLeft);
  }

  private void readStep(int atMost) {
    long written = steps.next();
    stepsLeft = readRepeats(stepRepeats, atMost);
    if (!Steps.isWithin(written, spanLeft / stepsLeft)) {
      throw DECODING.invalid("the times of the changes in a chunk ascend up to the last one");
    }
    step = Steps.read(written);
    spanLeft -= step * stepsLeft;
  }

  private static int readRepeats(Column column, int atMost) {
    int repeats = column.nextInt();
    if (repeats >= atMost) {
      throw DECODING.malformed("a column says more of changes than there are");
    }
    return repeats + 1;
  }

  private int nextDependent(int previous, int count) {
    if (!dependents.hasNext()) {
      return count;
    }
    int distance = dependents.nextInt();
    if (distance < 1 || distance >= count - previous) {
      throw DECODING.malformed("dependencies of a change that is not there");
    }
    return previous + distance;
  }

  private List<Dot> readDependencies() {
    if (lastCounters.length == 0) {
      lastCounters = new long[ids.size()];
      for (int i = 0; i < frame.dependencies().size(); i++) {
        lastCounters[1 + i] = frame.dependencies().get(i).counter();
      }
    }
    int count = dependencyCounts.nextInt();
    if (count < 1 || count >= ids.size()) {
      throw DECODING.malformed("a change depends on " + count + " others of " + ids.size());
    }
    List<Dot> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int replica = dependencyReplicas.nextInt();
      Dot dot =
          new Dot(
              ids.replica(replica),
              DotColumns.checkedCounter(lastCounters[replica] + dependencyCounters.nextSigned()));
      lastCounters[replica] = dot.counter();
      read.add(dot);
    }
    ChangeRules.checkDependencies(DECODING, frame.replica(), read);
    return List.copyOf(read);
  }

  private void checkUsedUp() {
    steps.checkUsedUp("steps of time");
    stepRepeats.checkUsedUp("steps of time");
    operations.checkUsedUp("numbers of operations");
    operationRepeats.checkUsedUp("numbers of operations");
    dependents.checkUsedUp("dependent changes");
    dependencyCounts.checkUsedUp("dependencies");
    dependencyReplicas.checkUsedUp("dependencies");
    dependencyCounters.checkUsedUp("dependencies");
  }
}
