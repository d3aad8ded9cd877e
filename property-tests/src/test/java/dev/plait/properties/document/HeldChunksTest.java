package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.document.ApplyOutcome;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a store holds of changes that an old release can't apply, before and after an upgrade. */
final class HeldChunksTest {
  private static final String NAME = "doc";
  private static final ReplicaId AUTHOR = ReplicaId.of(1, 1);
  private static final Codec NEW = WireCodec.create();

  /** Knows no chunk of the author that reaches its fourth change or further. */
  private static final Codec OLD =
      new OlderCodec(header -> !header.replica().equals(AUTHOR) || header.lastCounter() < 4);

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final Document author = document(AUTHOR);
  private final InMemoryDisk disk = new InMemoryDisk();
  private ChangeStore store = InMemoryStore.open(disk);

  private Document document(ReplicaId id) {
    return Document.builder(NAME, id)
        .clock(HybridLogicalClock.builder(time).build())
        .codec(NEW)
        .build();
  }

  private Document open(Codec codec) {
    store.close();
    store = InMemoryStore.open(disk);
    Document document =
        Replica.builder()
            .store(store)
            .codec(codec)
            .scheduler(time)
            .time(time)
            .random(new Random(3))
            .build()
            .document(NAME);
    document.heldVersion(); // loads it
    time.advance(1);
    return document;
  }

  private void type(Document document, int letters) {
    for (int i = 0; i < letters; i++) {
      time.advance(2000);
      document.transact(tx -> tx.text("body").append("x"));
    }
  }

  private List<Chunk> chunks() {
    List<Chunk> chunks = new ArrayList<>();
    store.readChunks(NAME, VersionVector.EMPTY, chunks::add);
    return chunks;
  }

  private static VersionVector upTo(long counter) {
    return VersionVector.of(new Dot(AUTHOR, counter));
  }

  @Test
  void aChunkThatCanNotBeReadIsKeptAndRelayedByteForByteAndAppliedAfterAnUpgrade() {
    type(author, 3);
    Document relay = open(OLD);
    relay.apply(author.changesSince(VersionVector.EMPTY));
    type(author, 5);
    byte[] news = author.changesSince(upTo(3));
    final List<Chunk> sent = NEW.decodeBundle(news);

    ApplyReport report = relay.apply(news);

    assertEquals(5, report.held());
    assertTrue(report.toString().contains(ApplyOutcome.Held.NEWER_FORMAT));
    assertEquals(sent, store.quarantined(NAME));
    assertEquals(upTo(3), relay.versionVector());
    assertEquals(upTo(8), relay.heldVersion());
    assertEquals(sent, relay.chunksSince(upTo(3), 1 << 16));
    assertEquals(author.time(new Dot(AUTHOR, 8)), relay.time(new Dot(AUTHOR, 8)));

    Document again = open(OLD);
    assertEquals(upTo(8), again.heldVersion());
    assertEquals(sent, again.chunksSince(upTo(3), 1 << 16));

    Document upgraded = open(NEW);
    assertEquals(Face.of(author), Face.of(upgraded));
    assertEquals(0, upgraded.heldCount());
    assertEquals(List.of(), store.quarantined(NAME));
    assertTrue(chunks().containsAll(sent), "as they came");
  }

  @Test
  void aDocumentWithoutAHostKeepsAndRelaysWhatItCanNotRead() {
    type(author, 5);
    byte[] all = author.changesSince(VersionVector.EMPTY);
    Document relay =
        Document.builder(NAME, ReplicaId.of(2, 2))
            .clock(HybridLogicalClock.builder(time).build())
            .codec(OLD)
            .build();

    assertEquals(5, relay.apply(all).held());
    assertEquals(5, relay.apply(all).held());

    Document reader = document(ReplicaId.of(3, 3));
    reader.apply(relay.changesSince(VersionVector.EMPTY));
    assertEquals(Face.of(author), Face.of(reader));
  }

  @Test
  void whatANewerReleaseSaysInShorterChunksIsAppliedAsFarAsItCanBeRead() {
    type(author, 5);
    Document relay = open(OLD);
    assertEquals(5, relay.apply(author.changesSince(VersionVector.EMPTY)).held());

    Document early = document(ReplicaId.of(4, 4));
    early.apply(author.changes(VersionVector.EMPTY).subList(0, 3));
    assertEquals(3, relay.apply(early.changesSince(VersionVector.EMPTY)).applied());

    assertEquals(upTo(3), relay.versionVector());
    assertEquals(upTo(5), relay.heldVersion());
    Document upgraded = open(NEW);
    assertEquals(Face.of(author), Face.of(upgraded));
  }

