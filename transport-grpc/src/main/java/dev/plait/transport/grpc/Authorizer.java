package dev.plait.transport.grpc;

import dev.plait.sync.SyncPolicy;
import java.util.Optional;

/**
 * Decides about callers. Asked once for each call, before anything is read from it; what it answers
 * is asked from then on: on hello, on each subscription, and on each write.
 */
@FunctionalInterface
public interface Authorizer {

  /**
   * What this caller may do. May take its time; several calls are asked about at once. What it
   * throws refuses the call.
   *
   * @return empty to refuse the call
   */
  Optional<SyncPolicy> authorize(PeerIdentity who);

  /** Lets everybody do everything. */
  static Authorizer allowAll() {
    return who -> Optional.of(SyncPolicy.allowAll());
  }
}
