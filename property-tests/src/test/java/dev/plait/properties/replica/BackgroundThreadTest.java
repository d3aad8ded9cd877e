package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.ConnectionState.Phase;
import dev.plait.replica.Replica;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the thread that a replica has by itself. The timeout is only so that a fault ends. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BackgroundThreadTest {

  private static List<Thread> threadsOf(Replica replica) {
    String name = "plait-" + replica.id().brief();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private static void assertNoThreadIsLeft(Replica replica) throws InterruptedException {
    for (Thread thread : threadsOf(replica)) {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    }
    assertEquals(List.of(), threadsOf(replica));
  }

  @Test
  void transportThatBlocksHindersNoReadNoWriteAndNoQuestion() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Transport blocking =
        receiver -> {
          entered.countDown();
          await(gate);
          throw new TransportException(TransportException.UNREACHABLE, "it took too long");
        };
    Replica replica = Replica.builder().build();
    Connection connection = replica.connect(blocking);
    entered.await();

    for (int i = 0; i < 100; i++) {
      replica.document("note").transact(tx -> tx.text("body").append("x"));
    }
    assertEquals(100, replica.document("note").text("body").length());
    replica.presence().set("note", new byte[] {1});
    assertEquals(Phase.CONNECTING, connection.state().phase());
    assertNull(connection.status().peer());
    assertFalse(connection.isInSync());
    assertFalse(replica.isInSync());
    connection.close();
    assertFalse(connection.isOpen());

    gate.countDown();
    replica.close();
    assertNoThreadIsLeft(replica);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void twoHundredReconnectsLeaveNoThread() throws InterruptedException {
    ExecutorService network = Executors.newSingleThreadExecutor();
    CountDownLatch links = new CountDownLatch(200);
    Transport failing =
        receiver -> {
          links.countDown();
          return new Failing(network, receiver);
        };
    Replica replica = Replica.builder().build();
    Connection connection = replica.connect(failing, ConnectOptions.defaults().withBackoff(1, 1));
    Ending ending = new Ending();
    connection.statuses().subscribe(ending);
    links.await();
    assertEquals(1, threadsOf(replica).size());

    replica.close();

    ending.complete.await();
    assertNoThreadIsLeft(replica);
    assertFalse(connection.isOpen());
    network.shutdown();
    assertTrue(network.awaitTermination(30, TimeUnit.SECONDS));
  }

  /** A link that breaks as soon as something is said. */
  private record Failing(ExecutorService network, Receiver receiver, List<String> closed)
      implements Link {
    private Failing(ExecutorService network, Receiver receiver) {
      this(network, receiver, new ArrayList<>());
    }

    @Override
    public boolean offer(byte[] frame) {
      end("broken");
      return true;
    }

    @Override
    public void close() {
      end(null);
    }

    private void end(@Nullable String reason) {
      if (closed.isEmpty()) {
        closed.add("closed");
        network.execute(() -> receiver.onClosed(reason));
      }
    }
  }

  private static final class Ending implements Flow.Subscriber<SyncStatus> {
    private final CountDownLatch complete = new CountDownLatch(1);

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SyncStatus status) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      complete.countDown();
    }
  }
}
