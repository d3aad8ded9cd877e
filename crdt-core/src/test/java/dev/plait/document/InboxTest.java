package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What waits, what for, and how much of it. */
final class InboxTest {
  private static final ReplicaId A = ReplicaId.of(1, 1);
  private static final ReplicaId B = ReplicaId.of(2, 2);
  private static final ReplicaId C = ReplicaId.of(3, 3);
  private static final ContainerId COUNTER = ContainerId.root("n", ContainerType.COUNTER);
  private static final long SIZE = ChangeSize.of(change(A, 1));

  private final ArrayDeque<Change> ready = new ArrayDeque<>();

  private static Change change(ReplicaId author, long counter) {
    HybridTimestamp time = new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + counter);
    Operation one = new Operation.CounterAdd(new Stamp(time, author, 0), 1);
    return new Change(
        new Dot(author, counter),
        List.of(),
        HybridTimestamp.ZERO,
        time,
        1,
        List.of(new ContainerOperation(COUNTER, one)));
  }

  private static Inbox inbox(int changes, long bytes) {
    return new Inbox(Limits.defaults().withPending(changes, bytes));
  }

  private static Inbox roomy() {
    return inbox(100, 100 * SIZE);
  }

  /** Lets changes of an author wait, each for the one before it. */
  private static Inbox chain(Inbox inbox, ReplicaId author, long first, long last) {
    for (long counter = first; counter <= last; counter++) {
      inbox.add(change(author, counter), new Dot(author, counter - 1));
    }
    return inbox;
  }

  private static List<Dot> dots(List<Inbox.Waiting> waiting) {
    return waiting.stream().map(one -> one.change().dot()).toList();
  }

  private List<Dot> released() {
    List<Dot> dots = ready.stream().map(Change::dot).toList();
    ready.clear();
    return dots;
  }

  private static List<Dot> dots(ReplicaId author, long... counters) {
    return LongStream.of(counters).mapToObj(counter -> new Dot(author, counter)).toList();
  }

  private static void assertHolds(Inbox inbox, List<Dot> expected) {
    assertEquals(expected, dots(inbox.waiting()));
    assertEquals(expected.size(), inbox.size());
    assertEquals(expected.size() * SIZE, inbox.bytes());
    for (Dot dot : expected) {
      Inbox.Waiting found = inbox.find(dot);
      assertNotNull(found);
      assertEquals(dot, found.change().dot());
    }
  }

  @Test
  void whatWaitsIsFoundByItsNameAndInOrderOfArrival() {
    Inbox inbox = roomy();
    inbox.add(change(B, 5), new Dot(A, 2));
    inbox.add(change(A, 3), new Dot(A, 2));

    assertHolds(inbox, List.of(new Dot(B, 5), new Dot(A, 3)));
    assertEquals(new Dot(A, 2), inbox.waiting().get(0).missing());
    assertNull(inbox.find(new Dot(A, 2)));
    assertTrue(inbox.holdsAny(A));
    assertTrue(inbox.holdsAny(B));
    assertFalse(inbox.holdsAny(C));
  }

  @Test
  void changeThatWaitsAlreadyIsNotCountedTwice() {
    Inbox inbox = chain(roomy(), A, 2, 2);
    inbox.add(change(A, 2), new Dot(B, 9));

    assertHolds(inbox, dots(A, 2));
    inbox.applied(B, 9, 9, ready);
    assertEquals(List.of(), released());
  }

  @Test
  void appliedChangeReleasesWhatWaitsForItAndNothingElse() {
    Inbox inbox = roomy();
    inbox.add(change(B, 2), new Dot(A, 1));
    inbox.add(change(C, 2), new Dot(A, 1));
    inbox.add(change(B, 9), new Dot(A, 2));
    inbox.add(change(C, 9), new Dot(B, 1));

    inbox.applied(A, 1, 1, ready);

    assertEquals(List.of(new Dot(B, 2), new Dot(C, 2)), released());
    assertHolds(inbox, List.of(new Dot(B, 9), new Dot(C, 9)));
  }

  @Test
  void appliedChangeThatWaitedItselfIsDiscarded() {
    Inbox inbox = chain(roomy(), A, 2, 4);

    inbox.applied(A, 3, 3, ready);

    assertEquals(dots(A, 4), released());
    assertHolds(inbox, dots(A, 2));
  }

  @Test
  void longRunOfAppliedChangesReleasesAndDiscardsAsShortOnesDo() {
    Inbox inbox = roomy();
    inbox.add(change(A, 10), new Dot(A, 9));
    inbox.add(change(A, 99), new Dot(A, 98));
    inbox.add(change(A, 100), new Dot(B, 7));
    inbox.add(change(B, 1), new Dot(A, 10));
    inbox.add(change(B, 2), new Dot(A, 99));
    inbox.add(change(B, 3), new Dot(A, 9));
    inbox.add(change(B, 50), new Dot(A, 100));
    inbox.add(change(C, 50), new Dot(C, 49));

    inbox.applied(A, 10, 99, ready);

    assertEquals(List.of(new Dot(B, 1), new Dot(B, 2)), released());
    assertHolds(inbox, List.of(new Dot(A, 100), new Dot(B, 3), new Dot(B, 50), new Dot(C, 50)));
  }

  @Test
  void runAsLongAsTheInboxIsLookedThroughOnceEither() {
    for (long last = 3; last <= 5; last++) {
      Inbox inbox = roomy();
      inbox.add(change(B, 1), new Dot(A, 3));
      inbox.add(change(B, 2), new Dot(A, last));
      inbox.add(change(A, last), new Dot(C, 1));

      inbox.applied(A, 3, last, ready);

      assertEquals(dots(B, 1, 2), released());
      assertHolds(inbox, List.of());
    }
  }

  @Test
  void nothingIsReleasedByChangesOfOthers() {
    Inbox inbox = chain(roomy(), A, 2, 3);

    inbox.applied(B, 1, 3, ready);
    inbox.applied(B, 1, 300, ready);

    assertEquals(List.of(), released());
    assertHolds(inbox, dots(A, 2, 3));
  }

  @Test
  void emptyInboxHasNothingToRelease() {
    Inbox inbox = roomy();
    inbox.applied(A, 1, 1, ready);
    inbox.held(A, 1, 1, ready);

    assertEquals(List.of(), released());
    assertHolds(inbox, List.of());
  }

  @Test
  void changeKeptAsideReleasesWhatWaitsForItAndStaysItself() {
    Inbox inbox = chain(roomy(), A, 2, 5);

    inbox.held(A, 2, 3, ready);

    assertEquals(dots(A, 3, 4), released());
    assertHolds(inbox, dots(A, 2, 5));
  }

  @Test
  void changesOfOneReplicaAreReconsideredTogether() {
    Inbox inbox = chain(chain(roomy(), A, 2, 3), B, 2, 2);
    inbox.add(change(B, 9), new Dot(A, 1));

    inbox.reconsider(A, ready);

    assertEquals(dots(A, 2, 3), released());
    assertHolds(inbox, dots(B, 2, 9));
    inbox.applied(A, 1, 1, ready);
    assertEquals(dots(B, 9), released());
  }

  @Test
  void changeThatWasTakenOutIsNotReleasedLater() {
    Inbox inbox = roomy();
    inbox.add(change(A, 2), new Dot(C, 1));
    inbox.add(change(B, 2), new Dot(C, 1));

    inbox.reconsider(A, ready);
    assertEquals(dots(A, 2), released());
    inbox.applied(C, 1, 1, ready);

    assertEquals(dots(B, 2), released());
    assertHolds(inbox, List.of());
  }

  @Test
  void drainingLeavesNothing() {
    Inbox inbox = chain(roomy(), A, 2, 4);

    assertEquals(dots(A, 2, 3, 4), inbox.drain().stream().map(Change::dot).toList());

    assertHolds(inbox, List.of());
    inbox.add(change(B, 1), new Dot(A, 9));
    for (long counter = 1; counter <= 4; counter++) {
      inbox.applied(A, counter, counter, ready);
    }
    assertEquals(List.of(), released());
    assertHolds(inbox, dots(B, 1));
  }

  @Test
  void inboxIsFullAtEitherBoundAndNotBefore() {
    assertFalse(chain(inbox(3, 100 * SIZE), A, 2, 3).isFull());
    assertTrue(chain(inbox(3, 100 * SIZE), A, 2, 4).isFull());
    assertFalse(chain(inbox(100, 2 * SIZE + 1), A, 2, 3).isFull());
    assertTrue(chain(inbox(100, 2 * SIZE), A, 2, 3).isFull());
  }

  @Test
  void whatIsOverABoundIsHandedBackLatestFirst() {
    Inbox fitting = chain(inbox(3, 3 * SIZE), A, 2, 4);
    assertEquals(List.of(), fitting.trim());
    assertHolds(fitting, dots(A, 2, 3, 4));

    Inbox many = chain(inbox(3, 100 * SIZE), A, 2, 6);
    assertEquals(dots(A, 6, 5), dots(many.trim()));
    assertHolds(many, dots(A, 2, 3, 4));

    Inbox large = chain(inbox(100, 2 * SIZE), A, 2, 5);
    assertEquals(dots(A, 5, 4), dots(large.trim()));
    assertHolds(large, dots(A, 2, 3));
  }
}
