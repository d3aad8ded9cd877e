package dev.plait.transport.grpc;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as it is known. Immutable.
 *
 * @param certificates the chain the caller has shown and proved to own, its own certificate first,
 *     leading to one the server trusts; empty if it has shown none
 * @param token the bearer token it has sent, <em>not</em> checked; null if it has sent none
 * @param address where the call comes from; null if that is not known
 */
public record PeerIdentity(
    List<X509Certificate> certificates, @Nullable String token, @Nullable SocketAddress address) {

  /** Copies the list. */
  public PeerIdentity {
    certificates = List.copyOf(certificates);
  }

  /** The name in the caller's own certificate, as RFC 2253 writes it; null without certificate. */
  public @Nullable String subject() {
    return certificates.isEmpty() ? null : certificates.get(0).getSubjectX500Principal().getName();
  }

  /** For people; without the token. */
  @Override
  public String toString() {
    return "PeerIdentity[subject="
        + subject()
        + ", token="
        + (token == null ? "none" : "given")
        + ", address="
        + address
        + "]";
  }
}
