package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.VersionVector;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session after session over a line that brings up again what was said in any of them. */
class OldFramesTest {

  private static final List<String> DOCUMENTS = List.of("doc0", "doc1", "doc2");

  private final PlainCodec codec = new PlainCodec();
  private final End a = new End(0xa);
  private final End b = new End(0xb);

  /** One of two ends, with all it ever said, and what it knows to be durable at the other. */
  private final class End {
    final FakeDocuments documents;
    final List<byte[]> said = new ArrayList<>();
    final Map<String, VersionVector> durable = new HashMap<>();
    final Map<Integer, String> theirHandles = new HashMap<>();
    Subscription subscription = Subscription.all();
    SyncSession session;
    int number;

    End(long replica) {
      documents = new FakeDocuments(replica);
      session = start();
      documents.whenGrown(document -> session.onDocumentChanged(document));
    }

    private SyncSession start() {
      number++;
      theirHandles.clear();
      return SyncSession.start(
          documents,
          codec,
          Ends.SMALL,
          SyncSettings.defaults().withSubscription(subscription).withSession(number),
          SyncListener.none());
    }

    void begin() {
      session = start();
    }

    /** Takes a frame, and notes what it acknowledges if it is one of this session. */
    void hear(byte[] frame) {
      session.onFrame(frame);
      if (!(codec.decodeMessage(frame) instanceof SyncMessage.ToSession addressed)
          || addressed.session() != number) {
        return;
      }
      if (addressed.message() instanceof SyncMessage.Have have) {
        theirHandles.put(have.handle(), have.document());
        durable.merge(have.document(), have.version(), VersionVector::merge);
      } else if (addressed.message() instanceof SyncMessage.Ack ack
          && theirHandles.containsKey(ack.handle())) {
        durable.merge(theirHandles.get(ack.handle()), ack.advanced(), VersionVector::merge);
      }
    }

    /** The next frame, which holds nothing that this session knows to be durable. */
    byte[] speak() {
      byte[] frame = session.poll();
      if (frame == null) {
        return new byte[0];
      }
      said.add(frame);
      if (codec.decodeMessage(frame) instanceof SyncMessage.ToSession addressed
          && addressed.message() instanceof SyncMessage.Changes changes
          && theirHandles.containsValue(changes.document())) {
        VersionVector known = durable.getOrDefault(changes.document(), VersionVector.EMPTY);
        for (Chunk chunk : changes.chunks()) {
          assertFalse(known.contains(chunk.header().last()), "sent again: " + chunk);
        }
      }
      return frame;
    }
  }

  /** Whether anything was said. */
  private boolean carry(End from, End to, boolean isLost) {
    byte[] frame = from.speak();
    if (frame.length > 0 && !isLost) {
      to.hear(frame);
    }
    assertClaimsAreTrue();
    return frame.length > 0;
  }

  private void assertClaimsAreTrue() {
    assertNull(a.session.end());
    assertNull(b.session.end());
    if (a.session.isInSync() && b.session.isInSync()) {
      assertHoldsWhatItWants(a, b);
      assertHoldsWhatItWants(b, a);
    }
  }

  private static void assertHoldsWhatItWants(End listener, End speaker) {
    for (String document : DOCUMENTS) {
      if (listener.subscription.matches(document)) {
        VersionVector held = speaker.documents.version(document);
        assertTrue(listener.documents.version(document).dominates(held), document);
      }
    }
  }

  private void talk() {
    boolean speaks = true;
    while (speaks) {
      speaks = carry(a, b, false);
      speaks |= carry(b, a, false);
    }
  }

  private void untilInSync() {
    for (int i = 0; i < 400 && !(a.session.isInSync() && b.session.isInSync()); i++) {
      talk();
      a.session.onTick();
      b.session.onTick();
    }
    assertTrue(a.session.isInSync() && b.session.isInSync());
    assertClaimsAreTrue();
  }

  private void replay(Random random, End from, End to) {
    if (!from.said.isEmpty()) {
      to.hear(from.said.get(random.nextInt(from.said.size())));
      assertClaimsAreTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void convergesThroughLossAndFramesOfAllSessionsBefore(long seed) {
    Random random = new Random(seed);
    List<Subscription> wishes =
        List.of(
            Subscription.all(),
            Subscription.to(List.of("doc1", "doc2")),
            Subscription.prefix("doc1"),
            Subscription.none());
    for (int session = 0; session < 8; session++) {
      a.subscription = wishes.get(random.nextInt(wishes.size()));
      b.subscription = wishes.get(random.nextInt(wishes.size()));
      a.begin();
      b.begin();
      for (int step = 0; step < 300; step++) {
        int dice = random.nextInt(100);
        if (dice < 4) {
          End writer = random.nextBoolean() ? a : b;
          writer.documents.write(DOCUMENTS.get(random.nextInt(3)), 1 + random.nextInt(300));
        } else if (dice < 40) {
          carry(a, b, random.nextInt(4) == 0);
        } else if (dice < 76) {
          carry(b, a, random.nextInt(4) == 0);
        } else if (dice < 84) {
          replay(random, a, b);
        } else if (dice < 92) {
          replay(random, b, a);
        } else {
          a.session.onTick();
          b.session.onTick();
        }
      }
      untilInSync();
    }
    a.subscription = Subscription.all();
    b.subscription = Subscription.all();
    a.begin();
    b.begin();
    untilInSync();
    assertEquals(a.documents.content(), b.documents.content());
  }

  @Test
  void convergesWhereverItIsCut() {
    for (int cut = 0; cut < 40; cut++) {
      a.documents.write("doc0", 300);
      a.documents.write("doc1", 600);
      b.documents.write("doc1", 600);
      b.documents.write("doc2", 300);
      a.begin();
      b.begin();
      for (int i = 0; i < cut; i++) {
        carry(i % 2 == 0 ? a : b, i % 2 == 0 ? b : a, false);
      }
      a.begin();
      b.begin();
      untilInSync();
      assertEquals(a.documents.content(), b.documents.content());
      assertEquals(0, a.documents.duplicates + b.documents.duplicates, "cut after " + cut);
    }
  }

  @Test
  void aFarewellOfAnEarlierSessionIsNotHeard() {
    untilInSync();
    a.session.close();
    byte[] farewell = a.speak();
    a.begin();
    b.begin();
    talk();

    b.hear(farewell);

    assertNull(b.session.end());
  }
}
