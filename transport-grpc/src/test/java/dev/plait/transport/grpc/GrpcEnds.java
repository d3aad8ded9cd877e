package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.plait.properties.transport.Ends;
import dev.plait.transport.Transport;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on this machine and a client that calls it. */
final class GrpcEnds implements Ends {

  private static final long GUARD_SECONDS = 60;

  private final BlockingQueue<Transport> calls = new LinkedBlockingQueue<>();
  private final GrpcServer server;
  private final GrpcTransport client;
  private final GrpcTransport clientOfNobody;

  GrpcEnds(
      UnaryOperator<GrpcServerBuilder> serverSettings,
      UnaryOperator<GrpcTransportBuilder> clientSettings) {
    server =
        serverSettings
            .apply(GrpcServer.builder())
            .start((transport, policy, who) -> calls.add(transport));
    client = clientSettings.apply(GrpcTransport.builder("localhost", server.port())).build();
    GrpcServer gone = GrpcServer.builder().start((transport, policy, who) -> {});
    clientOfNobody = GrpcTransport.client("localhost", gone.port());
    gone.close();
  }

  GrpcServer server() {
    return server;
  }

  @Override
  public GrpcTransport dialler() {
    return client;
  }

  @Override
  public Transport nextCall() {
    try {
      Transport call = calls.poll(GUARD_SECONDS, TimeUnit.SECONDS);
      assertNotNull(call, "no call came");
      return call;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public Transport diallerToNobody() {
    return clientOfNobody;
  }

  @Override
  public void close() {
    clientOfNobody.close();
    client.close();
    server.close();
  }
}
