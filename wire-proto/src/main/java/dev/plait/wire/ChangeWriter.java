package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.RunLengths;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Limits;
import java.util.Arrays;
import java.util.List;

/**
 * Writes when the changes of a chunk were made, what they depend on and how many operations they
 * have.
 */
final class ChangeWriter {
  private final Limits limits;
  private final IdWriter ids;
  private final ChangeColumns changes;
  private final ColumnWriter steps = new ColumnWriter();
  private final ColumnWriter stepRepeats = new ColumnWriter();
  private final ColumnWriter operations = new ColumnWriter();
  private final ColumnWriter operationRepeats = new ColumnWriter();
  private final ColumnWriter dependents = new ColumnWriter();
  private final ColumnWriter dependencyCounts = new ColumnWriter();
  private final ColumnWriter dependencyReplicas = new ColumnWriter();
  private final ColumnWriter dependencyCounters = new ColumnWriter();
  private long[] lastCounters = {};

  ChangeWriter(Limits limits, IdWriter ids, ChangeColumns changes) {
    this.limits = limits;
    this.ids = ids;
    this.changes = changes;
  }

  /** Takes in all changes; returns how many operations they have. */
  long write() {
    checkNumbers();
    writeSteps();
    writeDependencies();
    return writeOperations();
  }

  private void checkNumbers() {
    if (changes.firstCounter() < 1
        || changes.size() - 1 > Long.MAX_VALUE - changes.firstCounter()) {
      throw ENCODING.invalid("the counters of changes are from 1 to 2^63-1");
    }
    if (changes.firstSeq() < 1) {
      throw ENCODING.invalid(
          "the first sequence number of a change is from 1, not " + changes.firstSeq());
    }
    if (changes.size() > limits.maxChunkChanges()) {
      throw ENCODING.tooMuch(
          "a chunk has more than " + limits.maxChunkChanges() + " changes, the most allowed");
    }
    ChangeRules.checkTime(ENCODING, new HybridTimestamp(changes.firstTime()));
    ChangeRules.checkTime(ENCODING, new HybridTimestamp(changes.lastTime()));
  }

  private void writeSteps() {
    RunLengths column = changes.steps();
    long left = changes.lastTime() - changes.firstTime();
    for (int run = 0; run < column.runs(); run++) {
      long step = column.value(run);
      int count = column.count(run);
      if (step < 1 || step > left / count) {
        throw ENCODING.invalid(
            "a change is not stamped later than the one before it; times ascend");
      }
      left -= step * count;
      steps.add(Steps.written(step));
      stepRepeats.add(count - 1);
    }
  }

  private void writeDependencies() {
    int previous = 0;
    for (int n = 0; n < changes.dependentCount(); n++) {
      int index = changes.dependent(n);
      List<Dot> dependencies = changes.dependencies(n);
      ChangeRules.checkDependencies(ENCODING, changes.replica(), dependencies);
      if (index > 0) {
        dependents.add(index - previous);
        dependencyCounts.add(dependencies.size());
      }
      for (Dot dependency : dependencies) {
        if (dependency.counter() < 1) {
          throw ENCODING.invalid("the counters of changes are from 1 to 2^63-1");
        }
        int replica = ids.replica(dependency.replica());
        if (replica >= lastCounters.length) {
          lastCounters = Arrays.copyOf(lastCounters, 2 * replica + 2);
        }
        if (index > 0) {
          dependencyReplicas.add(replica);
          dependencyCounters.addSigned(dependency.counter() - lastCounters[replica]);
        }
        lastCounters[replica] = dependency.counter();
      }
      previous = index;
    }
  }

  private long writeOperations() {
    RunLengths column = changes.operationCounts();
    long total = 0;
    for (int run = 0; run < column.runs(); run++) {
      long each = column.value(run);
      if (each < 1) {
        throw ENCODING.invalid("a change without operations; it takes at least one");
      }
      if (each > limits.maxChangeOperations()) {
        throw ENCODING.tooMuch(
            "a change has " + each + " operations; at most " + limits.maxChangeOperations());
      }
      operations.add(each, 1);
      operationRepeats.add(column.count(run) - 1);
      total += each * column.count(run);
    }
    return total;
  }

  /** Adds all columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.STEPS, steps);
    payload.column(PayloadFields.STEP_REPEATS, stepRepeats);
    if (operations.isVaried()) {
      payload.column(PayloadFields.OPERATIONS, operations);
      payload.column(PayloadFields.OPERATION_REPEATS, operationRepeats);
    }
    payload.column(PayloadFields.DEPENDENTS, dependents);
    payload.column(PayloadFields.DEPENDENCY_COUNTS, dependencyCounts);
    payload.column(PayloadFields.DEPENDENCY_REPLICAS, dependencyReplicas);
    payload.column(PayloadFields.DEPENDENCY_COUNTERS, dependencyCounters);
  }
}
