package dev.plait.properties.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Opening, closing and what is left: the part of {@link TransportContract} about whole links. After
 * each test it is checked that every end was called one call at a time, never from inside a call of
 * its own, and heard exactly one last time that it is closed.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD) // seconds; so that a deadlock ends
public abstract class TransportLifecycleContract {

  private static final int RECONNECTS = 50;
  private static final long GUARD_MILLIS = TimeUnit.SECONDS.toMillis(60);

  /** Does nothing with a frame; the end remembers it all the same. */
  static final BiConsumer<End, byte[]> LISTEN = (end, frame) -> {};

  private final List<End> opened = new ArrayList<>();
  private Ends ends;
  private Watch watch;

  /** For those who extend it. */
  protected TransportLifecycleContract() {}

  /** Makes two ends that can reach each other, and no others; the called one takes calls. */
  protected abstract Ends start();

  @BeforeEach
  void startEnds() {
    ends = start();
    watch = new Watch(ends);
  }

  @AfterEach
  void everyEndWasTreatedAsPromised() {
    try {
      opened.forEach(End::close);
      for (End end : opened) {
        watch.until("an end heard that it is closed", end::isClosed);
      }
    } finally {
      ends.close();
    }
    for (End end : opened) {
      assertEquals(List.of(), end.broken());
    }
  }

  final Ends ends() {
    return ends;
  }

  final Watch watch() {
    return watch;
  }

  final End call() {
    return call(LISTEN);
  }

  /** The dialling end of a new link. */
  final End call(BiConsumer<End, byte[]> onFrame) {
    return open(ends.dialler(), onFrame);
  }

  final End answer() {
    return answer(LISTEN);
  }

  /** The called end of the link that was opened last. */
  final End answer(BiConsumer<End, byte[]> onFrame) {
    return open(ends.nextCall(), onFrame);
  }

  private End open(Transport transport, BiConsumer<End, byte[]> onFrame) {
    End end = new End(watch, onFrame).open(transport);
    opened.add(end);
    return end;
  }

  /** A frame of this length, different for each number. */
  static byte[] frame(int length, int number) {
    byte[] frame = new byte[length];
    new Random(number).nextBytes(frame);
    return frame;
  }

  final void closeBoth(End one, End other) {
    one.close();
    other.close();
    watch.until("both ends are closed", () -> one.isClosed() && other.isClosed());
  }

  @Test
  void aCloseAtTheCallingEndIsHeardAtBothInGoodOrder() {
    End caller = call();
    End called = answer();
    assertIsHeardAtBothInGoodOrder(caller, called);
  }

  @Test
  void aCloseAtTheCalledEndIsHeardAtBothInGoodOrder() {
    End caller = call();
    End called = answer();
    assertIsHeardAtBothInGoodOrder(called, caller);
  }

  private void assertIsHeardAtBothInGoodOrder(End closing, End other) {
    other.send(List.of(frame(10, 1)));
    if (ends.isReliable()) {
      watch.until("the first frame is there", () -> closing.frames().size() == 1);
    }
    closing.send(List.of(frame(10, 2), frame(100_000, 3), frame(10, 4)));
    closing.close();
    watch.until("the closing end heard of it", closing::isClosed);
    watch.until("the other end heard of it", other::isClosed);
    assertNull(closing.reason());
    assertNull(other.reason());
  }

  @Test
  void framesTakenBeforeACloseArriveBeforeIt() {
    End caller = call();
    End called = answer();
    List<byte[]> frames = List.of(frame(10, 1), frame(100_000, 2), frame(0, 3));
    caller.send(frames);
    watch.until("all frames were taken", caller::hasSentAll);
    caller.close();
    watch.until("the called end heard of it", called::isClosed);
    if (ends.isReliable()) {
      TransportContract.assertSameFrames(frames, called.frames());
    }
  }

