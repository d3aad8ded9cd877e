package dev.plait.wire;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import dev.plait.document.ListEditor;
import dev.plait.document.MapEditor;
import dev.plait.document.TextEditor;
import dev.plait.document.Transaction;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two people who edit a document with everything it has, and a third who has heard of part of it:
 * what the third is sent next is what a stranger would forge. Equal seeds give equal stories.
 */
final class FuzzStory {
  static final String DOCUMENT = "notes/42";
  static final long START = 1_795_348_800_000L;
  private static final int STEPS = 14;
  private static final int HEARD = 6;

  private final Random random;
  private final Codec codec = WireCodec.create();
  private final AtomicLong wall = new AtomicLong(START);
  private final Document ada;
  private final Document bob;
  private final Document listener;
  private final List<byte[]> bundles = new ArrayList<>();
  private final List<byte[]> chunks = new ArrayList<>();
  private final List<byte[]> snapshots = new ArrayList<>();

  FuzzStory(long seed) {
    random = new Random(seed);
    ada = fresh(1);
    bob = fresh(2);
    listener = fresh(3);
    for (int step = 0; step < STEPS; step++) {
      wall.addAndGet(random.nextInt(300));
      Document one = random.nextBoolean() ? ada : bob;
      if (random.nextInt(4) == 0) {
        typing(one);
      } else {
        one.transact(this::edit);
      }
      if (random.nextInt(3) == 0) {
        Document other = one == ada ? bob : ada;
        other.apply(one.changesSince(other.versionVector()));
      }
      if (step == HEARD) {
        listener.apply(ada.changesSince(VersionVector.empty()));
      }
    }
    wall.addAndGet(1);
    for (Document document : List.of(ada, bob)) {
      VersionVector heard = listener.versionVector();
      bundles.add(document.changesSince(heard));
      bundles.add(document.changesSince(VersionVector.empty()));
      snapshots.add(document.encodedSnapshot());
      for (Chunk chunk : document.chunksSince(heard, 1 << 16)) {
        chunks.add(chunk.bytes());
      }
    }
  }

  private Document fresh(int number) {
    return Document.builder(DOCUMENT, ReplicaId.of(number, ~number))
        .clock(clock())
        .codec(codec)
        .build();
  }

  /** A clock that stands where the story ends. */
  HybridLogicalClock clock() {
    return HybridLogicalClock.builder(wall::get).build();
  }

  /** The document of the one who has heard only part of it, each time anew. */
  Document listener(HybridLogicalClock clock) {
    return listener.fork(ReplicaId.of(4, 4), clock);
  }

  /** Nobody's document, with nothing in it. */
  Document nobody() {
    return fresh(9);
  }

  /** What the listener can be sent, as bundles. */
  List<byte[]> bundles() {
    return bundles;
  }

  /** What the listener lacks, as chunks. */
  List<byte[]> chunks() {
    return chunks;
  }

  /** What others have. */
  List<byte[]> snapshots() {
    return snapshots;
  }

  /** What the listener has of one of them. */
  Dot heard() {
    return listener.versionVector().dots().get(0);
  }

  private void typing(Document document) {
    boolean deletes = random.nextBoolean();
    for (int i = random.nextInt(12); i > 0; i--) {
      wall.addAndGet(100);
      document.transact(
          tx -> {
            TextEditor text = tx.text("body");
            int length = text.length();
            if (deletes && length > 0 && Character.isLetter(text.charAt(length - 1))) {
              text.delete(length - 1, 1);
            } else {
              text.append("k");
            }
          });
    }
  }

  private void edit(Transaction tx) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      MapEditor map = random.nextBoolean() ? tx.map("board") : tx.map("board").map("inner");
      String key = "key" + random.nextInt(3);
      String member = "member" + random.nextInt(4);
      switch (random.nextInt(12)) {
        case 0 -> tx.register("title").set(random.nextLong());
        case 1 -> tx.mvRegister("owner").set(Value.of(List.of(Value.of(random.nextInt()))));
        case 2 -> tx.set("tags").add(member);
        case 3 -> tx.set("tags").remove(member);
        case 4 -> tx.counter("votes").add(random.nextBoolean() ? 1L << random.nextInt(40) : -1);
        case 5 -> map.put(key, Value.of(random.nextDouble()));
        case 6 -> map.remove(List.of(key, "inner", "body", "votes").get(random.nextInt(4)));
        case 7 -> map.counter("votes").increment();
        case 8, 9 -> editList(tx.list("tasks"));
        default -> editText(random.nextBoolean() ? tx.text("body") : map.text("body"));
      }
    }
  }

  private void editList(ListEditor list) {
    int size = list.size();
    int at = random.nextInt(size + 1);
    switch (random.nextInt(6)) {
      case 0, 1 -> list.insert(at, List.of(Value.nil(), Value.of("item"), Value.of(2.5)));
      case 2 -> list.insert(at, ContainerType.TEXT);
      case 3 -> {
        if (at < size) {
          list.delete(at, 1);
        }
      }
      case 4 -> {
        if (at < size && list.get(at) != null) {
          list.set(at, Value.of(random.nextInt()));
        }
      }
      default -> {
        if (size > 1) {
          list.move(random.nextInt(size), random.nextInt(size));
        }
      }
    }
  }

  private void editText(TextEditor text) {
    int at = random.nextInt(text.length() + 1);
    if (at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at))) {
      at--;
    }
    if (random.nextInt(3) > 0 || at == text.length()) {
      text.insert(at, random.nextBoolean() ? "word" : "𝄞𝄞");
    } else {
      text.delete(at, Character.isHighSurrogate(text.charAt(at)) ? 2 : 1);
    }
  }
}
