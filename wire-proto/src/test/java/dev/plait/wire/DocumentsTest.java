package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.document.ListEditor;
import dev.plait.document.MapEditor;
import dev.plait.document.TextEditor;
import dev.plait.document.Transaction;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What real documents make goes through the codec unharmed. */
class DocumentsTest {
  private static final int DOCUMENTS = 3;

  private final AtomicLong wall = new AtomicLong(1_795_348_800_000L);

  private DocumentBuilder builder(int replica) {
    return Document.builder("board", ReplicaId.of(replica, ~replica))
        .clock(HybridLogicalClock.builder(wall::get).build())
        .codec(WireCodec.create());
  }

  private static void edit(Transaction tx, Random random) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      MapEditor map = random.nextBoolean() ? tx.map("map") : tx.map("map").map("inner");
      String key = "key" + random.nextInt(3);
      switch (random.nextInt(11)) {
        case 0 -> tx.register("register").set(random.nextLong());
        case 1 -> tx.mvRegister("mv").set(Value.of(List.of(Value.of(random.nextInt()))));
        case 2 -> tx.set("set").add("member" + random.nextInt(4));
        case 3 -> tx.set("set").remove("member" + random.nextInt(4));
        case 4 -> tx.counter("counter").add(1L + random.nextInt(9));
        case 5 -> map.put(key, Value.of(random.nextDouble()));
        case 6 -> map.remove(List.of(key, "inner", "body", "votes").get(random.nextInt(4)));
        case 7 -> map.counter("votes").increment();
        case 8 -> editList(tx.list("list"), random);
        default -> editText(random.nextBoolean() ? tx.text("text") : map.text("body"), random);
      }
    }
  }

  private static void editList(ListEditor list, Random random) {
    int size = list.size();
    switch (random.nextInt(4)) {
      case 0 -> list.insert(random.nextInt(size + 1), List.of(Value.nil(), Value.of("item")));
      case 1 -> list.insert(random.nextInt(size + 1), ContainerType.TEXT);
      case 2 -> {
        if (size > 0) {
          list.delete(random.nextInt(size), 1);
        }
      }
      default -> {
        for (int i = 0; i < size; i++) {
          if (list.content(i) instanceof dev.plait.value.Child) {
            list.text(i).append("inside");
          }
        }
      }
    }
  }

  private static void editText(TextEditor text, Random random) {
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

  private void exchange(Document to, Document from, Random random) {
    boolean hasHistory = to.versionVector().dominates(from.historyFloor());
    var report =
        hasHistory && random.nextInt(4) > 0
            ? to.apply(from.changesSince(to.versionVector()))
            : to.join(from.encodedSnapshot());
    assertTrue(report.isComplete(), report::toString);
  }

  @Test
  void documentsConvergeOverBytes() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Document[] documents = new Document[DOCUMENTS];
      for (int i = 0; i < DOCUMENTS; i++) {
        documents[i] = builder(i + 1).build();
      }
      for (int step = 0; step < 60; step++) {
        wall.addAndGet(random.nextInt(100));
        Document one = documents[random.nextInt(DOCUMENTS)];
        if (random.nextInt(4) > 0) {
          one.transact(tx -> edit(tx, random));
        } else {
          Document other = documents[random.nextInt(DOCUMENTS)];
          if (one != other) {
            exchange(one, other, random);
          }
        }
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < DOCUMENTS; i++) {
          exchange(documents[i], documents[(i + 1) % DOCUMENTS], random);
        }
      }
      assertConverged(documents, seed);
    }
  }

  private void assertConverged(Document[] documents, int seed) {
    byte[] canonical = documents[0].canonicalBytes();
    byte[] snapshot = documents[0].encodedSnapshot();
    for (Document document : documents) {
      assertArrayEquals(canonical, document.canonicalBytes(), "seed " + seed);
      assertArrayEquals(snapshot, document.encodedSnapshot(), "seed " + seed);
      assertEquals(documents[0].frontier(), document.frontier());
    }
    Document opened = builder(9).open(snapshot);
    assertArrayEquals(canonical, opened.canonicalBytes(), "seed " + seed);
    assertArrayEquals(snapshot, opened.encodedSnapshot(), "seed " + seed);
  }

  @Test
  void wholeHistoryGoesThroughOneBundle() {
    Document written = builder(1).build();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      wall.addAndGet(10);
      written.transact(tx -> editText(tx.text("text"), random));
    }
    byte[] history = written.changesSince(VersionVector.empty());
    Document fresh = builder(2).build();
    assertTrue(fresh.apply(history).isComplete());
    assertArrayEquals(written.canonicalBytes(), fresh.canonicalBytes());
    assertTrue(history.length < 2_000 * 30, () -> history.length + " bytes");
  }
}
