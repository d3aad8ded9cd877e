package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.properties.history.Choice;
import dev.plait.value.Value;
import dev.plait.wire.WireCodec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A replica goes on from an old copy of itself. The oracle is one that had taken a new id at once,
 * and made the very same edits.
 */
class BranchProperties {
  private static final ReplicaId OLD = ReplicaId.of(7, 7);
  private static final ReplicaId PEER = ReplicaId.of(3, 1);
  private static final ReplicaId AHEAD = ReplicaId.of(5, 1);
  private static final long AN_HOUR = 3_600_000;
  private static final int ROUNDS = 6;
  private static final long RESTORING = 2_000;

  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);

  @Provide
  Arbitrary<List<List<Choice>>> edits() {
    return Choice.choices().list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(6);
  }

  @Property
  void whatWasMadeSinceTheBackupIsMadeAgainUnderTheNewId(
      @ForAll("edits") List<List<Choice>> before,
      @ForAll("edits") List<List<Choice>> lost,
      @ForAll("edits") List<List<Choice>> branch,
      @ForAll("edits") List<List<Choice>> after,
      @ForAll boolean peerIsLower,
      @ForAll boolean reopened) {
    ReplicaId fresh = peerIsLower ? ReplicaId.of(4, 0) : ReplicaId.of(2, 0);
    Document original = document(OLD);
    Document peer = document(PEER);
    for (List<Choice> edit : before) {
      edit(original, edit);
      edit(peer, edit);
      meet(original, peer);
    }
    Document restored = document(OLD);
    restored.apply(original.changesSince(VersionVector.EMPTY));
    Document honest = document(fresh);
    honest.apply(original.changesSince(VersionVector.EMPTY));
    for (List<Choice> edit : lost) {
      edit(original, edit);
      meet(original, peer);
      edit(peer, edit);
    }
    wall.addAndGet(
        RESTORING); // within a stamp's resolution both branches might bear the same times
    long atBackup = counter(honest);
    for (List<Choice> edit : branch) {
      edit(restored, edit);
      editAtOnce(honest, edit);
    }
    boolean parted = counter(restored) > atBackup && counter(peer) > atBackup;
    restored.replaceReplica(fresh);
    for (List<Choice> edit : after) {
      edit(restored, edit);
      editAtOnce(honest, edit);
    }
    Shadow shadow = new Shadow();
    Document fed = document(ReplicaId.of(9, 9));
    fed.listen(shadow::onEvent);
    fed.apply(restored.changesSince(VersionVector.EMPTY));
    restored.listen(shadow::onEvent);
    long sent = Math.min(counter(restored), counter(peer));
    HybridTimestamp theirs = sent == 0 ? null : peer.time(new Dot(OLD, sent));
    if (theirs != null) {
      restored.compare(new Dot(OLD, sent), theirs);
    }
    if (reopened) {
      meet(restored, peer);
    }
    for (int round = 0; round < ROUNDS; round++) {
      meet(restored, peer);
    }
    if (parted) {
      meet(honest, peer);
    }

    if (parted) {
      assertEquals(changes(honest, fresh), changes(restored, fresh));
    }
    assertEquals(Face.of(peer), Face.of(restored));
    assertEquals(0, restored.pendingCount());
    assertTrue(peer.missing().isEmpty());
    Map<ContainerId, Object> visible = Visible.of(restored);
    assertEquals(visible, shadow.of(visible.keySet()));
    assertEquals(List.of(), shadow.wrong());
  }

  @Example
  void whatIsTooFarAheadStaysAsideWhenABranchIsMadeAgain() {
    ReplicaId fresh = ReplicaId.of(4, 0);
    Document original = document(OLD);
    Document peer = document(PEER);
    put(original, "both");
    meet(original, peer);
    Document restored = document(OLD);
    restored.apply(original.changesSince(VersionVector.EMPTY));
    put(original, "lost");
    meet(original, peer);
    wall.addAndGet(RESTORING);
    put(restored, "branch");
    Document ahead =
        Document.builder("d", AHEAD)
            .clock(HybridLogicalClock.builder(() -> wall.get() + AN_HOUR).build())
            .codec(WireCodec.create())
            .build();
    put(ahead, "in an hour");
    restored.apply(ahead.changesSince(VersionVector.EMPTY));
    assertEquals(1, restored.quarantinedCount());

    restored.replaceReplica(fresh);
    restored.compare(new Dot(OLD, 2), Objects.requireNonNull(peer.time(new Dot(OLD, 2))));
    for (int round = 0; round < ROUNDS; round++) {
      meet(restored, peer);
    }

    assertEquals(1, restored.versionVector().get(fresh));
    assertEquals(0, restored.versionVector().get(AHEAD));
    assertEquals(1, restored.quarantinedCount());
    put(restored, "goes on");
    wall.addAndGet(AN_HOUR);
    restored.releaseQuarantine();
    assertEquals(1, restored.versionVector().get(AHEAD));
    assertEquals(0, restored.quarantinedCount());
  }

  @Example
  void aBranchIsNoticedThoughWhatComesWaitsForWhatCanNotFitHere() {
    Document original = document(OLD);
    Document peer = document(PEER);
    append(original, "a");
    append(original, "b");
    meet(original, peer);
    append(peer, "c");
    meet(original, peer);
    append(original, "d");
    meet(original, peer);
    Document restored = document(OLD);
    wall.addAndGet(RESTORING);
    put(restored, "one");
    put(restored, "two");

    restored.replaceReplica(ReplicaId.of(4, 0));
    restored.apply(peer.changesSince(restored.heldVersion()));

    assertTrue(restored.isInDoubt());
    for (int round = 0; round < ROUNDS; round++) {
      meet(restored, peer);
    }
    assertEquals(2, restored.versionVector().get(ReplicaId.of(4, 0)));
    assertEquals("abcd", restored.text("t").toString());
    assertEquals(Face.of(peer), Face.of(restored));
  }

  @Example
  void copiesOfACopyDoNotWaitForEachOther() {
    ReplicaId firstCopy = ReplicaId.of(4, 0);
    ReplicaId secondCopy = ReplicaId.of(5, 0);
    Document original = document(OLD);
    put(original, "one");
    Document first = document(OLD);
    first.apply(original.changesSince(VersionVector.EMPTY));
    first.replaceReplica(firstCopy);
    put(first, "first");
    Document second = document(OLD);
    second.apply(original.changesSince(VersionVector.EMPTY));
    second.replaceReplica(firstCopy);
    second.apply(first.changesSince(second.versionVector()));
    second.replaceReplica(secondCopy);
    put(second, "second");
    original.apply(second.changesSince(original.versionVector()));
    put(original, "two");
    second.apply(original.changesSince(second.versionVector()));
    put(first, "first again");

    for (int round = 0; round < ROUNDS; round++) {
      meet(first, second);
    }

    assertEquals(0, first.pendingCount());
    assertEquals(0, second.pendingCount());
    assertEquals(Face.of(first), Face.of(second));
    assertEquals(2, second.versionVector().get(firstCopy));
  }

  /**
   * The peer's change was built on what was lost, and fits the branch all the same; then somebody
   * has gone on from it here.
   */
  @Example
  void aBranchThatBuildsOnWhatWasBuiltOnTheLostHalf() {
    ReplicaId fresh = ReplicaId.of(4, 0);
    Document original = document(OLD);
    Document peer = document(PEER);
    put(original, "both");
    count(original, 1);
    meet(original, peer);
    Document restored = document(OLD);
    restored.apply(original.changesSince(VersionVector.EMPTY));
    put(original, "lost");
    count(original, 10);
    meet(original, peer);
    append(peer, "built on what was lost");
    wall.addAndGet(RESTORING);
    put(restored, "branch");
    count(restored, 100);
    restored.replaceReplica(fresh);
    restored.apply(peer.changesSince(restored.heldVersion()));
    assertEquals("built on what was lost", restored.text("t").toString());
    append(restored, ", and on that");
    restored.transact(transaction -> transaction.map("n").remove("c"));
    count(restored, 1_000);

    restored.compare(new Dot(OLD, 4), Objects.requireNonNull(peer.time(new Dot(OLD, 4))));
    assertTrue(restored.isInDoubt());
    for (int round = 0; round < ROUNDS; round++) {
      meet(restored, peer);
    }

    assertEquals(5, restored.versionVector().get(fresh));
    assertEquals("built on what was lost, and on that", peer.text("t").toString());
    assertEquals(1_010, peer.map("n").counter("c").value());
    assertEquals(Face.of(peer), Face.of(restored));
  }

  @Example
  void whatWaitsForTheLostHalfMayBeMoreThanThereIsRoomFor() {
    ReplicaId fresh = ReplicaId.of(4, 0);
    Document original = document(OLD);
    Document peer = document(PEER);
    put(original, "both");
    meet(original, peer);
    Document restored =
        Document.builder("d", OLD)
            .clock(HybridLogicalClock.builder(wall::get).build())
            .codec(WireCodec.create())
            .limits(Limits.defaults().withPending(2, 1 << 20))
            .build();
    restored.apply(original.changesSince(VersionVector.EMPTY));
    put(original, "lost");
    meet(original, peer);
    for (int i = 0; i < 6; i++) {
      append(peer, "x");
    }
    wall.addAndGet(RESTORING);
    put(restored, "branch");
    restored.replaceReplica(fresh);
    restored.apply(peer.changesSince(restored.heldVersion()));
    assertEquals(6, restored.heldVersion().get(PEER));

    restored.compare(new Dot(OLD, 2), Objects.requireNonNull(peer.time(new Dot(OLD, 2))));
    restored.apply(peer.changesSince(restored.heldVersion()));

    assertEquals(6, restored.versionVector().get(PEER));
    assertEquals(1, restored.versionVector().get(fresh));
    assertEquals("xxxxxx", restored.text("t").toString());
  }

  /** Nobody has the changes any more, only the state; but one says what it holds of the other. */
  @Example
  void whatIsTheSameElsewhereIsNoBranch() {
    ReplicaId fresh = ReplicaId.of(4, 0);
    Document original = document(OLD);
    put(original, "one");
    Document copy = document(OLD);
    copy.apply(original.changesSince(VersionVector.EMPTY));
    copy.replaceReplica(fresh);
    put(copy, "two");
    put(original, "three");
    VersionVector theirs = original.versionVector();
    assertFalse(copy.mayGiveState(theirs));

    copy.compare(new Dot(OLD, 1), Objects.requireNonNull(original.time(new Dot(OLD, 1))));

    assertTrue(copy.mayGiveState(theirs));
    assertFalse(copy.isInDoubt());
    assertEquals(List.of(fresh), authors(copy.changesSince(theirs)));
  }

  private static List<ReplicaId> authors(byte[] bundle) {
    return WireCodec.create().decodeBundle(bundle).stream()
        .map(chunk -> chunk.header().replica())
        .toList();
  }

  private void count(Document document, long amount) {
    wall.addAndGet(10);
    document.transact(transaction -> transaction.map("n").counter("c").add(amount));
  }

  private void append(Document document, String text) {
    wall.addAndGet(10);
    document.transact(transaction -> transaction.text("t").append(text));
  }

  private void put(Document document, String value) {
    wall.addAndGet(10);
    document.transact(transaction -> transaction.map("m").put("k", Value.of(value)));
  }

  private static long counter(Document document) {
    return document.versionVector().get(OLD);
  }

  private static List<Change> changes(Document document, ReplicaId author) {
    return document.changes(VersionVector.EMPTY).stream()
        .filter(change -> change.replica().equals(author))
        .toList();
  }

  private Document document(ReplicaId replica) {
    return Document.builder("d", replica)
        .clock(HybridLogicalClock.builder(wall::get).build())
        .codec(WireCodec.create())
        .build();
  }

  private void edit(Document document, List<Choice> edits) {
    wall.addAndGet(10);
    editAtOnce(document, edits);
  }

  private static void editAtOnce(Document document, List<Choice> edits) {
    document.transact(transaction -> Edits.make(transaction, edits));
  }

  private static void meet(Document one, Document other) {
    one.apply(other.changesSince(one.heldVersion()));
    other.apply(one.changesSince(other.heldVersion()));
  }
}
