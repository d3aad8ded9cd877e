package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.crdt.State;
import java.util.List;

/**
 * The state of a document at a version: enough to open it and to go on merging without the changes
 * that led there.
 *
 * <p>Immutable and canonical: replicas that hold the same changes make equal snapshots.
 *
 * @param document the document's name
 * @param frontier the heads of the version
 * @param authors every replica that has changed the document, ordered by id
 * @param containers every container that has been changed, in {@link ContainerId} order
 */
public record Snapshot(
    String document, Frontier frontier, List<Author> authors, List<ContainerState> containers) {
  public Snapshot {
    authors = List.copyOf(authors);
    containers = List.copyOf(containers);
  }

  /**
   * How far a replica has come.
   *
   * @param replica who
   * @param counter the counter of its last change, at least 1
   * @param nextSeq the sequence number its next element gets, at least 1
   * @param lastTime the time of its last change
   */
  public record Author(ReplicaId replica, long counter, long nextSeq, HybridTimestamp lastTime) {}

  /** The state of one container. */
  public record ContainerState(ContainerId container, State state) {}

  /** The version this is the state of. */
  public VersionVector version() {
    VersionVector.Builder version = VersionVector.builder();
    for (Author author : authors) {
      version.advance(new Dot(author.replica(), author.counter()));
    }
    return version.build();
  }
}
