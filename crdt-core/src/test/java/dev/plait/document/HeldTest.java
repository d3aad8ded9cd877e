package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept aside, and what goes on meanwhile. */
final class HeldTest {
  private final Peers peers = new Peers();
  private final List<Equivocation> alarms = new ArrayList<>();
  private final Document reader = peers.builder(9).onEquivocation(alarms::add).build();

  private Change type(Document document, String text) {
    peers.wall.addAndGet(2000); // beyond the resolution of stamps
    return document.transact(tx -> tx.text("body").append(text)).orElseThrow();
  }

  /** Two documents of one replica that have gone apart behind {@code common} changes. */
  private List<Document> clones(int common) {
    Document one = peers.document(1);
    Document two = peers.document(1);
    for (int i = 0; i < common; i++) {
      two.apply(List.of(type(one, "c")));
    }
    return List.of(one, two);
  }

  private static Dot dot(int replica, long counter) {
    return new Dot(Peers.id(replica), counter);
  }

  private static DotRange range(int replica, long first, long last) {
    return new DotRange(Peers.id(replica), first, last);
  }

  // ---- equivocation

  @Test
  void anotherChangeOfAKnownNameIsRefusedAndTheAuthorsLaterOnesAreKeptAside() {
    List<Document> clones = clones(2);
    Change mine = type(clones.get(0), "a");
    Change other = type(clones.get(1), "b");
    final Change later = type(clones.get(1), "b");
    reader.apply(Peers.all(clones.get(0)));
    byte[] before = reader.canonicalBytes();

    ApplyReport report = reader.apply(List.of(other, later));

    ApplyOutcome.Rejected rejected = (ApplyOutcome.Rejected) report.outcomes().get(0);
    assertEquals(ApplyOutcome.Rejected.EQUIVOCATION, rejected.code());
    assertEquals(false, rejected.permanent());
    ApplyOutcome.Held held = (ApplyOutcome.Held) report.outcomes().get(1);
    assertEquals(ApplyOutcome.Held.EQUIVOCATION, held.code());
    assertEquals(1, report.held());
    assertArrayEquals(before, reader.canonicalBytes());
    assertEquals(VersionVector.of(dot(1, 3)), reader.versionVector());
    assertEquals(VersionVector.of(dot(1, 4)), reader.heldVersion());
    assertEquals(List.of(new Equivocation("doc", dot(1, 3), mine.time(), other.time())), alarms);
  }

  @Test
  void sameStampButOtherContentIsNoDuplicate() {
    Peers twin = new Peers();
    Document one = peers.document(1);
    Document two = twin.document(1);
    Change mine = one.transact(tx -> tx.text("body").append("a")).orElseThrow();
    Change other = two.transact(tx -> tx.text("body").append("b")).orElseThrow();
    assertEquals(mine.time(), other.time());
    reader.apply(List.of(mine));

    ApplyReport report = reader.apply(List.of(other));

    assertEquals(1, report.rejected());
    assertEquals(1, alarms.size());
    assertEquals("a", reader.text("body").toString());
  }

  @Test
  void aChangeThatNamesAnotherOneBeforeItIsFoundOut() {
    List<Document> clones = clones(1);
    final Change mine = type(clones.get(0), "a");
    final Change other = type(clones.get(1), "b");
    Change later = type(clones.get(1), "b");
    reader.apply(Peers.all(clones.get(0)));

    assertEquals(1, reader.apply(List.of(later)).held());

    assertEquals(List.of(new Equivocation("doc", dot(1, 2), mine.time(), other.time())), alarms);
  }

  @Test
  void theAlarmIsRaisedOnceForAnAuthor() {
    List<Document> clones = clones(1);
    type(clones.get(0), "a");
    Change other = type(clones.get(1), "b");
    reader.apply(Peers.all(clones.get(0)));

    reader.apply(List.of(other));
    reader.apply(List.of(other, type(clones.get(1), "b")));
    reader.compare(other.dot(), other.time());

    assertEquals(1, alarms.size());
  }

