package dev.plait.replica;

import dev.plait.document.Subscription;
import dev.plait.schedule.Scheduler;
import dev.plait.sync.SyncStatus;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes how far a connection is, to whoever wants to know.
 *
 * <p>It stores nothing: a subscriber that is told that there is news asks for the newest status
 * when its turn comes, so a slow one misses what was in between and costs no memory. A status is
 * computed only for subscribers that have asked for one. All calls but {@code onSubscribe} come on
 * the scheduler.
 */
final class StatusFeed implements Flow.Publisher<SyncStatus> {
  private final Scheduler scheduler;
  private final Supplier<SyncStatus> newest;
  private final List<StatusReader> readers = new CopyOnWriteArrayList<>();
  private volatile boolean complete;

  /**
   * @param newest computes the status; called on the scheduler
   */
  StatusFeed(Scheduler scheduler, Supplier<SyncStatus> newest) {
    this.scheduler = scheduler;
    this.newest = newest;
  }

  /** There is news. */
  void changed() {
    readers.forEach(StatusReader::changed);
  }

  /** There will be no more news; each subscriber still gets the last status. */
  void complete() {
    complete = true;
    changed();
  }

  boolean isComplete() {
    return complete;
  }

  SyncStatus newest() {
    return newest.get();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super SyncStatus> subscriber) {
    StatusReader reader = new StatusReader(this, scheduler, Objects.requireNonNull(subscriber));
    subscriber.onSubscribe(reader);
    readers.add(reader);
    reader.begin();
    if (reader.isDone()) {
      readers.remove(reader); // it may have been cancelled before it was entered
    }
  }

  void remove(StatusReader reader) {
    readers.remove(reader);
  }

  /** Calls {@code listener} with each status; what it throws goes to the uncaught handler. */
  Subscription listen(Consumer<SyncStatus> listener) {
    Listening listening = new Listening(listener);
    subscribe(listening);
    return listening;
  }

  /** A subscriber that wants everything. */
  private static final class Listening implements Flow.Subscriber<SyncStatus>, Subscription {
    private final Consumer<SyncStatus> listener;
    private Flow.@Nullable Subscription place;

    private Listening(Consumer<SyncStatus> listener) {
      this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      place = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SyncStatus status) {
      try {
        listener.accept(status);
      } catch (RuntimeException thrown) {
        Uncaught.report(thrown);
      }
    }

    @Override
    public void onError(Throwable never) {
      throw new AssertionError("a request for everything is always right", never);
    }

    @Override
    public void onComplete() {
      close();
    }

    @Override
    public void close() {
      if (place != null) {
        place.cancel();
      }
    }
  }
}
