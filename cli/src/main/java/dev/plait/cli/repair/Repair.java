package dev.plait.cli.repair;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.cli.node.Address;
import dev.plait.cli.store.CheckText;
import dev.plait.cli.store.DataDirectory;
import dev.plait.cli.store.Verification;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.sync.DocumentStatus;
import dev.plait.wire.WireCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/*
 * THE ORDER
 *
 * First everything that the peer has, into an empty store, under an id that nobody has used. So it
 * is known what only the damaged store has, and only that has to be in memory. It is taken by the
 * documents, which look at what depends on what; what misses something waits, and is offered again
 * while the peer is met a second time, which brings the peer what it did not have.
 *
 * The ids that wrote in the damaged store become former ids after that. Where they turn out to have
 * given names out twice, as after a backup was restored and nobody noticed, what was salvaged is a
 * branch: the document is dropped and taken in the other order, so that the document finds where
 * the branch begins when it meets the peer, and makes it again under the new id.
 *
 * What was made again once must not be made a second time under a third id: text would be there
 * twice. So before the second meeting, from which on the peer may have some of it, it is written
 * down that all is taken. From there on the new store stays, and a repair that was cut short goes
 * on with it.
 */
/** Builds a store anew from what can be read of a damaged one and from what a peer has. */
final class Repair {
  private static final String UNTOUCHED = "the damaged store is as it was";
  private static final String GOES_ON =
      UNTOUCHED + "; run the same command again, it goes on from there";

  private final DataDirectory damaged;
  private final Address peer;
  private final long patienceSeconds;
  private final RandomGenerator random;
  private final Workshop workshop;
  private RepairReport report = new RepairReport();
  private final Map<String, VersionVector> before = new TreeMap<>();
  private final Set<String> branched = new TreeSet<>();

  Repair(
      DataDirectory damaged,
      Workshop workshop,
      Address peer,
      long patienceSeconds,
      RandomGenerator random) {
    this.damaged = damaged;
    this.workshop = workshop;
    this.peer = peer;
    this.patienceSeconds = patienceSeconds;
    this.random = random;
  }

  /**
   * Builds the store in the workshop and closes it; goes on with what was begun.
   *
   * @return what there is to tell
   * @throws RepairException PEER_SILENT
   */
  RepairReport run() {
    String taken = workshop.taken();
    try (ChangeStore store = workshop.begin().openLike(damaged)) {
      Salvaged salvaged = taken == null ? begin(store) : resume(store, taken);
      report.becomes(store.identity(), salvaged.identities());
      StoreCheck check = Verification.of(store, WireCodec.create());
      if (!check.isSound()) {
        throw new StoreException.Corrupt(
            "what was built anew is not sound, so "
                + damaged.path()
                + " was left as it was: "
                + CheckText.damages("damaged", check),
            null);
      }
    }
    return report;
  }

  private Salvaged begin(ChangeStore store) {
    Salvaged salvaged = meetAndSalvage(store);
    boolean known = !salvaged.identities().isEmpty();
    if (known) {
      salvaged.identities().forEach(former -> become(store, former));
      become(store, ReplicaId.random(random));
    }
    try (Replica replica = open(store)) {
      branched.forEach(name -> takeAnew(replica, name));
      offer(replica, salvaged);
      meetAgain(store, replica, salvaged);
    }
    return salvaged;
  }

  /** What only waits is in memory alone, so it is offered again. */
  private Salvaged resume(ChangeStore store, String taken) {
    report = RepairReport.resumed(taken);
    branched.addAll(Workshop.namesIn(taken));
    try (Replica replica = open(store)) {
      Salvaged salvaged =
          Salvaged.of(
                  damaged,
                  header -> !Intake.isHeld(replica.document(header.document()), header),
                  state -> false)
              .salvaged();
      for (String name : branched) {
        Salvaged.Pieces pieces = salvaged.documents().get(name);
        if (pieces != null) { // what was made here has come in already, under one name or another
          List<Chunk> others = pieces.ofOthersThan(salvaged.identities());
          new Intake(replica.document(name)).takeChunks(others);
        }
      }
      offer(replica, salvaged);
      meetAgain(store, replica, salvaged);
      return salvaged;
    }
  }

