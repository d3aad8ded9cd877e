package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.message.SyncMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many bytes go over an established session for one typed letter, all included. */
class LiveFrameTest {
  private static final int LONG_SESSION = 16_000;
  private static final int HANDLE = 16_000;
  private static final int COUNTER = 259_778;

  private final Codec codec = WireCodec.create();

  private int frameSize(int handle, @Nullable Integer author, long counter) {
    long millis = Samples.NOON.millis();
    ChangeMaker maker =
        new ChangeMaker(Samples.ADA, counter - 1, HybridTimestamp.of(millis, 0), counter - 1);
    ElementId before = new ElementId(Samples.ADA, counter - 2);
    Change first =
        maker
            .making(1, Samples.BODY, id -> new Operation.TextInsert(id, before, null, "x"))
            .end(100);
    ElementId last = new ElementId(Samples.ADA, counter - 1);
    Change second =
        maker.making(1, Samples.BODY, id -> new Operation.TextInsert(id, last, null, "y")).end(0);
    byte[] keystroke = codec.encodeNext(first, second, Samples.BOB);
    assertNotNull(keystroke);
    assertEquals(second, codec.decodeNext(first, keystroke, Samples.BOB));
    SyncMessage next = new SyncMessage.Next(handle, author, counter, keystroke);
    byte[] frame = codec.encodeMessage(new SyncMessage.ToSession(LONG_SESSION, next));
    SyncMessage read = codec.decodeMessage(frame);
    assertEquals(next, assertInstanceOf(SyncMessage.ToSession.class, read).message());
    return frame.length;
  }

  @Test
  void aLetterOfOnesOwnTakesSixteenBytes() {
    assertTrue(frameSize(0, null, COUNTER) <= 16, () -> "" + frameSize(0, null, COUNTER));
    assertTrue(frameSize(0, null, 100) <= 14, () -> "" + frameSize(0, null, 100));
  }

  @Test
  void aRelayedLetterInOneOfManyDocumentsTakesThirtyTwo() {
    int author = (int) (Samples.ADA.high() >>> Integer.SIZE);
    assertTrue(
        frameSize(HANDLE, author, COUNTER) <= 32, () -> "" + frameSize(HANDLE, author, COUNTER));
  }
}