  @Test
  void othersGoOnAndWhatBuildsOnTheKeptAsideFollowsIt() {
    List<Document> clones = clones(1);
    type(clones.get(0), "a");
    Document second = peers.document(2);
    type(second, "s");
    reader.apply(Peers.all(clones.get(0)));
    Document fooled = peers.document(3);
    fooled.apply(Peers.all(clones.get(1)));
    type(clones.get(1), "b");
    Change held = type(clones.get(1), "b");
    fooled.apply(Peers.all(clones.get(1)));
    Change after = type(fooled, "f");
    reader.compare(dot(1, 2), new HybridTimestamp(Peers.START << 16));

    ApplyReport report = reader.apply(List.of(after, held));
    assertEquals(2, report.held(), report::toString);
    ApplyReport others = reader.apply(Peers.all(second));

    assertEquals(1, others.applied());
    assertEquals(0, reader.pendingCount());
    assertEquals(2, reader.heldCount());
    assertTrue(
        report.outcomes().stream()
            .anyMatch(
                outcome ->
                    outcome instanceof ApplyOutcome.Held one
                        && one.changes().equals(range(3, 1, 1))
                        && one.code().equals(ApplyOutcome.Held.AFTER_HELD)));
  }

  @Test
  void whatASuspectSaysOfItselfCountsOnlyIfItIsKnownHereAndDiffers() {
    Document one = peers.document(1);
    Change change = type(one, "a");
    reader.apply(List.of(change));

    reader.compare(change.dot(), change.time());
    reader.compare(dot(1, 5), new HybridTimestamp(change.time().bits() + 1));
    reader.compare(dot(7, 1), change.time());
    assertEquals(List.of(), alarms);

    reader.compare(change.dot(), new HybridTimestamp(change.time().bits() + 1));
    assertEquals(1, alarms.size());
    assertEquals(1, reader.apply(List.of(type(one, "b"))).held());
    assertEquals("a", reader.text("body").toString());
  }

  @Test
  void whatWaitsOfASuspectIsKeptAsideToo() {
    Document one = peers.document(1);
    Change first = type(one, "a");
    type(one, "b");
    Change third = type(one, "c");
    reader.apply(List.of(first, third));
    assertEquals(1, reader.pendingCount());

    reader.compare(first.dot(), new HybridTimestamp(first.time().bits() + 1));

    assertEquals(0, reader.pendingCount());
    assertEquals(1, reader.heldCount());
  }

  @Test
  void ofTwoBranchesKeptAsideOneIsKeptAndTheOtherRefused() {
    List<Document> clones = clones(1);
    type(clones.get(0), "a");
    type(clones.get(1), "b");
    final Change ours = type(clones.get(0), "a");
    final Change theirs = type(clones.get(1), "b");
    reader.apply(Peers.all(clones.get(0)).subList(0, 2));
    reader.compare(dot(1, 2), theirs.time());
    assertEquals(1, reader.apply(List.of(theirs)).held());

    assertEquals(1, reader.apply(List.of(theirs)).held());
    assertEquals(1, reader.apply(List.of(ours)).rejected());
    assertEquals(1, reader.heldCount());
  }

  @Test
  void ownTransactionsGoOnWhenTheOwnIdIsSuspect() {
    Document one = peers.document(1);
    Change change = type(one, "a");
    one.compare(change.dot(), new HybridTimestamp(change.time().bits() + 1));

    type(one, "b");

    assertEquals("ab", one.text("body").toString());
    assertEquals(0, one.heldCount());
  }

  // ---- what builds on something kept aside

  @Test
  void whatBuildsOnAChangeFromTheFutureWaitsWithIt() {
    Peers fast = new Peers();
    fast.wall.addAndGet(3_600_000);
    Document future = fast.document(7);
    final Change early = type2(fast, future, "future");
    Document near = fast.document(2);
    near.apply(List.of(early));
    fast.wall.set(Peers.START);
    // A clock that has seen the future stays there, so its stamp is made by hand.
    Change made = type2(fast, near, "!");
    Change after =
        new Change(
            made.dot(),
            made.dependencies(),
            HybridTimestamp.ZERO,
            HybridTimestamp.of(Peers.START, 1),
            made.firstSeq(),
            made.operations());

    ApplyReport report = reader.apply(List.of(after, early));

    assertEquals(1, report.quarantined());
    assertEquals(1, report.held());
    assertEquals(0, reader.pendingCount());
    assertEquals(1, reader.quarantinedCount());
    assertEquals(2, reader.heldCount());
    assertEquals(VersionVector.of(dot(7, 1), dot(2, 1)), reader.heldVersion());
    assertEquals(VersionVector.EMPTY, reader.versionVector());

    peers.wall.addAndGet(3_600_000);
    assertEquals(2, reader.releaseQuarantine().applied());
    assertEquals("future!", reader.text("body").toString());
    assertEquals(0, reader.heldCount());
  }

