package dev.plait.transport.grpc;

import dev.plait.schedule.Scheduler;
import dev.plait.transport.TransportException;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls of {@link GrpcTransport}s, and of all that speak {@code plait/sync/v1/sync.proto}.
 *
 * <pre>{@code
 * GrpcServer server =
 *     GrpcServer.builder()
 *         .host("0.0.0.0")
 *         .port(7401)
 *         .tls(certificate, key)
 *         .authorizer(who -> accounts.policyFor(who.token()))
 *         .start(
 *             (transport, policy, who) ->
 *                 replica.accept(transport, ConnectOptions.defaults().withPolicy(policy)));
 * }</pre>
 *
 * <p>Each call becomes a transport that opens once; on its link, frames arrive in order and once. A
 * caller that does not read is cut off after a while, one that gives no sign of life too; it may
 * call again. Few threads serve all calls; each needs one more only while its receiver is called.
 *
 * <p>Safe for use by any number of threads.
 */
public final class GrpcServer implements AutoCloseable {

  private static final int MOST_THREADS = 4;
  private static final long IDLE_CONNECTION_SECONDS = 60;
  private static final long LEAST_PING_SECONDS = 5;
  private static final int CALLS_PER_CONNECTION = 100;

  private final Server server;
  private final EventLoopGroup loops;
  private final Reception reception;
  private final AtomicBoolean closed = new AtomicBoolean();

  private GrpcServer(Server server, EventLoopGroup loops, Reception reception) {
    this.server = server;
    this.loops = loops;
    this.reception = reception;
  }

  /** Begins to describe a server. */
  public static GrpcServerBuilder builder() {
    return new GrpcServerBuilder();
  }

  static GrpcServer start(
      NettyServerBuilder description,
      String address,
      LinkTerms terms,
      Reception reception,
      @Nullable Scheduler scheduler) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    EventLoopGroup loops = Threads.loops("server", threads);
    boolean started = false;
    try {
      ServerServiceDefinition service =
          ServerServiceDefinition.builder(SyncMethod.SERVICE)
              .addMethod(
                  SyncMethod.SYNC,
                  reception.handler(scheduler != null ? scheduler : Threads.scheduler(loops)))
              .build();
      Server server = server(description, loops, terms).addService(service).build().start();
      started = true;
      return new GrpcServer(server, loops, reception);
    } catch (IOException broken) {
      Throwable cause = broken.getCause();
      throw new TransportException(
          TransportException.CANNOT_LISTEN,
          "no calls can be taken at "
              + address
              + " ("
              + (cause != null ? cause : broken).getMessage()
              + "); choose an address of this machine and a port that is free, or 0",
          broken);
    } finally {
      if (!started) {
        Threads.end(loops);
      }
    }
  }

  private static NettyServerBuilder server(
      NettyServerBuilder description, EventLoopGroup loops, LinkTerms terms) {
    return description
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(NioServerSocketChannel.class)
        .directExecutor()
        .addStreamTracerFactory(new Cut())
        .keepAliveTime(terms.keepAliveMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(terms.keepAliveTimeoutMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(LEAST_PING_SECONDS, TimeUnit.SECONDS)
        .maxConnectionIdle(IDLE_CONNECTION_SECONDS, TimeUnit.SECONDS)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxInboundMessageSize(terms.maxMessageBytes())
        .decompressorRegistry(SyncMethod.NO_COMPRESSION);
  }

  /** The port it listens at. */
  public int port() {
    return server.getPort();
  }

  /**
   * Ends all calls in good order, waiting some seconds at most for what was sent before, and stops
   * to listen. Then no thread, socket or call is left, but those on which receivers of a handler
   * still work. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      server.shutdown();
      reception.close();
      if (!server.awaitTermination(GrpcLink.CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow().awaitTermination(GrpcLink.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      }
      Threads.end(loops);
      loops.awaitTermination(GrpcLink.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      server.shutdownNow();
      Threads.end(loops);
      Thread.currentThread().interrupt();
    }
  }
}
