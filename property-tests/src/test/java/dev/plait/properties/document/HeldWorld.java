package dev.plait.properties.document;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Authors of a new release, readers of an old one that now and then start anew, and packets between
 * all of them; one author may be two programs under one id.
 */
final class HeldWorld {
  private static final String NAME = "doc";
  private static final long START = 1_800_000_000_000L;
  private static final int AUTHORS = 3;
  private static final int READERS = 2;

  /** Every third change of the first author says something only a new release can read. */
  private static final Codec OLD =
      new OlderCodec(
          header ->
              !header.replica().equals(id(0))
                  || (header.firstCounter() / 3 == header.lastCounter() / 3
                      && header.firstCounter() % 3 != 0));

  private final Random random;
  private final VirtualTime time = VirtualTime.startingAt(START);
  private final boolean cloned;
  final List<Document> authors = new ArrayList<>();
  final List<Reader> readers = new ArrayList<>();
  final List<String> problems = new ArrayList<>();

  /** Who only keeps and relays what it can't read. */
  final class Reader {
    final InMemoryDisk disk = new InMemoryDisk();
    private ChangeStore store;
    Document document;

    Reader(Codec codec) {
      store = InMemoryStore.open(disk);
      document = open(codec);
    }

    private Document open(Codec codec) {
      return Replica.builder()
          .store(store)
          .codec(codec)
          .scheduler(time)
          .time(time)
          .random(random)
          .build()
          .document(NAME);
    }

    void restart(Codec codec) {
      VersionVector held = document.heldVersion();
      long count = document.heldCount();
      Set<Dot> suspects = new HashSet<>(store.suspects(NAME));
      store.close();
      store = InMemoryStore.open(disk);
      document = open(codec);
      expect(held.equals(document.heldVersion()), held + " became " + document.heldVersion());
      expect(count == document.heldCount(), count + " became " + document.heldCount());
      expect(suspects.equals(new HashSet<>(store.suspects(NAME))), "suspects forgotten");
      document.releaseQuarantine();
      expect(document.heldVersion().dominates(held), "less is held than was");
    }

    /** Merges its chunks, of which it keeps some that it can't read. */
    void merge() {
      VersionVector held = document.heldVersion();
      List<Chunk> aside = store.quarantined(NAME);
      document.mergeChunks();
      expect(held.equals(document.heldVersion()), held + " became " + document.heldVersion());
      expect(aside.equals(store.quarantined(NAME)), "what was kept aside is not what it was");
    }

    boolean suspects(ReplicaId author) {
      return store.suspects(NAME).stream().anyMatch(dot -> dot.replica().equals(author));
    }
  }

  /**
   * @param cloned whether the second author is two programs, the last of {@link #authors} the other
   */
  HeldWorld(long seed, boolean cloned) {
    this.random = new Random(seed);
    this.cloned = cloned;
    for (int i = 0; i < AUTHORS; i++) {
      authors.add(author(i));
    }
    if (cloned) {
      authors.add(author(1));
    }
    for (int i = 0; i < READERS; i++) {
      readers.add(new Reader(OLD));
    }
  }

  static ReplicaId id(int number) {
    return ReplicaId.of(5, number);
  }

  private Document author(int number) {
    return Document.builder(NAME, id(number))
        .clock(HybridLogicalClock.builder(time).build())
        .codec(WireCodec.create())
        .build();
  }

  void play(int steps) {
    for (int i = 0; i < steps; i++) {
      time.advance(random.nextInt(3000));
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> edit(any(authors));
        case 3 -> pull();
        case 4, 5, 6 -> send();
        case 7 -> any(readers).merge();
        default -> any(readers).restart(OLD);
      }
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void edit(Document author) {
    int length = author.text("body").length();
    int at = random.nextInt(length + 1);
    String word = "abc".substring(random.nextInt(3));
    author.transact(
        tx -> {
          if (random.nextInt(4) == 0) {
            tx.set("tags").add(word);
          } else if (length > 3 && random.nextInt(3) == 0) {
            tx.text("body").delete(at / 2, 1);
          } else {
            tx.text("body").insert(at, word);
          }
        });
  }

  /** The third author hears from the first only, so that nothing of it hangs on a clone. */
  private void pull() {
    if (cloned) {
      authors.get(2).apply(authors.get(0).changesSince(authors.get(2).heldVersion()));
    } else {
      Document to = any(authors);
      to.apply(any(authors).changesSince(to.heldVersion()));
    }
  }

  /** Some chunks, in any order, from anybody to a reader. */
  private void send() {
    Document to = any(readers).document;
    Document from = random.nextBoolean() ? any(authors) : any(readers).document;
    VersionVector since = random.nextBoolean() ? to.heldVersion() : VersionVector.EMPTY;
    List<Chunk> chunks = new ArrayList<>(from.chunksSince(since, 1 + random.nextInt(400)));
    Collections.shuffle(chunks, random);
    imports(to, chunks);
  }

  /** Lets {@code to} take everything of {@code from} that it does not hold yet. */
  void exchange(Document from, Document to) {
    VersionVector sent = to.heldVersion();
    List<Chunk> chunks = from.chunksSince(sent, 500);
    while (!chunks.isEmpty()) {
      imports(to, chunks);
      for (Chunk chunk : chunks) {
        sent = sent.with(chunk.header().last());
      }
      chunks = from.chunksSince(sent, 500);
    }
  }

  private void imports(Document to, List<Chunk> chunks) {
    Set<Dot> received = new HashSet<>();
    chunks.forEach(chunk -> addAll(received, range(chunk)));
    VersionVector before = to.heldVersion();
    ApplyReport report = to.applyChunks(chunks);
    Set<Dot> told = new HashSet<>();
    for (ApplyOutcome outcome : report.outcomes()) {
      addAll(told, outcome.changes());
      Dot last = new Dot(outcome.changes().replica(), outcome.changes().last());
      boolean applied =
          outcome instanceof ApplyOutcome.Applied || outcome instanceof ApplyOutcome.Duplicate;
      expect(!applied || to.versionVector().contains(last), "not there: " + outcome);
      boolean full =
          outcome instanceof ApplyOutcome.Rejected rejected
              && !rejected.code().equals(ApplyOutcome.Rejected.EQUIVOCATION);
      expect(!full, "an honest change is " + outcome);
    }
    expect(told.containsAll(received), "untold: " + received + " in " + report);
    expect(to.heldVersion().dominates(before), "less is held than was");
    expect(to.heldVersion().dominates(to.versionVector()), "what is applied is held");
  }

  private static DotRange range(Chunk chunk) {
    return new DotRange(
        chunk.header().replica(), chunk.header().firstCounter(), chunk.header().lastCounter());
  }

  private static void addAll(Set<Dot> dots, DotRange range) {
    for (long counter = range.first(); counter <= range.last(); counter++) {
      dots.add(new Dot(range.replica(), counter));
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      problems.add(otherwise);
    }
  }

  /** Every reader hears from all, first as the old release and then as the new one. */
  void meetAndUpgrade() {
    meet();
    readers.forEach(reader -> reader.restart(WireCodec.create()));
    meet();
  }

  private void meet() {
    for (int round = 0; round < 2; round++) {
      for (Reader to : readers) {
        authors.forEach(from -> exchange(from, to.document));
        readers.forEach(from -> exchange(from.document, to.document));
      }
    }
  }
}
