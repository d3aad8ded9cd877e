package dev.plait.sync;

/**
 * What one end of a session wants and allows. Immutable.
 *
 * @param subscription which documents are wanted from the peer at first
 * @param policy what the peer may do
 * @param session a number from 1 that tells this session from earlier ones over the same way: what
 *     bears another one is not listened to. If a transport may deliver to a link what was sent on
 *     an earlier one, count up; else any number does, the smaller the shorter the messages
 */
public record SyncSettings(Subscription subscription, SyncPolicy policy, int session) {

  private static final SyncSettings DEFAULTS =
      new SyncSettings(Subscription.all(), SyncPolicy.allowAll(), 1);

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SyncSettings {
    if (session < 1) {
      throw new IllegalArgumentException("sessions are numbered from 1, not " + session);
    }
  }

  /** All documents, both ways; session 1. */
  public static SyncSettings defaults() {
    return DEFAULTS;
  }

  /** A copy that wants something else. */
  public SyncSettings withSubscription(Subscription other) {
    return new SyncSettings(other, policy, session);
  }

  /** A copy that allows something else. */
  public SyncSettings withPolicy(SyncPolicy other) {
    return new SyncSettings(subscription, other, session);
  }

  /** A copy with another number. */
  public SyncSettings withSession(int number) {
    return new SyncSettings(subscription, policy, number);
  }
}
