package dev.plait.bench;

import dev.plait.change.Change;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Two replicas that had the same elements and went on apart: what one of them holds, and what the
 * other has done meanwhile in each form in which it can be sent. Immutable.
 *
 * <p>The one holds a few operations of the other already, so that what a document builds when it
 * first hears of somebody is there before anything is measured.
 */
final class Branches {
  private static final int HEARD = 10;

  private final byte[] mine;
  private final List<byte[]> changes;
  private final byte[] chunk;
  private final byte[] snapshot;

  /**
   * Lets two replicas go on.
   *
   * @param elements how many both have
   * @param ours how many operations the receiver makes, each a change
   * @param theirs how many it is sent, each a change
   */
  Branches(Kind type, int elements, int ours, int theirs) {
    byte[] common = Documents.filled(type, elements);
    Document other = Documents.open(common, 2);
    Consumer<Change> nowhere = change -> {};
    VersionVector before = other.versionVector();
    edit(other, type, elements, HEARD, 1, nowhere);
    byte[] heard = other.changesSince(before);
    VersionVector since = other.versionVector();
    changes = new ArrayList<>(theirs);
    edit(other, type, elements, theirs, 2, change -> changes.add(bundle(change)));
    chunk = other.changesSince(since);
    snapshot = other.encodedSnapshot();

    Document receiver = Documents.open(common, 1);
    edit(receiver, type, elements, ours, 3, nowhere);
    receiver.apply(heard);
    mine = receiver.encodedSnapshot();
  }

  private static void edit(
      Document document, Kind type, int elements, int count, long seed, Consumer<Change> made) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      made.accept(
          document.transact(transaction -> type.edit(transaction, elements, random)).orElseThrow());
    }
  }

  private static byte[] bundle(Change change) {
    return Documents.CODEC.encodeBundle(
        List.of(Documents.CODEC.encodeChunk(Documents.NAME, List.of(change))));
  }

  /** A receiver of its own, which has not merged anything yet. */
  Document receiver() {
    return Documents.open(mine, 3);
  }

  /** The changes one by one, as bytes. */
  List<byte[]> changes() {
    return changes;
  }

  /** All changes, as bytes. */
  byte[] chunk() {
    return chunk;
  }

  /** The state of the other, as bytes. */
  byte[] snapshot() {
    return snapshot;
  }

  /**
   * Makes sure that merging gives what merging the other way round gives.
   *
   * @throws IllegalStateException if not
   */
  Branches check(Way way) {
    Document merged = receiver();
    way.merge(merged, this);
    Document reverse = Documents.open(snapshot, 4);
    reverse.join(mine);
    if (merged.stateHash() != reverse.stateHash()) {
      throw new IllegalStateException("merged by " + way + " the two replicas differ");
    }
    return this;
  }
}