  @Test
  void closingManyTimesFromManyThreadsIsClosingOnce() {
    End caller = call();
    End called = answer();
    if (ends.isSimulated()) {
      caller.close();
    } else {
      List<CompletableFuture<Void>> closers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closers.add(CompletableFuture.runAsync(caller::close, task -> new Thread(task).start()));
      }
      closers.forEach(CompletableFuture::join);
    }
    caller.close();
    called.close();
    closeBoth(caller, called);
    caller.close();
  }

  @Test
  void aClosedLinkTakesNothing() {
    End caller = call();
    End called = answer();
    caller.close();
    assertFalse(caller.offer(frame(1, 1)));
    watch.until("both ends are closed", () -> caller.isClosed() && called.isClosed());
    assertFalse(caller.offer(frame(1, 2)));
    assertFalse(called.offer(frame(1, 3)));
    assertEquals(0, caller.writable());
    assertEquals(0, called.writable());
  }

  @Test
  void aClosedTransportOpensAgainAndNothingOfTheFirstLinkArrivesAtTheSecond() {
    for (int link = 0; link < 5; link++) {
      End caller = call();
      caller.send(List.of(frame(100, link), frame(100_000, 100 + link)));
      End called = answer();
      called.send(List.of(frame(100, 200 + link)));
      closeBoth(caller, called);
      for (byte[] arrived : called.frames()) {
        boolean large = arrived.length == 100_000;
        TransportContract.assertSameFrames(
            List.of(large ? frame(100_000, 100 + link) : frame(100, link)), List.of(arrived));
      }
      for (byte[] arrived : caller.frames()) {
        TransportContract.assertSameFrames(List.of(frame(100, 200 + link)), List.of(arrived));
      }
    }
  }

  @Test
  void aCallIsOpenedOnceOnly() {
    End caller = call();
    Transport transport = ends.nextCall();
    End called = open(transport, LISTEN);
    End second = new End(watch, LISTEN);
    assertThrows(TransportException.class, () -> second.open(transport));
    closeBoth(caller, called);
    assertFalse(second.isClosed());
    assertEquals(List.of(), second.broken());
  }

  @Test
  void aCallToNobodyFailsAtOnceOrCloses() {
    End caller = new End(watch, LISTEN);
    boolean refused = false;
    try {
      caller.open(ends.diallerToNobody());
    } catch (TransportException nobody) {
      assertEquals(TransportException.UNREACHABLE, nobody.code());
      refused = true;
    }
    if (!refused) {
      watch.until("the link closed", caller::isClosed);
      assertNotNull(caller.reason());
    }
    assertEquals(refused, !caller.isClosed());
    assertEquals(List.of(), caller.broken());
  }

  @Test
  void aReceiverMayCloseItsLinkFromAnyOfItsCalls() {
    End caller = call((end, frame) -> end.close());
    End called = answer((end, frame) -> end.send(List.of(frame)));
    // Not offer: until the call is through there may be no room, and nobody would send them again.
    caller.send(List.of(frame(10, 0), frame(10, 1), frame(10, 2)));
    if (ends.isReliable()) {
      watch.until("both ends are closed", () -> caller.isClosed() && called.isClosed());
      assertTrue(caller.frames().size() >= 1);
    }
  }

  @Test
  void linksOpenedAndClosedManyTimesLeaveNoThread() throws InterruptedException {
    ends.close();
    try (Ends first = start()) {
      reconnect(first, 1); // whatever lives as long as the process is there now
    }
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (Ends again = start()) {
      reconnect(again, RECONNECTS);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && belongsToATransport(thread)) {
        thread.join(GUARD_MILLIS);
        assertFalse(thread.isAlive(), "left: " + thread);
      }
    }
    startEnds();
  }

  private static void reconnect(Ends network, int times) {
    Watch waiting = new Watch(network);
    for (int i = 0; i < times; i++) {
      End caller = new End(waiting, LISTEN).open(network.dialler());
      End called = new End(waiting, LISTEN).open(network.nextCall());
      caller.send(List.of(frame(100, i)));
      called.send(List.of(frame(100, i)));
      (i % 2 == 0 ? caller : called).close();
      waiting.until("both ends are closed", () -> caller.isClosed() && called.isClosed());
    }
  }

  /** The virtual machine's own threads come and go. */
  private static boolean belongsToATransport(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && !group.getName().equals("system");
  }
}
