package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.transport.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300) // seconds; only so that a deadlock ends
class GrpcLifeTest {

  private static final int RECONNECTS = 200;
  private static final long GUARD_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private final Until until = new Until();

  @Test
  void twoHundredReconnectsLeaveNoThreadSocketOrCall() throws Exception {
    talk(1);
    awaitNoThreads();
    long before = openSockets();
    talk(RECONNECTS);
    awaitNoThreads();
    assertEquals(before, openSockets());
  }

  /** Half the links are closed by the caller, half by the called end. */
  private void talk(int times) {
    try (GrpcEnds ends = new GrpcEnds(UnaryOperator.identity(), UnaryOperator.identity())) {
      for (int i = 0; i < times; i++) {
        Ear caller = Ear.open(until);
        Ear called = Ear.open(until);
        Link there = ends.dialler().open(caller);
        Link back = ends.nextCall().open(called);
        until.is("a frame is taken", () -> there.offer(new byte[] {1}));
        until.is("it is there", () -> called.frames().size() == 1);
        (i % 2 == 0 ? there : back).close();
        until.is("both are closed", () -> caller.isClosed() && called.isClosed());
        assertNull(caller.reason());
        assertNull(called.reason());
      }
    }
  }

  private static void awaitNoThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("plait-grpc-")) {
        thread.join(GUARD_MILLIS);
        assertFalse(thread.isAlive(), "left: " + thread);
      }
    }
  }

  /** Sockets and selectors of this process, where the system tells; else 0. */
  private static long openSockets() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(GrpcLifeTest::isSocketOrSelector).count();
    }
  }

  private static boolean isSocketOrSelector(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.contains("eventpoll");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Takes 11 seconds: gRPC lets nobody ask for a sign of life sooner than after 10. */
  @Test
  void bothEndsNoticeThatTheOtherIsGoneWithoutAWord() {
    try (GrpcEnds ends =
            new GrpcEnds(
                server -> server.keepAliveMillis(10_000).keepAliveTimeoutMillis(1_000),
                UnaryOperator.identity());
        SilentProxy proxy = new SilentProxy(ends.server().port());
        GrpcTransport client =
            GrpcTransport.builder("localhost", proxy.port())
                .keepAliveMillis(10_000)
                .keepAliveTimeoutMillis(1_000)
                .build()) {
      Ear caller = Ear.open(until);
      Ear called = Ear.open(until);
      Link there = client.open(caller);
      ends.nextCall().open(called);
      until.is("a frame is taken", () -> there.offer(new byte[] {1}));
      until.is("it is there", () -> called.frames().size() == 1);

      proxy.fallSilent();

      until.is("both have noticed", () -> caller.isClosed() && called.isClosed());
      assertNotNull(caller.reason());
      assertNotNull(called.reason());
    }
  }

  @Test
  void aServerThatClosesTakesLeaveOfItsCallers() {
    Ear caller = Ear.open(until);
    Ear called = Ear.open(until);
    try (GrpcEnds ends = new GrpcEnds(UnaryOperator.identity(), UnaryOperator.identity())) {
      ends.dialler().open(caller);
      ends.nextCall().open(called);
      ends.server().close();
      until.is("both are closed", () -> caller.isClosed() && called.isClosed());
    }
    assertNull(called.reason());
    assertNull(caller.reason());
  }

  @Test
  void oneCallTooManyIsRefused() {
    try (GrpcEnds ends = new GrpcEnds(server -> server.maxCalls(1), UnaryOperator.identity());
        GrpcTransport other = GrpcTransport.client("localhost", ends.server().port())) {
      Ear first = Ear.open(until);
      Ear answered = Ear.open(until);
      Link link = ends.dialler().open(first);
      ends.nextCall().open(answered);
      Ear second = Ear.open(until);
      other.open(second);
      until.is("the second is refused", second::isClosed);
      assertTrue(String.valueOf(second.reason()).contains("RESOURCE_EXHAUSTED"), second.reason());
      link.close();
      until.is("the first is closed", () -> first.isClosed() && answered.isClosed());
    }
  }
}
