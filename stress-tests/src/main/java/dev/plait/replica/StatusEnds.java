package dev.plait.replica;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.sync.SyncStatus;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/** A connection has news and ends while its subscriber asks for the next status. */
@JCStressTest
@Outcome(id = "1, true, true", expect = Expect.ACCEPTABLE, desc = "completed once, with the last")
@Outcome(expect = Expect.FORBIDDEN, desc = "a signal was lost, came twice, or met another")
@State
public class StatusEnds implements Flow.Subscriber<SyncStatus> {
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final StatusFeed feed = new StatusFeed(new AtOnce(), this::status);
  private Flow.@Nullable Subscription subscription;
  private int seen;
  private int completions;
  private boolean alone = true;

  /** Subscribes; nobody extends this class, so nothing of it is missing by then. */
  @SuppressWarnings("this-escape")
  public StatusEnds() {
    feed.subscribe(this);
  }

  /** There is no thread to hand work over to: who has work does it. */
  private static final class AtOnce implements Scheduler {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Cancellable after(long millis, Runnable task) {
      throw new UnsupportedOperationException("a feed does nothing later");
    }
  }

  /** As many documents as there was news. */
  private SyncStatus status() {
    return new SyncStatus(null, List.of(), version.get() > 0, null);
  }

  @Override
  public void onSubscribe(Flow.Subscription theSubscription) {
    subscription = theSubscription;
  }

  @Override
  public void onNext(SyncStatus status) {
    alone &= inside.getAndIncrement() == 0;
    seen = status.isInSync() ? 1 : 0;
    inside.decrementAndGet();
  }

  @Override
  public void onError(Throwable failure) {
    alone = false;
  }

  @Override
  public void onComplete() {
    alone &= inside.getAndIncrement() == 0;
    completions++;
    inside.decrementAndGet();
  }

  /** Something has happened, and it was the last. */
  @Actor
  public void end() {
    version.incrementAndGet();
    feed.complete();
  }

  /** Asks for two. */
  @Actor
  public void request() {
    if (subscription != null) {
      subscription.request(2);
    }
  }

  /** How often it has ended, whether with the last status, and one signal at a time. */
  @Arbiter
  public void look(IZZ_Result result) {
    result.r1 = completions;
    result.r2 = seen == 1;
    result.r3 = alone;
  }
}
