package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.ConnectionState.Phase;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaException;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.sync.Subscription;
import dev.plait.sync.SyncEnd;
import dev.plait.sync.SyncPolicy;
import dev.plait.transport.Link;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class SupervisionTest {
  private static final long MINUTE = 60_000;
  private static final ConnectOptions QUICK = ConnectOptions.defaults().withBackoff(100, 6_400);

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final Replica client = replica(1);
  private Replica server = replica(2);
  private final List<Connection> accepted = new ArrayList<>();
  private ConnectOptions serverOptions = ConnectOptions.defaults();
  private final Lines lines = new Lines(time, this::answer);

  private Replica replica(int seed) {
    return Replica.builder().scheduler(time).time(time).random(new Random(seed)).build();
  }

  private void answer(Transport call) {
    accepted.add(server.accept(call, serverOptions));
  }

  private static void write(Replica replica, String document, String text) {
    replica.document(document).transact(tx -> tx.text("body").append(text));
  }

  private static String read(Replica replica, String document) {
    return replica.document(document).text("body").toString();
  }

  @Test
  void connectReturnsAtOnceAndReachesThePeerInTheBackground() {
    write(server, "note", "theirs");

    Connection connection = client.connect(lines, QUICK);

    assertEquals(Phase.CONNECTING, connection.state().phase());
    assertEquals(0, lines.calls);
    assertFalse(client.isInSync());
    time.advance(MINUTE);
    assertEquals(Phase.CONNECTED, connection.state().phase());
    assertTrue(connection.isConnected());
    assertTrue(client.isInSync());
    assertEquals(server.id(), connection.status().peer());
    assertEquals("theirs", read(client, "note"));
    assertEquals(List.of(connection), client.connections());
  }

  /** As when the peer ends the call before what it says is read: nothing more can be sent. */
  @Test
  void whatThePeerSaidLastIsToldAlthoughTheLineTookNothingMore() {
    serverOptions =
        ConnectOptions.defaults()
            .withPolicy(
                new SyncPolicy() {
                  @Override
                  public boolean mayConnect(ReplicaId peer) {
                    return false;
                  }
                });
    Transport takesOneFrame =
        receiver -> {
          Link line = lines.open(receiver);
          AtomicBoolean spoken = new AtomicBoolean();
          return new Link() {
            @Override
            public boolean offer(byte[] frame) {
              return spoken.compareAndSet(false, true) && line.offer(frame);
            }

            @Override
            public void close() {
              line.close();
            }
          };
        };

    Connection refused = client.accept(takesOneFrame);
    time.advance(MINUTE);

    assertFalse(refused.isOpen());
    String failure = String.valueOf(refused.failure());
    assertTrue(failure.contains(SyncPolicy.CONNECT_DENIED), failure);
  }

  @Test
  void lostLinkIsReplacedAndWhatWasWrittenMeanwhileArrives() {
    Connection connection = client.connect(lines, QUICK);
    time.advance(MINUTE);

    lines.cut("cable pulled");
    time.advance(0);

    assertEquals(Phase.WAITING, connection.state().phase());
    assertEquals("cable pulled", connection.failure());
    assertTrue(connection.isOpen());
    assertFalse(client.isInSync());
    assertFalse(connection.status().isInSync());
    write(client, "note", "offline");
    time.advance(MINUTE);
    assertTrue(connection.isConnected());
    assertNull(connection.failure());
    assertEquals("offline", read(server, "note"));
    assertEquals(2, lines.calls);
  }

  @Test
  void serverThatLeftInGoodOrderIsFoundAgainWhenItIsBack() {
    Connection connection = client.connect(lines, QUICK);
    time.advance(MINUTE);

    server.close();
    time.advance(0);
    assertEquals(Phase.WAITING, connection.state().phase());
    assertNull(connection.failure());
    server = replica(3);
    time.advance(MINUTE);

    assertTrue(connection.isInSync());
    assertEquals(server.id(), connection.status().peer());
  }

  @Test
  void waitsGrowToTheCapWhileNobodyAnswersAndBeginAnewAfterwards() {
    lines.unreachable = true;
    Connection connection = client.connect(lines, QUICK);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      time.advance(i == 0 ? 0 : connection.state().untilMillis() - time.millis());
      assertEquals(Phase.WAITING, connection.state().phase());
      waits.add(connection.state().untilMillis() - time.millis());
    }

    assertEquals(40, lines.calls);
    for (int i = 0; i < waits.size(); i++) {
      long ceiling = Math.min(6_400, 100L << Math.min(i, 10));
      assertTrue(waits.get(i) >= 1 && waits.get(i) <= ceiling, waits::toString);
    }
    assertTrue(waits.stream().anyMatch(wait -> wait > 3_200), waits::toString);
    assertTrue(waits.stream().distinct().count() > 20, waits::toString);
    lines.unreachable = false;
    time.advance(MINUTE);
    assertTrue(connection.isConnected());
    lines.cut("again");
    time.advance(0);
    assertTrue(connection.state().untilMillis() - time.millis() <= 100);
  }

  @Test
  void peerThatWillNotTalkIsAskedAgainAtTheSlowestPace() {
    serverOptions =
        serverOptions.withPolicy(
            new SyncPolicy() {
              @Override
              public boolean mayConnect(ReplicaId peer) {
                return false;
              }
            });
    ConnectOptions eager = ConnectOptions.defaults().withBackoff(1, 100_000);
    Connection connection = client.connect(lines, eager);
    time.advance(0);

    assertEquals(Phase.WAITING, connection.state().phase());
    assertTrue(
        Objects.requireNonNull(connection.failure()).contains(SyncPolicy.CONNECT_DENIED),
        connection.failure());
    time.advance(20 * MINUTE);
    // At a mean of 50 s; one millisecond that doubles would have come to nineteen by itself.
    assertTrue(lines.calls > 10 && lines.calls < 50, "calls: " + lines.calls);
  }

  @Test
  void transportThatThrowsSomethingUnknownIsTriedAgain() {
    int[] calls = {0};
    Connection connection =
        client.connect(
            receiver -> {
              if (calls[0]++ == 0) {
                throw new IllegalStateException("broken driver");
              }
              return lines.open(receiver);
            },
            QUICK);

    assertEquals(
        "broken driver",
        assertThrows(IllegalStateException.class, () -> time.advance(0)).getMessage());
    assertEquals(Phase.WAITING, connection.state().phase());
    time.advance(MINUTE);

    assertTrue(connection.isConnected());
  }

  @Test
  void acceptedLinkEndsForGoodAndIsForgotten() {
    Connection connection = client.connect(lines, QUICK);
    time.advance(MINUTE);
    assertEquals(accepted, server.connections());

    lines.cut("cut");
    time.advance(0);

    assertFalse(accepted.get(0).isOpen());
    assertEquals("cut", accepted.get(0).failure());
    assertEquals(List.of(), server.connections());
    assertTrue(connection.isOpen());
  }

  @Test
  void acceptSaysAtOnceThatNoLinkCanBeHad() {
    lines.unreachable = true;

    assertThrows(TransportException.class, () -> client.accept(lines));

    assertEquals(List.of(), client.connections());
    time.advance(MINUTE);
    assertEquals(1, lines.calls);
  }

  @Test
  void closedConnectionTakesLeaveAndTriesNoMore() {
    Connection connection = client.connect(lines, QUICK);
    time.advance(MINUTE);

    connection.close();
    connection.close();
    time.advance(MINUTE);

    assertEquals(Phase.CLOSED, connection.state().phase());
    SyncEnd end = Objects.requireNonNull(connection.status().end());
    assertTrue(end.isInGoodOrder());
    assertFalse(accepted.get(0).isOpen());
    assertNull(accepted.get(0).failure());
    assertEquals(1, lines.calls);
    assertEquals(List.of(), client.connections());
  }

  @Test
  void connectionClosedWhileWaitingTriesNoMore() {
    lines.unreachable = true;
    Connection connection = client.connect(lines, QUICK);
    time.advance(0);
    int calls = lines.calls;

    connection.close();
    time.advance(MINUTE);

    assertEquals(calls, lines.calls);
    assertFalse(connection.isOpen());
  }

  @Test
  void connectionClosedBeforeItWasOpenedNeverOpens() {
    Connection connection = client.connect(lines, QUICK);
    connection.close();
    time.advance(MINUTE);

    assertEquals(0, lines.calls);
  }

  @Test
  void linkThatRefusesEverythingHindersNoReadAndNoWrite() {
    lines.full = true;
    Connection connection = client.connect(lines, QUICK);
    time.advance(MINUTE);

    for (int i = 0; i < 100; i++) {
      write(client, "note", "x");
    }
    assertEquals(100, read(client, "note").length());
    time.advance(MINUTE);

    assertEquals(Phase.CONNECTING, connection.state().phase());
    assertFalse(client.isInSync());
    connection.close();
    assertEquals(0, lines.open() - 1); // the far end hears of it in time
    time.advance(0);
    assertEquals(0, lines.open());
  }

  @Test
  void onlyWhatIsSubscribedToComesAndMoreWhenMoreIsWanted() {
    write(server, "notes/1", "one");
    write(server, "tasks/1", "two");
    Connection connection =
        client.connect(lines, QUICK.withSubscription(Subscription.prefix("notes/")));
    time.advance(MINUTE);
    assertEquals(List.of("notes/1"), client.documents());
    assertTrue(connection.isInSync());

    connection.subscribe(Subscription.prefix("notes/", "tasks/"));
    time.advance(MINUTE);

    assertEquals(List.of("notes/1", "tasks/1"), client.documents());
    lines.cut("cut");
    write(server, "tasks/2", "three");
    time.advance(MINUTE);
    assertEquals(List.of("notes/1", "tasks/1", "tasks/2"), client.documents());
    assertTrue(client.isInSync());
  }

  @Test
  void aReplicaThatCallsItselfStaysWhoItIsAndSaysWhatIsWrong() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica self =
        Replica.builder()
            .store(InMemoryStore.open(disk))
            .scheduler(time)
            .time(time)
            .random(new Random(9))
            .build();
    ReplicaId id = self.id();
    Lines loop = new Lines(time, self::accept);
    Connection connection = self.connect(loop, QUICK);
    time.advance(0);

    String failure = assertNotNullAnd(String.valueOf(connection.failure()));
    assertTrue(failure.contains(SyncEnd.SAME_REPLICA), failure);
    time.advance(MINUTE);
    assertEquals(id, self.id());
  }

  private static String assertNotNullAnd(String text) {
    assertNotNull(text);
    return text;
  }

  @Test
  void backoffThatMakesNoSenseIsRefused() {
    ReplicaException refused =
        assertThrows(ReplicaException.class, () -> ConnectOptions.defaults().withBackoff(100, 99));

    assertEquals(ReplicaException.INVALID_BACKOFF, refused.code());
    assertThrows(ReplicaException.class, () -> ConnectOptions.defaults().withBackoff(0, 10));
  }

  @Test
  void nothingIsLeftAfterTwoHundredReconnects() {
    Connection connection = client.connect(lines, QUICK);
    List<Phase> phases = new ArrayList<>();
    var watching = connection.onStatus(status -> phases.add(connection.state().phase()));
    for (int i = 0; i < 200; i++) {
      time.advance(MINUTE);
      assertTrue(connection.isInSync());
      assertEquals(2, lines.open());
      write(i % 2 == 0 ? client : server, "note", "x");
      lines.cut("cut " + i);
    }
    time.advance(MINUTE);

    assertEquals(201, lines.calls);
    assertEquals(200, read(server, "note").length());
    assertEquals(1, server.connections().size());
    assertTrue(phases.contains(Phase.WAITING));
    client.close();
    time.advance(0);
    server.close();
    assertEquals(0, lines.open());
    assertTrue(time.runUntilIdle(0), "something is left to do");
    assertEquals(Phase.CLOSED, phases.get(phases.size() - 1));
    watching.close();
  }
}
