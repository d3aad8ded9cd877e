package dev.plait.replica;

import dev.plait.schedule.Scheduler;
import dev.plait.sync.SyncStatus;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/*
 * Signals must not overlap, and any thread may cause one. Whoever raises `causes` from 0 hands the
 * work to the scheduler; the work goes on until it has seen all causes there are. It begins at 1, so
 * that nothing is signalled while onSubscribe still runs.
 */
/** One subscriber of a {@link StatusFeed}, and what it has asked for. */
final class StatusReader implements Flow.Subscription {
  private final StatusFeed feed;
  private final Scheduler scheduler;
  private final Flow.Subscriber<? super SyncStatus> subscriber;
  private final AtomicInteger causes = new AtomicInteger(1);
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean news = true;
  private volatile boolean askedForNothing;
  private volatile boolean done;

  StatusReader(
      StatusFeed feed, Scheduler scheduler, Flow.Subscriber<? super SyncStatus> subscriber) {
    this.feed = feed;
    this.scheduler = scheduler;
    this.subscriber = subscriber;
  }

  /** The subscriber knows its subscription. */
  void begin() {
    scheduler.execute(this::work);
  }

  boolean isDone() {
    return done;
  }

  void changed() {
    news = true;
    wake();
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      askedForNothing = true;
    } else {
      demand.accumulateAndGet(
          count, (had, more) -> had > Long.MAX_VALUE - more ? Long.MAX_VALUE : had + more);
    }
    wake();
  }

  @Override
  public void cancel() {
    done = true;
    feed.remove(this);
  }

  private void wake() {
    if (causes.getAndIncrement() == 0) {
      scheduler.execute(this::work);
    }
  }

  private void work() {
    int seen = causes.get();
    while (seen != 0) {
      try {
        signal();
      } catch (RuntimeException thrown) {
        cancel();
        Uncaught.report(thrown);
      }
      seen = causes.addAndGet(-seen);
    }
  }

  private void signal() {
    // Asked first: a status that is computed after the end is the last one.
    boolean last = feed.isComplete();
    if (!done && askedForNothing) {
      cancel();
      subscriber.onError(
          new IllegalArgumentException("0 or fewer were requested; request at least 1"));
    }
    if (!done && news && demand.get() > 0) {
      news = false;
      demand.decrementAndGet();
      subscriber.onNext(feed.newest());
    }
    if (!done && last && !news) {
      cancel();
      subscriber.onComplete();
    }
  }
}