  private static Change type2(Peers where, Document document, String text) {
    where.wall.addAndGet(2000);
    return document.transact(tx -> tx.text("body").append(text)).orElseThrow();
  }

  @Test
  void releaseMillisSaysWhenTheFirstIsDue() {
    Peers fast = new Peers();
    fast.wall.addAndGet(3_600_000);
    Document future = fast.document(7);
    reader.apply(List.of(type2(fast, future, "x"), type2(fast, future, "y")));

    long due = reader.releaseMillis().orElseThrow();
    peers.wall.set(due - 1);
    assertEquals(0, reader.releaseQuarantine().applied());
    peers.wall.set(due);
    assertEquals(1, reader.releaseQuarantine().applied());
    assertEquals(due + 2000, reader.releaseMillis().orElseThrow());
  }

  @Test
  void whatIsKeptAsideIsBounded() {
    Document narrow = new Peers(Limits.defaults().withPending(2, 1 << 20)).document(8);
    Document one = peers.document(1);
    Change first = type(one, "a");
    for (int i = 0; i < 4; i++) {
      type(one, "b");
    }
    narrow.apply(List.of(first));
    narrow.compare(first.dot(), new HybridTimestamp(first.time().bits() + 1));

    ApplyReport report = narrow.apply(Peers.all(one));

    assertEquals(1, report.duplicates());
    assertEquals(2, report.held());
    assertEquals(2, report.rejected());
    assertEquals(VersionVector.of(dot(1, 3)), narrow.heldVersion());
  }

  @Test
  void aForkKeepsAsideWhatItsOriginDoes() {
    Document one = peers.document(1);
    Change first = type(one, "a");
    reader.apply(List.of(first));
    reader.compare(first.dot(), new HybridTimestamp(first.time().bits() + 1));
    reader.apply(List.of(type(one, "b")));

    Document fork = reader.fork(Peers.id(5), peers.clock());

    assertEquals(reader.heldVersion(), fork.heldVersion());
    assertEquals(1, fork.apply(List.of(type(one, "c"))).held());
    assertEquals(1, reader.heldCount());
  }

  // ---- times and names

  @Test
  void timesOfChangesAreKnownWhileTheyAreHeld() {
    Document one = peers.document(1);
    Change first = type(one, "a");
    Change second = type(one, "b");
    reader.apply(List.of(first));
    reader.compare(first.dot(), second.time());
    reader.apply(List.of(second));

    assertEquals(first.time(), reader.time(first.dot()));
    assertEquals(second.time(), reader.time(second.dot()));
    assertNull(reader.time(dot(1, 3)));
    assertNull(reader.time(dot(4, 1)));
    Document fresh = peers.builder(6).open(one.snapshot());
    assertNull(fresh.time(first.dot()));
    assertEquals(second.time(), fresh.time(second.dot()));
  }

  @Test
  void editsGoOnUnderAFreshReplicaId() {
    Document one = peers.document(1);
    type(one, "a");
    ReplicaId fresh = Peers.id(2);

    one.replaceReplica(fresh);
    Change next = type(one, "b");

    assertEquals(fresh, one.replica());
    assertEquals(new Dot(fresh, 1), next.dot());
    assertEquals(List.of(dot(1, 1)), next.dependencies());
    assertEquals("ab", one.text("body").toString());
    assertEquals(VersionVector.of(dot(1, 1), dot(2, 1)), one.versionVector());
  }

  @Test
  void aReplicaIdThatIsInUseIsNotFresh() {
    Document one = peers.document(1);
    type(one, "a");
    Document two = peers.document(2);
    type(two, "x");
    one.apply(Peers.all(two));

    DocumentException refused =
        assertThrows(DocumentException.class, () -> one.replaceReplica(Peers.id(2)));
    assertEquals(DocumentException.REPLICA_IN_USE, refused.code());
    assertThrows(DocumentException.class, () -> one.replaceReplica(Peers.id(1)));
    assertEquals(Peers.id(1), one.replica());
  }

  @Test
  void ownChangesThatComeBackAfterARestoredBackupAreApplied() {
    Document one = peers.document(1);
    type(one, "a");
    Document restored = peers.document(1);
    restored.apply(Peers.all(one));
    type(one, "b");
    restored.replaceReplica(Peers.id(3));
    type(restored, "!");

    assertEquals(1, restored.apply(Peers.all(one)).applied());

    assertEquals(0, restored.heldCount());
    assertEquals(VersionVector.of(dot(1, 2), dot(3, 1)), restored.versionVector());
  }
}
