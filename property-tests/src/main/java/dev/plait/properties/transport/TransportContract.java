package dev.plait.properties.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.codec.Limits;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.transport.TransportException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.plait.transport.Transport} must do, as tests: extend it, and say how two
 * ends of yours find each other. It needs a codec on the class path, such as {@code
 * plait-wire-proto}, for the replicas that sync over the transport.
 */
public abstract class TransportContract extends TransportLifecycleContract {

  private static final int LONGEST = Limits.defaults().maxFrameBytes();
  private static final int BULK = 64 << 10;

  /** 256 MiB: more than any transport may hold for a reader that does not read. */
  private static final int FAR_TOO_MANY = 4_096;

  private static final int ROUND_TRIPS = 100;

  /** For those who extend it. */
  protected TransportContract() {}

  static void assertSameFrames(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "frame " + i);
    }
  }

  /** Waits for the frames; those of a transport that may lose them are sent until they come. */
  private void assertArrive(List<byte[]> frames, End from, End to) {
    if (ends().isReliable()) {
      watch().until("all frames have come", () -> to.frames().size() >= frames.size());
      assertSameFrames(frames, to.frames());
      return;
    }
    for (byte[] frame : frames) {
      Predicate<byte[]> same = arrived -> Arrays.equals(arrived, frame);
      watch()
          .until(
              "a frame has come",
              () -> {
                boolean there = to.frames().stream().anyMatch(same);
                return there || (from.offer(frame) && to.frames().stream().anyMatch(same));
              });
    }
    for (byte[] arrived : to.frames()) {
      assertTrue(
          frames.stream().anyMatch(frame -> Arrays.equals(frame, arrived)),
          "what came was not sent");
    }
  }

  @Test
  void aFrameOfAnyLengthArrivesWholeAndUnaltered() {
    List<byte[]> frames = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 127, 128, 16_383, 16_384, 65_536, LONGEST, 0, 1}) {
      frames.add(frame(length, frames.size()));
    }
    End caller = call();
    caller.send(frames);
    End called = answer();
    assertArrive(frames, caller, called);
    called.send(frames);
    assertArrive(frames, called, caller);
  }

  @Test
  void framesTravelBothWaysAtOnceInOrder() {
    Random random = new Random(11);
    List<byte[]> there = new ArrayList<>();
    List<byte[]> back = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      there.add(frame(random.nextInt(5_000), i));
      back.add(frame(random.nextInt(5_000), -1 - i));
    }
    End caller = call();
    End called = answer();
    for (int from = 0; from < there.size(); from += 10) {
      caller.send(there.subList(from, from + 10));
      called.send(back.subList(from, from + 10));
    }
    assertArrive(there, caller, called);
    assertArrive(back, called, caller);
  }

  @Test
  void anEchoFromInsideOnFrameComesBack() {
    End caller = call();
    End called = answer((end, frame) -> end.send(List.of(frame)));
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      frames.add(frame(1_000, i));
    }
    caller.send(frames);
    if (ends().isReliable()) {
      assertArrive(frames, caller, caller);
    }
    closeBoth(caller, called);
  }

  @Test
  void aLongerFrameIsTakenOrRefusedWithItsCodeAndTheLinkGoesOn() {
    End caller = call();
    End called = answer();
    try {
      caller.offer(new byte[LONGEST + 1]);
    } catch (TransportException tooLong) {
      assertEquals(TransportException.FRAME_TOO_LARGE, tooLong.code());
      List<byte[]> frames = List.of(frame(7, 7));
      caller.send(frames);
      assertArrive(frames, caller, called);
    }
  }

  @Test
  void aRefusedFrameIsTakenAfterOnWritable() {
    CountDownLatch reads = new CountDownLatch(1);
    End caller = call();
    End called = answer((end, frame) -> awaitUnlessSimulated(reads));
    int taken = fill(caller);
    caller.send(List.of(frame(BULK, taken))); // when it is refused, onWritable alone sends it
    reads.countDown();
    watch().until("the refused frame is taken", caller::hasSentAll);
    if (ends().isReliable()) {
      watch().until("all taken frames are there", () -> called.frames().size() == taken + 1);
      for (int i = 0; i <= taken; i++) {
        assertArrayEquals(frame(BULK, i), called.frames().get(i), "frame " + i);
      }
    }
  }

  /** Offers frames until one is refused when some were taken before. Returns how many were. */
  private int fill(End caller) {
    watch().until("a first frame is taken", () -> caller.offer(frame(BULK, 0)));
    int taken = 1;
    while (caller.offer(frame(BULK, taken))) {
      taken++;
      assertTrue(taken < FAR_TOO_MANY, "frames without end are taken, though none is read");
    }
    return taken;
  }

  private void awaitUnlessSimulated(CountDownLatch latch) {
    if (!ends().isSimulated()) {
      try {
        latch.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aReaderThatDoesNotReturnStopsTheSender() {
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch reads = new CountDownLatch(1);
    End caller = call();
    End called =
        answer(
            (end, frame) -> {
              stuck.countDown();
              awaitUnlessSimulated(reads);
            });
    watch().until("a first frame is taken", () -> caller.offer(frame(BULK, 0)));
    if (ends().isSimulated()) {
      pour(caller, taken);
    } else {
      awaitUnlessSimulated(stuck);
      // While frames go back and forth, time passes for the transport to read on and on.
      for (int i = 1; i <= ROUND_TRIPS; i++) {
        pour(caller, taken);
        int pings = i;
        called.send(List.of(frame(1, i)));
        watch().until("a ping has come", () -> caller.frames().size() == pings);
      }
    }
    reads.countDown();
    assertTrue(caller.refusals() > 0, "nothing was ever refused");
    assertTrue(taken.get() < FAR_TOO_MANY, "frames without end are taken, though none is read");
    assertFalse(called.isClosed());
  }

  private static void pour(End end, AtomicInteger taken) {
    while (taken.get() < FAR_TOO_MANY && end.offer(frame(BULK, 1))) {
      taken.incrementAndGet();
    }
  }

  @Test
  void replicasThatSyncOverItConvergeAndBothSaySo() {
    try (Replica a = ends().replica().build();
        Replica b = ends().replica().build()) {
      write(a, "from a ");
      write(b, "from b ");
      Connection caller = a.connect(ends().dialler());
      Connection called = b.accept(ends().nextCall());
      caller.onStatus(status -> watch().tell());
      called.onStatus(status -> watch().tell());
      assertConverge(a, b, caller, called);

      write(a, "live");
      a.document("other").transact(tx -> tx.set("tags").add("x"));
      assertConverge(a, b, caller, called);
      assertEquals(18, b.document("note").text("body").length());
      assertTrue(b.document("other").set("tags").contains("x"));
    }
  }

  private static void write(Replica replica, String text) {
    replica.document("note").transact(tx -> tx.text("body").append(text));
  }

  private void assertConverge(Replica a, Replica b, Connection one, Connection other) {
    watch()
        .until(
            "both ends say that they are in sync",
            () -> one.isInSync() && other.isInSync() && a.documents().equals(b.documents()));
    for (String name : a.documents()) {
      assertEquals(a.document(name).versionVector(), b.document(name).versionVector());
      assertEquals(a.document(name).stateHash(), b.document(name).stateHash());
    }
  }
}
