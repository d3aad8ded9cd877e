package dev.plait.properties.defect;

import java.nio.file.Path;
import java.util.List;

/** The mistakes that the tests of this module have to notice, each where it would be made. */
final class PlantedDefects {
  private static final Path CLOCK = Path.of("../causal-clock/src/main/java/dev/plait/clock");
  private static final Path CORE = Path.of("../crdt-core/src/main/java/dev/plait");
  private static final Path DISK = Path.of("src/main/java/dev/plait/properties/simulation/disk");
  private static final String TESTS = "dev.plait.properties.";

  static final List<Defect> ALL =
      List.of(
          // The wall clock has not moved on since the last stamp, and the counter does not either:
          // two changes of one replica get the same stamp.
          new Defect(
              "HLC not bumped on equal time",
              CLOCK.resolve("HybridLogicalClock.java"),
              "wallMillis - before.millis() <= allowedLagMillis;",
              "wallMillis - before.millis() < allowedLagMillis;",
              Suspect.test(
                  TESTS + "clock.ClockProperties",
                  "everyStampIsAboveAllIssuedObservedAndTheRestartFloor"),
              "==> expected: <true>"),
          // A batch takes changes along, but not the clock's reading: after a restart with a slow
          // wall clock the replica stamps below what it stamped before.
          new Defect(
              "clock not persisted",
              CORE.resolve("replica/HostedDocument.java"),
              "StoreBatch.builder().clock(commit.clock());",
              "StoreBatch.builder();",
              Suspect.test(
                  TESTS + "replica.CommitOrderTest",
                  "afterARestartStampsAreAboveThoseOfAllDocumentsThoughOnlyOneIsOpened"),
              "was issued after"),
          // An import moves the clock before the store has taken it: when the store refuses, the
          // clock has seen what the document has not.
          new Defect(
              "clock advanced on a failed batch",
              CORE.resolve("document/Incoming.java"),
              "persist(state, run, false);\n              return decided;",
              "run.showTo(clock);\n persist(state, run, false);\n return decided;",
              Suspect.test(
                  TESTS + "replica.ReplicaTest",
                  "importTheStoreRefusesLeavesDocumentVersionAndClockAsTheyWere"),
              "expected: <2027-01-15T08:00:00.000Z+0> but was: <2027-01-15T08:00:01.000Z+0>"),
          // A stretch of changes is applied although another author's change that one of them
          // depends on is not here.
          new Defect(
              "dependency check skipped",
              CORE.resolve("document/Block.java"),
              ": authors.includes(dependency);",
              ": true;",
              Suspect.test(
                  TESTS + "document.CausalOrderProperties",
                  "nothingIsAppliedBeforeEverythingItsAuthorHadSeen"),
              "applied too early"),
          // An add that comes a second time, after its element was removed, adds it again.
          new Defect(
              "duplicate applied",
              CORE.resolve("crdt/AddWinsSet.java"),
              "operation instanceof Operation.SetAdd add && !seen.covers(add.id())) {",
              "operation instanceof Operation.SetAdd add) {",
              Suspect.test(
                  TESTS + "crdt.AddWinsSetProperties", "operationsDeliveredAgainChangeNothing"),
              "An operation that is delivered again changes nothing"),
          // Two writes with equal times are told apart by what else they hold, not by who made
          // them.
          new Defect(
              "tie broken without the replica",
              CLOCK.resolve("Stamp.java"),
              "order = replica.compareTo(other.replica);",
              "order = Integer.compare(ordinal, other.ordinal);",
              Suspect.test(
                  TESTS + "clock.NameProperties",
                  "stampsAreTotallyOrderedByTimeThenReplicaThenOrdinal"),
              "expected: <"),
          // A remove takes the element away as such, with adds that the remover had not seen.
          new Defect(
              "remove dropping unseen adds",
              CORE.resolve("crdt/AddWinsSet.java"),
              "      removeAll(remove.observed(), touched, rollback);",
              """
                    for (ElementId id : remove.observed()) {
                      Value value = entries.find(id);
                      if (value != null) {
                        entries.removeAll(value, rollback);
                      }
                    }
              """,
              Suspect.test(TESTS + "crdt.AddWinsSetProperties", "concurrentOperationsCommute"),
              "Concurrent operations commute"),
          // A replica whose store was restored from a backup goes on under its old id, and gives
          // numbers again that others know as other changes.
          new Defect(
              "counter reused after restore",
              CORE.resolve("replica/Identity.java"),
              "if (stored != null && !store.isCopy()) {",
              "if (stored != null) {",
              Suspect.test(
                  TESTS + "replica.IdentityTest",
                  "storeThatKnowsItIsACopyGetsAFreshIdBeforeAnythingIsWritten"),
              "expected: <false> but was: <true>"),
          // A commit returns before what it wrote is on the disk, and the power fails.
          new Defect(
              "acknowledged before sync",
              DISK.resolve("SimulatedStore.java"),
              "durability == Durability.FULL || commits % RELAXED_COMMITS_A_SYNC == 0",
              "commits % RELAXED_COMMITS_A_SYNC == 0",
              Suspect.test(
                  TESTS + "store.SimulatedCrashTest",
                  "aCommitThatACrashInterruptsIsThereWhollyOrNotAtAll"),
              "neither before nor after"),
          // The disk says that it could not sync, and nobody listens.
          new Defect(
              "sync error swallowed",
              DISK.resolve("SimulatedStore.java"),
              "    if (!disk.sync()) {\n      failed = true;\n      throw failure();\n    }\n",
              "    disk.sync();\n",
              Suspect.test(
                  TESTS + "store.SimulatedFaultsTest",
                  "aFailedSyncFailsTheStoreUntilItIsOpenedAgain"),
              "nothing was thrown"),
          // A snapshot that is joined empties the inbox: what waited for it is gone.
          new Defect(
              "snapshot losing pending",
              CORE.resolve("document/Import.java"),
              "state.inbox.drain().forEach(this::offer);",
              "state.inbox.drain();",
              Suspect.test(
                  TESTS + "document.PendingTest",
                  "aJoinedSnapshotSetsFreeWhatWaitedForAChangeInIt"),
              "what waited for the snapshot"),
          // History is given up while a peer has not said yet that it holds what was made here.
          new Defect(
              "compaction ignoring a laggard",
              CORE.resolve("replica/Upkeep.java"),
              "waitsForPeers = !isShared();",
              "waitsForPeers = false;",
              Suspect.test(TESTS + "replica.UpkeepTest", "historyThatNoPeerHasIsKeptUntilOneHasIt"),
              "expected: <[]>"),
          // A change from a clock far ahead is told to be kept aside, and is not.
          new Defect(
              "future change dropped",
              CORE.resolve("document/Holding.java"),
              "    if (rest != null) {\n      put(rest);",
              "    if (rest != null) {\n      if (reason.kind() != HeldReason.Kind.TIME) put(rest);",
              Suspect.test(
                  TESTS + "document.QuarantineProperties",
                  "changesFromAFastClockWaitForTheirTimeAndThenBothAreEqual"),
              "but was: <0>"),
          // What came is acknowledged, whether there was room for it or not: the peer never sends
          // it again.
          new Defect(
              "pending dropped at the cap but marked seen",
              CORE.resolve("sync/Exchange.java"),
              "progress.onReceived(chunks, documents.version(document));",
              "progress.onReceived(chunks, documents.version(document).merge(named.build()));",
              Suspect.test(
                  TESTS + "replica.CrampedPendingTest", "whatFoundNoRoomComesAgainWhenThereIsSome"),
              "what has arrived"),
          // Whoever goes on after an interruption leaves out the first change the peer lacks.
          new Defect(
              "resume skipping one",
              CORE.resolve("sync/DocumentProgress.java"),
              "    onTheirs(version);\n    if (news) {",
              """
                  VersionVector.Builder from = version.toBuilder();
                  for (Dot last : version.dots()) {
                    if (ours.get(last.replica()) > last.counter()) {
                      from.advance(new Dot(last.replica(), last.counter() + 1));
                    }
                  }
                  onTheirs(from.build());
                  if (news) {
              """,
              Suspect.test(
                  TESTS + "replica.ReplicaTest",
                  "replicasCutApartEditOnAndConvergeWithoutBeingAskedTo"),
              "expected: <[bb1ad573:2, bb2c7239:1]> but was: <[bb1ad573:1, bb2c7239:1]>"),
          // The entries of a set are written in the order in which a hash table has them.
          new Defect(
              "map iteration order reaching bytes",
              CORE.resolve("crdt/SetEntries.java"),
              "    entries.sort(ORDER);\n",
              "",
              Suspect.test(TESTS + "crdt.AddWinsSetProperties", "equalOperationsGiveEqualBytes"),
              "Equal operations give equal bytes"),
          // Of two texts put at one place the one that came first stands first.
          new Defect(
              "integrate tie by arrival",
              CORE.resolve("sequence/Integration.java"),
              "if (isBelow(author, element)) {",
              "if (false && isBelow(author, element)) {",
              Suspect.test(TESTS + "crdt.TextProperties", "concurrentOperationsCommute"),
              "Concurrent operations commute"),
          // A session in which something goes wrong goes on as if nothing had.
          new Defect(
              "session error swallowed",
              CORE.resolve("replica/SessionLink.java"),
              "done = true;\n      end(new Loss(broken.toString(), true, null));",
              "done = true;",
              Suspect.test(
                  TESTS + "replica.CommitOrderTest",
                  "aStoreThatRefusesWhatAPeerSendsEndsTheLinkAndThePeerIsNotInSync"),
              "a link goes on"),
          // Listeners are told of a transaction before the store has taken it.
          new Defect(
              "event before commit",
              CORE.resolve("document/Document.java"),
              """
                      persist(state, change);
                      transaction.commit(change);
                      if (!audience.isEmpty()) {
                        DocumentEvent.Origin origin = DocumentEvent.Origin.LOCAL;
                        Dot dot = change.dot();
                        events.queue(new DocumentEvent(this, origin, dot, transaction.patches()), audience);
                      }
              """,
              """
                      if (!audience.isEmpty()) {
                        DocumentEvent.Origin origin = DocumentEvent.Origin.LOCAL;
                        Dot dot = change.dot();
                        events.queue(new DocumentEvent(this, origin, dot, transaction.patches()), audience);
                      }
                      persist(state, change);
                      transaction.commit(change);
              """,
              Suspect.test(
                  TESTS + "replica.CommitOrderTest",
                  "listenersHearNothingOfATransactionThatTheStoreRefused"),
              "expected: <[bb1ad573:1]> but was: <[bb1ad573:1, bb1ad573:1]>"));

  private PlantedDefects() {}
}
