package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import java.util.List;

/**
 * The atomic unit of replication: what one transaction of one replica did to one document.
 *
 * <p>Immutable; safe to share between threads.
 *
 * @param dot who made it and the how manyth of theirs in this document it is
 * @param dependencies the heads its maker saw, the maker's own previous change left out; ordered,
 *     without repetition
 * @param time when it was made, by the maker's hybrid logical clock; one for all its operations
 * @param firstSeq the sequence number of the first {@link dev.plait.clock.ElementId} it uses, or
 *     would use: ids are given out without gaps
 * @param operations what was done, in order; never empty
 */
public record Change(
    Dot dot,
    List<Dot> dependencies,
    HybridTimestamp time,
    long firstSeq,
    List<ContainerOperation> operations) {
  public Change {
    dependencies = List.copyOf(dependencies);
    operations = List.copyOf(operations);
  }
}
