package dev.plait.transport.grpc;

import dev.plait.schedule.Scheduler;
import dev.plait.sync.SyncPolicy;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Takes in the calls of a server, asks who they are, and hands them on. */
final class Reception {

  private final Authorizer authorizer;
  private final CallHandler handler;
  private final LinkTerms terms;
  private final int maxCalls;
  private final Executor workers;
  private final Set<IncomingCall> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Reception(
      Authorizer authorizer, CallHandler handler, LinkTerms terms, int maxCalls, Executor workers) {
    this.authorizer = authorizer;
    this.handler = handler;
    this.terms = terms;
    this.maxCalls = maxCalls;
    this.workers = workers;
  }

  /** What gRPC calls, on its own threads. */
  ServerCallHandler<byte[], byte[]> handler(Scheduler scheduler) {
    return (call, headers) -> {
      IncomingCall incoming =
          new IncomingCall(call, Cut.ofCurrentCall(), terms, scheduler, workers, calls::remove);
      PeerIdentity who = identify(call, headers);
      calls.add(incoming);
      if (calls.size() > maxCalls) {
        incoming.refuse(
            Status.RESOURCE_EXHAUSTED.withDescription(
                "the server has " + maxCalls + " calls, as many as it takes; try again later"));
      } else {
        incoming.await();
        workers.execute(() -> admit(incoming, who));
      }
      return incoming;
    };
  }

  private void admit(IncomingCall call, PeerIdentity who) {
    boolean settled = false;
    try {
      Optional<SyncPolicy> policy = authorizer.authorize(who);
      if (closed) {
        call.leave();
      } else if (policy.isPresent()) {
        handler.onCall(call, policy.get(), who);
      } else {
        call.refuse(Status.UNAUTHENTICATED.withDescription("the server does not take this caller"));
      }
      settled = true;
    } finally {
      if (!settled) {
        call.refuse(Status.INTERNAL.withDescription("the server failed to take the call"));
      }
    }
  }

  private static PeerIdentity identify(ServerCall<?, ?> call, Metadata headers) {
    return new PeerIdentity(
        certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
        Credentials.token(headers.get(SyncMethod.AUTHORIZATION)),
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
  }

  private static List<X509Certificate> certificates(@Nullable SSLSession session) {
    if (session == null) {
      return List.of();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Stream.of(chain)
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /** Ends all calls and refuses those that still come. */
  void close() {
    closed = true;
    calls.forEach(IncomingCall::leave);
  }
}
