package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.VersionVector;
import dev.plait.message.SyncMessage;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.transport.Link;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast a session speaks, and how soon it says something again. */
class SyncPaceTest {

  private final Ends ends = new Ends().begin();
  private final FakeDocuments docsA = ends.docsA;
  private final NarrowLink link = new NarrowLink();

  /** Takes as many frames as it is told. */
  private static final class NarrowLink implements Link {
    int room;
    final List<SyncMessage> taken = new ArrayList<>();

    @Override
    public boolean offer(byte[] frame) {
      if (taken.size() >= room) {
        return false;
      }
      SyncMessage message = new PlainCodec().decodeMessage(frame);
      taken.add(message instanceof SyncMessage.ToSession addressed ? addressed.message() : message);
      return true;
    }

    @Override
    public void close() {
      room = 0;
    }
  }

  @BeforeEach
  void agreeThatADocumentIsEmpty() {
    ends.talk();
    ends.introduce(ends.a, ends.docsB.replica());
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, false));
    ends.fetch(ends.a);
  }

  /** How many ticks pass until the session speaks. */
  private int ticksUntilItSpeaks() {
    for (int ticks = 1; ticks <= 1000; ticks++) {
      ends.a.onTick();
      if (!ends.fetch(ends.a).isEmpty()) {
        return ticks;
      }
    }
    return -1;
  }

  private void answer() {
    ends.tell(ends.a, Ends.have("doc", docsA.version("doc"), false));
  }

  @Test
  void sendsAgainWhatIsNotAcknowledged() {
    docsA.write("doc", 10);
    List<SyncMessage> first = ends.fetch(ends.a);

    ends.a.onTick();
    assertEquals(List.of(), ends.fetch(ends.a));
    ends.a.onTick();

    assertEquals(1, Ends.only(Changes.class, first).size());
    assertEquals(first, ends.fetch(ends.a));
  }

  @Test
  void sendsAgainOnlyWhatIsNotAcknowledged() {
    docsA.write("doc", 500);
    docsA.write("doc", 500);
    List<SyncMessage> both = ends.fetch(ends.a);
    assertEquals(2, both.size());

    ends.tell(
        ends.a,
        Ends.have("doc", VersionVector.of(docsA.chunks("doc").get(0).header().last()), false));
    ends.a.onTick();
    ends.a.onTick();

    assertEquals(both.subList(1, 2), ends.fetch(ends.a));
  }

  @Test
  void speaksEverMoreRarelyIntoTheVoid() {
    docsA.write("doc", 10);
    ends.fetch(ends.a);

    for (int expected : new int[] {2, 4, 8, 16, 32, 64, 64}) {
      assertEquals(expected, ticksUntilItSpeaks());
    }
  }

  @Test
  void isQuickAgainAfterAnOutage() {
    docsA.write("doc", 10);
    ends.fetch(ends.a);
    while (ticksUntilItSpeaks() < Patience.LONGEST) {
      assertEquals(List.of(), ends.fetch(ends.a));
    }
    answer();

    docsA.write("doc", 10);
    ends.fetch(ends.a);
    ends.a.onTick();
    answer();
    docsA.write("doc", 10);
    ends.fetch(ends.a);

    assertEquals(4, ticksUntilItSpeaks());
  }

  @Test
  void doesNotLearnFromAnAnswerToWhatItSaidTwice() {
    docsA.write("doc", 10);
    ends.fetch(ends.a);
    assertEquals(2, ticksUntilItSpeaks());
    assertEquals(4, ticksUntilItSpeaks());
    answer();

    docsA.write("doc", 10);
    ends.fetch(ends.a);

    assertEquals(8, ticksUntilItSpeaks());
  }

  @Test
  void expectsNoAnswerWhileTheLinkHasNoRoom() {
    docsA.write("doc", 500);
    ends.a.drainTo(link);

    for (int i = 0; i < 1000; i++) {
      ends.a.onTick();
    }
    link.room = 100;
    ends.a.drainTo(link);

    assertEquals(1, link.taken.size());
    assertEquals(2, ticksUntilItSpeaks());
  }

  @Test
  void holdsNoMoreThanOneFrameForALinkWithoutRoom() {
    for (int i = 0; i < 50; i++) {
      docsA.write("doc", 800);
      docsA.write("doc" + i, 800);
      ends.a.onTick();
      ends.a.drainTo(link);
    }
    assertTrue(docsA.pulls <= 1, "frames made: " + docsA.pulls);

    ends.a.close();
    link.room = 100;
    ends.a.drainTo(link);
    assertEquals(2, link.taken.size());
    assertEquals(new SyncMessage.Bye(), link.taken.get(1));
    assertTrue(ends.a.isFinished());
  }
}