  private static void become(ChangeStore store, ReplicaId identity) {
    store.commit(StoreBatch.builder().identity(identity).build());
  }

  private Replica open(ChangeStore store) {
    return Replica.builder().store(store).compaction(CompactionPolicy.none()).build();
  }

  private List<DocumentStatus> meet(Replica replica, String whatIsLeft) {
    try (Meeting meeting = new Meeting(replica, peer, whatIsLeft)) {
      return meeting.untilEqual(patienceSeconds);
    }
  }

  /** Takes all that the peer has, then what only the damaged store has. */
  private Salvaged meetAndSalvage(ChangeStore store) {
    try (Replica replica = open(store)) {
      meet(replica, UNTOUCHED);
      for (String name : replica.documents()) {
        before.put(name, replica.document(name).versionVector());
      }
      report.brought(before.values());
      Salvaged.Reading reading =
          Salvaged.of(
              damaged,
              header -> !Intake.isHeld(replica.document(header.document()), header),
              state ->
                  !replica.document(state.document()).versionVector().dominates(state.version()));
      report.read(reading.check());
      Salvaged salvaged = reading.salvaged();
      salvaged.documents().forEach((name, pieces) -> take(replica.document(name), pieces));
      for (String name : salvaged.documents().keySet()) {
        if (isBranched(store, name, salvaged.identities())) {
          branched.add(name);
        } else {
          report.saved(
              before.getOrDefault(name, VersionVector.EMPTY),
              replica.document(name).versionVector(),
              salvaged.identities());
        }
      }
      return salvaged;
    }
  }

  private void take(Document document, Salvaged.Pieces pieces) {
    Intake intake = new Intake(document);
    intake.take(pieces);
    intake.refusals().forEach(refusal -> report.notSaved(document.name(), refusal));
  }

  private static boolean isBranched(ChangeStore store, String name, Set<ReplicaId> own) {
    return store.suspects(name).stream().anyMatch(suspect -> own.contains(suspect.replica()));
  }

  /** Takes a document in the other order: first what was salvaged, then what the peer has. */
  private void takeAnew(Replica replica, String name) {
    replica.forget(name);
    Salvaged all =
        Salvaged.of(
                damaged,
                header -> header.document().equals(name),
                state -> state.document().equals(name))
            .salvaged();
    all.documents().values().forEach(pieces -> take(replica.document(name), pieces));
  }

  private void offer(Replica replica, Salvaged salvaged) {
    salvaged
        .documents()
        .forEach(
            (name, pieces) -> {
              if (!branched.contains(name)) {
                new Intake(replica.document(name)).takeChunks(pieces.chunks);
              }
            });
  }

  /** Brings the peer what it does not have, and settles what it knows by other names. */
  private void meetAgain(ChangeStore store, Replica replica, Salvaged salvaged) {
    workshop.keep(branched, report.unfinished());
    List<DocumentStatus> refused = meet(replica, GOES_ON);
    Set<String> doubtful = Meeting.inDoubt(replica);
    if (!doubtful.isEmpty()) {
      for (String name : doubtful) {
        report.notSaved(
            name,
            "some of what was made here has names that the peer knows as other changes, and it"
                + " can't tell any more which; what the peer has was taken");
      }
      workshop.keep(branched, report.unfinished());
      doubtful.forEach(replica::forget);
      refused = meet(replica, GOES_ON);
    }
    refused.forEach(report::refused);
    tellOutcome(store, replica, salvaged);
  }

  private void tellOutcome(ChangeStore store, Replica replica, Salvaged salvaged) {
    Set<String> names = new TreeSet<>(branched);
    names.addAll(salvaged.documents().keySet());
    for (String name : names) {
      Document document = replica.document(name);
      Salvaged.Pieces pieces = salvaged.documents().get(name);
      if (branched.contains(name)) {
        report.madeAgain(name, document.versionVector().get(replica.id()));
        report.waiting(document);
      } else if (pieces != null) {
        List<ChunkHeader> headers = pieces.chunks.stream().map(Chunk::header).toList();
        Intake.missing(headers, document.heldVersion())
            .forEach(range -> report.notSaved(document, range));
      }
      store.suspects(name).forEach(suspect -> report.contradicted(document, suspect));
    }
  }
}
