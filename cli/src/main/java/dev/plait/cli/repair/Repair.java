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
 */
/** Builds a store anew from what can be read of a damaged one and from what a peer has. */
final class Repair {
  private final DataDirectory damaged;
  private final Address peer;
  private final long patienceSeconds;
  private final RandomGenerator random;
  private final RepairReport report = new RepairReport();
  private final Map<String, VersionVector> before = new TreeMap<>();
  private final Set<String> branched = new TreeSet<>();

  Repair(DataDirectory damaged, Address peer, long patienceSeconds, RandomGenerator random) {
    this.damaged = damaged;
    this.peer = peer;
    this.patienceSeconds = patienceSeconds;
    this.random = random;
  }

  /**
   * Builds the store and closes it.
   *
   * @param place where; nothing is there
   * @return what there is to tell
   * @throws RepairException PEER_SILENT
   */
  RepairReport into(DataDirectory place) {
    try (ChangeStore store = place.openLike(damaged)) {
      Salvaged salvaged = meetAndSalvage(store);
      boolean known = !salvaged.identities().isEmpty();
      if (known) {
        salvaged.identities().forEach(former -> become(store, former));
        become(store, ReplicaId.random(random));
      }
      meetAgain(store, salvaged);
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

  private static void become(ChangeStore store, ReplicaId identity) {
    store.commit(StoreBatch.builder().identity(identity).build());
  }

  private Replica open(ChangeStore store) {
    return Replica.builder().store(store).compaction(CompactionPolicy.none()).build();
  }

  /** Takes all that the peer has, then what only the damaged store has. */
  private Salvaged meetAndSalvage(ChangeStore store) {
    try (Replica replica = open(store)) {
      try (Meeting meeting = new Meeting(replica, peer)) {
        meeting.untilEqual(patienceSeconds);
      }
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

  /** Brings the peer what it does not have, and settles what it knows by other names. */
  private void meetAgain(ChangeStore store, Salvaged salvaged) {
    try (Replica replica = open(store)) {
      for (String name : branched) {
        replica.forget(name);
        Salvaged all =
            Salvaged.of(
                    damaged,
                    header -> header.document().equals(name),
                    state -> state.document().equals(name))
                .salvaged();
        all.documents().values().forEach(pieces -> take(replica.document(name), pieces));
      }
      salvaged
          .documents()
          .forEach(
              (name, pieces) -> {
                if (!branched.contains(name)) {
                  new Intake(replica.document(name)).takeChunks(pieces.chunks);
                }
              });
      try (Meeting meeting = new Meeting(replica, peer)) {
        for (DocumentStatus refused : meeting.untilEqual(patienceSeconds)) {
          report.refused(refused);
        }
      }
      tellOutcome(store, replica, salvaged);
    }
  }

  private void tellOutcome(ChangeStore store, Replica replica, Salvaged salvaged) {
    salvaged
        .documents()
        .forEach(
            (name, pieces) -> {
              Document document = replica.document(name);
              if (branched.contains(name)) {
                report.madeAgain(name, document.versionVector().get(replica.id()));
                report.waiting(document);
              } else {
                List<ChunkHeader> headers = pieces.chunks.stream().map(Chunk::header).toList();
                Intake.missing(headers, document.heldVersion())
                    .forEach(range -> report.notSaved(document, range));
              }
              store.suspects(name).forEach(suspect -> report.contradicted(document, suspect));
            });
  }
}
