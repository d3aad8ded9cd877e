package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.schedule.VirtualTime;
import dev.plait.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls that another one overtakes in the middle, step by step. */
final class OvertakenTest {
  private static final long START = 1_800_000_000_000L;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private Runnable onExecute = () -> {};
  private Runnable onTime = () -> {};
  private final Replica replica =
      Replica.builder()
          .scheduler(new Interrupted())
          .time(this::millis)
          .random(new Random(3))
          .build();

  /** Lets something happen when work is handed over. */
  private final class Interrupted implements Scheduler {
    @Override
    public void execute(Runnable task) {
      onExecute.run();
      time.execute(task);
    }

    @Override
    public Cancellable after(long millis, Runnable task) {
      return time.after(millis, task);
    }
  }

  private long millis() {
    onTime.run();
    return time.millis();
  }

  private Dot write(String document) {
    return replica
        .document(document)
        .transact(tx -> tx.counter("n").increment())
        .orElseThrow()
        .dot();
  }

  @Test
  void documentsGoOnUnderTheLastIdWhenOneForgetOvertakesAnother() {
    write("one");
    write("other");
    write("kept");
    ReplicaId first = replica.id();
    onExecute =
        () -> {
          if (!replica.id().equals(first)) {
            // Nobody but the thread that has changed the id knows of it yet.
            onExecute = () -> {};
            elsewhere(
                () -> {
                  write("other");
                  replica.forget("other");
                  write("kept");
                });
          }
        };

    replica.forget("one");

    assertEquals(new Dot(replica.id(), 2), write("kept"));
    assertEquals(3, replica.document("kept").counter("n").value());
  }

  /** Does something on another thread, and waits for it. */
  private static void elsewhere(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void documentForgottenWhileTheIdChangesDoesNotBeginAnewUnderTheOldOne()
      throws InterruptedException {
    write("one");
    Document other = replica.document("other");
    Dot before = write("other");
    ReplicaId first = replica.id();
    CountDownLatch looked = new CountDownLatch(1);
    Thread forgetting = new Thread(() -> replica.forget("one"));
    // The id has changed and no document has been told yet: there it stays for a while.
    onExecute =
        () -> {
          if (Thread.currentThread().equals(forgetting) && !replica.id().equals(first)) {
            await(looked);
          }
        };
    // It is the first of this thread's readings of the time after it has looked for the document.
    Thread here = Thread.currentThread();
    onTime =
        () -> {
          if (Thread.currentThread().equals(here)) {
            onTime = () -> {};
            forgetting.start();
            while (replica.id().equals(first)) {
              Thread.onSpinWait();
            }
          }
        };

    replica.forget("other");
    Dot after = other.transact(tx -> tx.counter("n").increment()).orElseThrow().dot();
    looked.countDown();
    forgetting.join();

    assertNotEquals(before, after);
    assertEquals(1, other.counter("n").value());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void connectionClosedWhileItsLinkIsMadeOpensNone() {
    List<Transport> callers = new ArrayList<>();
    Lines lines = new Lines(time, callers::add);
    lines.unreachable = true;
    Connection connection = replica.connect(lines);
    connection.onStatus(status -> {});
    time.advance(1);
    lines.unreachable = false;
    // The next that is handed over is the news that a link is being made.
    onExecute =
        () -> {
          onExecute = () -> {};
          connection.close();
        };

    time.advance(60_000);

    assertFalse(connection.isOpen());
    assertEquals(0, lines.open());
    assertEquals(List.of(), callers);
  }
}
