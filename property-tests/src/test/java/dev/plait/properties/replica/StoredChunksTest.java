package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of a chunk's bytes on the way from store to store. */
final class StoredChunksTest {
  private static final long START = 1_800_000_000_000L;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final WireCodec codec = WireCodec.create();
  private int seed;

  /** A replica and the store under it. */
  private final class Place {
    final InMemoryDisk disk;
    final ChangeStore store;
    final Document note;

    Place() {
      this(new InMemoryDisk());
    }

    Place(InMemoryDisk disk) {
      this.disk = disk;
      this.store = InMemoryStore.open(disk);
      Random random = new Random(++seed);
      this.note =
          Replica.builder()
              .store(store)
              .scheduler(time)
              .time(time)
              .random(random)
              .build()
              .document("note");
    }

    void type(String text) {
      for (char letter : text.toCharArray()) {
        note.transact(tx -> tx.text("body").append(String.valueOf(letter)));
        time.advance(100);
      }
    }

    List<Chunk> stored() {
      List<Chunk> chunks = new ArrayList<>();
      store.readChunks("note", VersionVector.EMPTY, chunks::add);
      return chunks;
    }
  }

  @Test
  void whatTheAuthorEncodedIsWhatEverybodyStores() {
    Place author = new Place();
    author.type("hello");
    byte[] bundle = author.note.changesSince(VersionVector.EMPTY);
    List<Chunk> encoded = codec.decodeBundle(bundle);
    assertEquals(1, encoded.size());

    Place relay = new Place();
    relay.note.apply(bundle);
    Place reader = new Place();
    reader.note.applyChunks(relay.note.chunksSince(VersionVector.EMPTY, 1 << 16));

    assertEquals(encoded, relay.stored());
    assertEquals(encoded, reader.stored());
  }

  @Test
  void keystrokesSentOneByOneAreStoredAsTheyCame() {
    Place author = new Place();
    Place reader = new Place();
    for (String letter : List.of("a", "b", "c")) {
      author.type(letter);
      VersionVector held = reader.note.versionVector();
      reader.note.apply(author.note.changesSince(held));
    }

    assertEquals(3, author.stored().size());
    assertEquals(author.stored(), reader.stored());
  }

  @Test
  void whatIsNewInAChunkThatIsPartlyKnownIsStoredByItself() {
    Place author = new Place();
    author.type("ab");
    Place reader = new Place();
    reader.note.apply(author.note.changesSince(VersionVector.EMPTY));
    final VersionVector two = author.note.versionVector();
    author.type("cd");

    reader.note.apply(author.note.changesSince(VersionVector.EMPTY));

    List<Chunk> expected = new ArrayList<>(author.note.chunksSince(two, 1 << 16));
    expected.add(0, reader.stored().get(0));
    assertEquals(expected, reader.stored());
    assertEquals(2, reader.stored().get(0).header().lastCounter());
  }

  @Test
  void aBlockThatWaitedForAnotherIsStoredAsItCame() {
    Place first = new Place();
    first.type("first");
    Place second = new Place();
    second.note.apply(first.note.changesSince(VersionVector.EMPTY));
    second.type("second");
    List<Chunk> chunks = new ArrayList<>(second.note.chunksSince(VersionVector.EMPTY, 1 << 16));
    assertEquals(2, chunks.size());
    Collections.reverse(chunks);

    Place reader = new Place();
    assertEquals(11, reader.note.applyChunks(chunks).applied());

    chunks.sort((a, b) -> a.header().replica().compareTo(b.header().replica()));
    assertEquals(chunks, reader.stored());
  }

  @Test
  void aDocumentOpensFromManyOverlappingChunks() {
    Place author = new Place();
    Place other = new Place();
    for (int i = 0; i < 40; i++) {
      author.type("ab");
      other.note.apply(author.note.changesSince(VersionVector.EMPTY));
      other.type("c");
      author.note.apply(other.note.changesSince(VersionVector.EMPTY));
    }
    Place again = new Place(author.disk.copy());

    assertArrayEquals(author.note.canonicalBytes(), again.note.canonicalBytes());
    assertEquals(
        author.note.changes(VersionVector.EMPTY).size(),
        again.note.changes(VersionVector.EMPTY).size());
    Snapshot snapshot = again.note.snapshot();
    assertEquals(author.note.snapshot(), snapshot);
  }
}
