package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.transport.Link;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300) // seconds; only so that a deadlock ends
class GrpcStallTest {

  private static final byte[] BULK = new byte[64 << 10];

  private final Until until = new Until();
  private final HandScheduler time = new HandScheduler();
  private final GrpcEnds ends =
      new GrpcEnds(server -> server.scheduler(time), client -> client.scheduler(time));

  @AfterEach
  void close() {
    ends.close();
  }

  @Test
  void aServerThatNeverReadsIsCutOffAndMayBeCalledAgain() {
    Ear caller = Ear.open(until);
    Ear called = Ear.stuck(until);
    Link link = ends.dialler().open(caller);
    ends.nextCall().open(called);
    assertIsCutOff(link, caller, called);
    assertWorks();
  }

  @Test
  void aCallerThatNeverReadsIsCutOffAndMayCallAgain() {
    Ear caller = Ear.stuck(until);
    Ear called = Ear.open(until);
    ends.dialler().open(caller);
    Link link = ends.nextCall().open(called);
    assertIsCutOff(link, called, caller);
    assertWorks();
  }

  private void assertIsCutOff(Link link, Ear sender, Ear reader) {
    until.is("the first frame is taken", () -> link.offer(BULK));
    until.is("the reader is stuck", () -> reader.frames().size() == 1);
    spinUntil(
        () -> {
          if (!link.offer(BULK)) {
            time.letAllTimePass();
          }
          return sender.isClosed();
        });
    assertTrue(String.valueOf(sender.reason()).startsWith("STALLED"), sender.reason());
    assertFalse(reader.isClosed());

    reader.free();
    until.is("the reader heard of it", reader::isClosed);
    assertNotNull(reader.reason());
  }

  private void assertWorks() {
    Ear caller = Ear.open(until);
    Ear called = Ear.open(until);
    Link there = ends.dialler().open(caller);
    Link back = ends.nextCall().open(called);
    until.is("a frame is taken", () -> there.offer(new byte[] {1}));
    until.is("a frame is taken", () -> back.offer(new byte[] {2}));
    until.is("both are there", () -> caller.frames().size() + called.frames().size() == 2);
    there.close();
    until.is("both are closed", () -> caller.isClosed() && called.isClosed());
  }

  @Test
  void aReaderThatReadsIsNotCutOffHoweverMuchTimePasses() {
    Ear caller = Ear.open(until);
    Ear called = Ear.open(until);
    Link link = ends.dialler().open(caller);
    ends.nextCall().open(called);
    for (int i = 1; i <= 20; i++) {
      int sent = i;
      until.is("a frame is taken", () -> link.offer(BULK));
      until.is("it is there", () -> called.frames().size() == sent);
    }
    // Taken, so the link knows that it is not stuck.
    spinUntil(() -> link.offer(BULK));
    until.is("the last is there", () -> called.frames().size() == 21);
    spinUntil(() -> link.offer(new byte[0]));
    time.letAllTimePass();
    until.is("the empty one is there", () -> called.frames().size() == 22);
    assertFalse(caller.isClosed());
  }

  @Test
  void aCallThatNobodyOpensIsEnded() {
    Ear caller = Ear.open(until);
    ends.dialler().open(caller);
    var call = ends.nextCall();
    time.letAllTimePass();
    until.is("the caller heard of it", caller::isClosed);
    assertTrue(String.valueOf(caller.reason()).contains("UNAVAILABLE"), caller.reason());
    assertNotNull(call);
  }

  @Test
  void aPeerThatDoesNotAnswerToACloseIsNotWaitedFor() {
    try (GrpcEnds others =
        new GrpcEnds(UnaryOperator.identity(), client -> client.scheduler(time))) {
      Ear caller = Ear.open(until);
      Ear called = Ear.stuck(until);
      Link link = others.dialler().open(caller);
      GrpcLink back = (GrpcLink) others.nextCall().open(called);
      until.is("a frame is taken", () -> link.offer(BULK));
      until.is("the reader is stuck", () -> called.frames().size() == 1);
      until.is("one more is taken", () -> link.offer(new byte[1]));
      link.close();
      until.is("the caller is closed", caller::isClosed);
      time.letAllTimePass();
      spinUntil(back::isEnded);
      called.free();
      until.is("the called end heard of it", called::isClosed);
      assertNotNull(called.reason());
    }
  }

  /** For what nobody tells of. */
  private static void spinUntil(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      assertFalse(Thread.currentThread().isInterrupted(), "waited in vain");
      Thread.onSpinWait();
    }
  }
}