  @Test
  void whatTurnsOutToBeMalformedAfterAnUpgradeStaysAsideAndTheDocumentOpens() {
    type(author, 6);
    Document relay = open(OLD);
    Chunk good = author.chunksSince(VersionVector.EMPTY, 1 << 16).get(0);
    byte[] bytes = Arrays.copyOf(good.bytes(), good.size() - 1);
    relay.applyChunks(List.of(Chunk.of(good.header(), bytes)));

    Document upgraded = open(NEW);

    assertEquals(VersionVector.EMPTY, upgraded.versionVector());
    assertEquals(upTo(6), upgraded.heldVersion());
    upgraded.transact(tx -> tx.text("body").append("mine"));
    assertEquals("mine", upgraded.text("body").toString());
  }

  @Test
  void aChunkThatCanNotBeReadButFollowsAnotherChangeGivesItsAuthorAway() {
    type(author, 3);
    Document relay = open(OLD);
    relay.apply(author.changesSince(VersionVector.EMPTY));
    type(author, 2);
    Chunk next = author.chunksSince(upTo(3), 1 << 16).get(0);
    ChunkHeader header = next.header();
    ChunkHeader other =
        new ChunkHeader(
            NAME,
            AUTHOR,
            4,
            5,
            header.dependencies(),
            new HybridTimestamp(header.previousTime().bits() + 1),
            header.firstTime(),
            header.lastTime(),
            header.revision());

    ApplyReport report = relay.applyChunks(List.of(Chunk.of(other, next.bytes())));

    assertEquals(2, report.held());
    assertTrue(report.toString().contains(ApplyOutcome.Held.EQUIVOCATION));
    assertEquals(List.of(new Dot(AUTHOR, 3)), store.suspects(NAME));
  }

  @Test
  void aSuspectStaysOneOverARestart() {
    type(author, 2);
    Document reader = open(NEW);
    reader.apply(author.changesSince(VersionVector.EMPTY));
    reader.compare(new Dot(AUTHOR, 2), HybridTimestamp.MIN_VALID);
    type(author, 2);

    Document again = open(NEW);
    assertEquals(2, again.apply(author.changesSince(upTo(2))).held());
    Document third = open(NEW);

    assertEquals(upTo(2), third.versionVector());
    assertEquals(upTo(4), third.heldVersion());
    assertEquals(2, third.heldCount());
  }

  @Test
  void aJoinedSnapshotSetsFreeWhatWaitedForIt() {
    type(author, 5);
    Document second = document(ReplicaId.of(2, 2));
    second.apply(author.changesSince(VersionVector.EMPTY));
    type(second, 2);
    Document reader = open(OLD);
    reader.apply(second.changesSince(VersionVector.EMPTY));
    assertEquals(7, reader.heldCount());

    reader.join(author.encodedSnapshot());

    assertEquals(Face.of(second), Face.of(reader));
    assertEquals(0, reader.heldCount());
    assertEquals(List.of(), store.quarantined(NAME));
  }

  @Test
  void whatIsKeptAsideStaysWhenMoreIsOfferedThanThereIsRoomFor() {
    Document narrow =
        Document.builder(NAME, ReplicaId.of(2, 2))
            .clock(HybridLogicalClock.builder(time).build())
            .codec(NEW)
            .limits(Limits.defaults().withPending(3, 1 << 20))
            .build();
    type(author, 1);
    narrow.apply(author.changesSince(VersionVector.EMPTY));
    narrow.compare(new Dot(AUTHOR, 1), HybridTimestamp.MIN_VALID);
    type(author, 2);
    narrow.apply(author.changesSince(upTo(1)));
    assertEquals(upTo(3), narrow.heldVersion());
    type(author, 2);

    ApplyReport report = narrow.apply(author.changesSince(upTo(1)));

    assertEquals(3, report.held());
    assertEquals(1, report.rejected());
    assertEquals(upTo(4), narrow.heldVersion());
    assertEquals(3, narrow.heldCount());
  }
}
