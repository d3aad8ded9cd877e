package dev.plait.replica;

import dev.plait.sync.Subscription;
import dev.plait.sync.SyncPolicy;

/**
 * How a replica talks to one peer. Immutable.
 *
 * @param subscription which documents are wanted from the peer at first
 * @param policy what the peer may do
 * @param firstBackoffMillis the longest wait after the first failure to get or keep a link, from 1;
 *     500 by default
 * @param maxBackoffMillis the longest wait after any failure, at least the first one; 30,000 by
 *     default
 */
public record ConnectOptions(
    Subscription subscription, SyncPolicy policy, long firstBackoffMillis, long maxBackoffMillis) {
  private static final ConnectOptions DEFAULTS =
      new ConnectOptions(Subscription.all(), SyncPolicy.allowAll(), 500, 30_000);

  /**
   * Checks the waits.
   *
   * @throws ReplicaException INVALID_BACKOFF
   */
  public ConnectOptions {
    if (firstBackoffMillis < 1 || maxBackoffMillis < firstBackoffMillis) {
      throw new ReplicaException(
          ReplicaException.INVALID_BACKOFF,
          "a back-off from "
              + firstBackoffMillis
              + " to "
              + maxBackoffMillis
              + " ms makes no sense; the first must be at least 1, the cap at least the first");
    }
  }

  /** All documents, both ways. */
  public static ConnectOptions defaults() {
    return DEFAULTS;
  }

  /** A copy that wants other documents. */
  public ConnectOptions withSubscription(Subscription wanted) {
    return new ConnectOptions(wanted, policy, firstBackoffMillis, maxBackoffMillis);
  }

  /** A copy that allows something else. */
  public ConnectOptions withPolicy(SyncPolicy allowed) {
    return new ConnectOptions(subscription, allowed, firstBackoffMillis, maxBackoffMillis);
  }

  /** A copy with other waits; both are only limits, the waits themselves are random. */
  public ConnectOptions withBackoff(long firstMillis, long capMillis) {
    return new ConnectOptions(subscription, policy, firstMillis, capMillis);
  }
}
