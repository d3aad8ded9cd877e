package dev.plait.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.document.Subscription;
import dev.plait.schedule.VirtualTime;
import dev.plait.sync.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StatusFeedTest {
  private final VirtualTime time = VirtualTime.startingAt(0);
  private int computed;
  private SyncStatus now = status(1);
  private final StatusFeed feed =
      new StatusFeed(
          time,
          () -> {
            computed++;
            return now;
          });

  private static SyncStatus status(int number) {
    return new SyncStatus(ReplicaId.of(0, number), List.of(), false, null);
  }

  private void become(int number) {
    now = status(number);
    feed.changed();
  }

  /** Notes what it is told: numbers, then "end" or the failure. */
  private static class Noting implements Flow.Subscriber<SyncStatus> {
    final List<Object> heard = new ArrayList<>();
    Flow.@Nullable Subscription place;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      place = subscription;
    }

    void request(long count) {
      Objects.requireNonNull(place).request(count);
    }

    void cancel() {
      Objects.requireNonNull(place).cancel();
    }

    @Override
    public void onNext(SyncStatus status) {
      heard.add(Objects.requireNonNull(status.peer()).low());
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }
  }

  private Noting subscribed() {
    Noting noting = new Noting();
    feed.subscribe(noting);
    return noting;
  }

  @Test
  void nothingIsToldOrComputedWithoutDemand() {
    Noting noting = subscribed();
    become(2);
    time.advance(0);

    assertEquals(List.of(), noting.heard);
    assertEquals(0, computed);
  }

  @Test
  void newestStatusIsToldAtOnceToWhoAsksAndThenOnlyNews() {
    become(2);
    Noting noting = subscribed();
    noting.request(10);
    time.advance(0);
    assertEquals(List.of(2L), noting.heard);

    time.advance(1000);
    assertEquals(List.of(2L), noting.heard);
    become(3);
    time.advance(0);
    assertEquals(List.of(2L, 3L), noting.heard);
  }

  @Test
  void slowSubscriberMissesWhatWasInBetween() {
    Noting noting = subscribed();
    noting.request(1);
    time.advance(0);
    for (int i = 2; i <= 100; i++) {
      become(i);
      time.advance(1);
    }
    assertEquals(List.of(1L), noting.heard);

    noting.request(1);
    time.advance(0);

    assertEquals(List.of(1L, 100L), noting.heard);
  }

  @Test
  void neverMoreThanWasAskedFor() {
    Noting noting = subscribed();
    noting.request(2);
    for (int i = 2; i < 10; i++) {
      time.advance(0);
      become(i);
    }
    time.advance(0);

    assertEquals(2, noting.heard.size());
  }

  @Test
  void signalsComeOnTheSchedulerOnly() {
    Noting noting = subscribed();
    noting.request(5);
    become(2);
    feed.complete();

    assertEquals(List.of(), noting.heard);
    time.advance(0);
    assertEquals(List.of(2L, "end"), noting.heard);
  }

  @Test
  void subscriberThatAsksForMoreFromInsideIsServedInTurn() {
    List<Integer> depths = new ArrayList<>();
    int[] depth = {0};
    Noting greedy =
        new Noting() {
          @Override
          public void onNext(SyncStatus status) {
            depths.add(++depth[0]);
            request(1);
            if (heard.size() < 3) {
              feed.changed();
            }
            super.onNext(status);
            depth[0]--;
          }
        };
    feed.subscribe(greedy);
    greedy.request(1);
    time.advance(0);

    assertEquals(List.of(1, 1, 1, 1), depths);
  }

  @Test
  void lastStatusComesBeforeTheEndEvenLate() {
    Noting noting = subscribed();
    noting.request(1);
    time.advance(0);
    become(7);
    feed.complete();
    time.advance(0);
    assertEquals(List.of(1L), noting.heard);

    noting.request(1);
    time.advance(0);

    assertEquals(List.of(1L, 7L, "end"), noting.heard);
    become(8);
    time.advance(0);
    assertEquals(3, noting.heard.size());
  }

  @Test
  void whoComesAfterTheEndGetsTheLastStatusAndTheEnd() {
    feed.complete();
    Noting late = subscribed();
    late.request(1);
    time.advance(0);

    assertEquals(List.of(1L, "end"), late.heard);
  }

  @Test
  void cancelledSubscriberHearsNoMore() {
    Noting noting = subscribed();
    noting.request(10);
    time.advance(0);
    become(2);
    noting.cancel();
    become(3);
    feed.complete();
    time.advance(0);

    assertEquals(List.of(1L), noting.heard);
  }

  @Test
  void requestForNothingIsAnError() {
    Noting noting = subscribed();
    noting.request(0);
    noting.request(5);
    time.advance(0);

    assertEquals(1, noting.heard.size());
    assertInstanceOf(IllegalArgumentException.class, noting.heard.get(0));
  }

  @Test
  void oneSubscribersFailureIsItsOwn() {
    List<Throwable> uncaught = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
    Noting good = subscribed();
    good.request(10);
    try {
      Noting bad =
          new Noting() {
            @Override
            public void onNext(SyncStatus status) {
              super.onNext(status);
              throw new IllegalStateException("broken");
            }
          };
      feed.subscribe(bad);
      bad.request(10);
      time.advance(0);
      become(2);
      time.advance(0);

      assertEquals(List.of(1L), bad.heard);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(1L, 2L), good.heard);
    assertEquals(1, uncaught.size());
  }

  @Test
  void listenerHearsTheStatusNowAndAllNewsUntilItLeaves() {
    List<SyncStatus> heard = new ArrayList<>();
    Subscription place = feed.listen(heard::add);
    time.advance(0);
    become(2);
    become(3);
    time.advance(0);
    place.close();
    become(4);
    time.advance(0);

    assertEquals(List.of(status(1), status(3)), heard);
  }

  @Test
  void nobodyIsNoSubscriber() {
    @SuppressWarnings("NullAway") // what the rules of Flow ask for
    Runnable subscribing = () -> feed.subscribe(null);
    assertThrows(NullPointerException.class, subscribing::run);
    assertTrue(time.isIdle());
  }
}
