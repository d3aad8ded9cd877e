package dev.plait.sync;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are nothing but their chunks, one change each. What comes too early waits; a
 * compacted document hands out its old chunks only as a snapshot.
 */
final class FakeDocuments implements SyncDocuments {

  private final ReplicaId replica;
  private final Map<String, Shelf> shelves = new TreeMap<>();
  private Consumer<String> onGrowth = document -> {};

  /** What the peer was said to hold that cannot be. */
  final List<String> contradictions = new ArrayList<>();

  /** What the peer was said to hold as it is here. */
  final Set<String> same = new TreeSet<>();

  /** Whose changes are not given away for now; null to give all. */
  @Nullable ReplicaId secret;

  /** Documents of which the peer was said to hold more of our own than we do. */
  final List<String> ahead = new ArrayList<>();

  int pulls;
  int snapshotsTaken;
  int duplicates;

  /** Keeps what is received from counting as durable. */
  boolean holdBack;

  /** What receiving throws, if anything. */
  @Nullable RuntimeException failure;

  FakeDocuments(long replica) {
    this.replica = ReplicaId.of(0, replica);
  }

  private static final class Shelf {
    final TreeMap<Dot, Chunk> chunks = new TreeMap<>();
    final Set<Chunk> early = new TreeSet<>(Comparator.comparing(chunk -> chunk.header().last()));
    VersionVector version = VersionVector.EMPTY;
    VersionVector compacted = VersionVector.EMPTY;
    long clock = HybridTimestamp.MIN_VALID.bits();
  }

  private Shelf shelf(String document) {
    return shelves.computeIfAbsent(document, key -> new Shelf());
  }

  void whenGrown(Consumer<String> listener) {
    onGrowth = listener;
  }

  /** Makes a change of this many bytes. */
  void write(String document, int bytes) {
    Shelf shelf = shelf(document);
    Dot dot = new Dot(replica, shelf.version.get(replica) + 1);
    List<Dot> seen = new ArrayList<>(shelf.version.dots());
    seen.removeIf(other -> other.replica().equals(replica));
    Chunk previous =
        dot.counter() == 1 ? null : shelf.chunks.get(new Dot(replica, dot.counter() - 1));
    HybridTimestamp before = previous == null ? HybridTimestamp.ZERO : previous.header().lastTime();
    HybridTimestamp time = new HybridTimestamp(++shelf.clock);
    ChunkHeader header =
        new ChunkHeader(
            document, replica, dot.counter(), dot.counter(), seen, before, time, time, 0);
    put(shelf, Chunk.of(header, PlainChanges.counting(dot.hashCode(), bytes)));
    onGrowth.accept(document);
  }

  /** Lets the clock of a document go on. */
  void advance(String document, int ticks) {
    shelf(document).clock += ticks;
  }

  /** Hands out all there is now only as a snapshot from now on. */
  void compact(String document) {
    shelf(document).compacted = version(document);
  }

  /** All changes of a document. */
  List<Chunk> chunks(String document) {
    return List.copyOf(shelf(document).chunks.values());
  }

  /** All documents with all their changes. */
  Map<String, Map<Dot, Chunk>> content() {
    Map<String, Map<Dot, Chunk>> content = new TreeMap<>();
    shelves.forEach(
        (document, shelf) -> {
          if (!shelf.chunks.isEmpty()) {
            content.put(document, new TreeMap<>(shelf.chunks));
          }
        });
    return content;
  }

  @Override
  public ReplicaId replica() {
    return replica;
  }

  @Override
  public List<String> documents() {
    return List.copyOf(shelves.keySet());
  }

  @Override
  public VersionVector version(String document) {
    Shelf shelf = shelves.get(document);
    return shelf == null || holdBack ? VersionVector.EMPTY : shelf.version;
  }

  @Override
  public @Nullable HybridTimestamp time(String document, Dot change) {
    Chunk chunk = shelf(document).chunks.get(change);
    return chunk == null ? null : chunk.header().lastTime();
  }

  @Override
  public void onContradiction(String document, Dot change, HybridTimestamp theirs) {
    contradictions.add(document + " " + change);
  }

  @Override
  public void onSame(String document, Dot change, HybridTimestamp time) {
    same.add(document + " " + change);
  }

  @Override
  public void onOwnCounterAhead(String document, long counter) {
    ahead.add(document + " " + counter);
  }

  @Override
  public Outgoing changesSince(String document, VersionVector since, int maxBytes) {
    pulls++;
    Shelf shelf = shelf(document);
    if (!since.dominates(shelf.compacted)) {
      return new Outgoing.Compacted();
    }
    List<Chunk> all = new ArrayList<>(shelf.chunks.values());
    all.removeIf(
        chunk -> since.contains(chunk.header().last()) || chunk.header().replica().equals(secret));
    all.sort(Comparator.comparing(chunk -> chunk.header().firstTime()));
    List<Chunk> fitting = new ArrayList<>();
    int room = maxBytes;
    for (Chunk chunk : all) {
      // The size that the chunk's header has in the plain codec counts too.
      room -= chunk.size() + CHUNK_ALLOWANCE + 100 + 24 * chunk.header().dependencies().size();
      if (room < 0) {
        return fitting.isEmpty() ? new Outgoing.Compacted() : new Outgoing.Chunks(fitting);
      }
      fitting.add(chunk);
    }
    return new Outgoing.Chunks(fitting);
  }

  @Override
  public StoredSnapshot snapshot(String document) {
    snapshotsTaken++;
    Shelf shelf = shelf(document);
    return new StoredSnapshot(document, shelf.version, PlainCodec.bytes(shelf.chunks.values()));
  }

  @Override
  public void receive(String document, List<Chunk> chunks) {
    take(document, chunks);
  }

  @Override
  public void receiveSnapshot(StoredSnapshot snapshot) {
    take(snapshot.document(), PlainCodec.chunks(snapshot.bytes()));
  }

  private void take(String document, Collection<Chunk> chunks) {
    if (failure != null) {
      throw failure;
    }
    Shelf shelf = shelf(document);
    VersionVector before = shelf.version;
    for (Chunk chunk : chunks) {
      if (before.contains(chunk.header().last())) {
        duplicates++;
      } else {
        shelf.early.add(chunk);
      }
    }
    while (shelf.early.removeIf(chunk -> isNext(shelf, chunk) && put(shelf, chunk))) {
      shelf.early.removeIf(chunk -> shelf.version.contains(chunk.header().last()));
    }
    if (!shelf.version.equals(before)) {
      onGrowth.accept(document);
    }
  }

  private static boolean isNext(Shelf shelf, Chunk chunk) {
    ChunkHeader header = chunk.header();
    return shelf.version.get(header.replica()) == header.firstCounter() - 1
        && shelf.version.dominates(VersionVector.from(header.dependencies()));
  }

  private static boolean put(Shelf shelf, Chunk chunk) {
    ChunkHeader header = chunk.header();
    shelf.chunks.put(header.last(), chunk);
    shelf.version = shelf.version.with(header.last());
    shelf.clock = Math.max(shelf.clock, header.lastTime().bits());
    return true;
  }
}
