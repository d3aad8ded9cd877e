package dev.plait.transport.grpc;

import dev.plait.sync.SyncPolicy;
import dev.plait.transport.Transport;

/** Takes the calls of a {@link GrpcServer}. */
@FunctionalInterface
public interface CallHandler {

  /**
   * Takes a call. Calls come at once and from several threads. What this throws ends the call.
   *
   * @param transport opens once; the link is this call. Calls that are not opened before long are
   *     ended
   * @param policy what the caller may do, for the session
   * @param who who calls
   */
  void onCall(Transport transport, SyncPolicy policy, PeerIdentity who);
}
