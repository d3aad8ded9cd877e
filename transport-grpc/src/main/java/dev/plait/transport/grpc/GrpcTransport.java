package dev.plait.transport.grpc;

import dev.plait.schedule.Scheduler;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way to a {@link GrpcServer}, or to any server that speaks {@code plait/sync/v1/sync.proto}.
 *
 * <p>It may be opened again whenever its link has closed; each link is a connection of its own,
 * with one thread for the network while it lives and one more while the receiver is called. A link
 * that cannot reach the server, is refused, or is not answered to any more, closes and says why. On
 * one link, frames arrive in order and once.
 *
 * <p>All that belongs to a link ends with it: nothing has to be closed for that. Safe for use by
 * any number of threads, and so are its links.
 */
public final class GrpcTransport implements Transport, AutoCloseable {

  private final GrpcTransportBuilder settings;
  private final LinkTerms terms;
  private final Executor workers;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable GrpcLink link;
  private boolean closed;

  GrpcTransport(GrpcTransportBuilder settings, LinkTerms terms, Executor workers) {
    this.settings = settings;
    this.terms = terms;
    this.workers = workers;
  }

  /**
   * The way to a server without TLS: for one machine, or a network that is protected otherwise.
   *
   * @param host a name or an address
   * @param port from 1 to 65535
   * @throws TransportException INVALID_SETTINGS
   */
  public static GrpcTransport client(String host, int port) {
    return builder(host, port).build();
  }

  /**
   * Begins to describe the way to a server.
   *
   * @param host a name or an address
   * @param port from 1 to 65535
   * @throws TransportException INVALID_SETTINGS
   */
  public static GrpcTransportBuilder builder(String host, int port) {
    return new GrpcTransportBuilder(host, port);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Returns before the server has answered.
   *
   * @throws TransportException ALREADY_OPEN while its link is open, TRANSPORT_CLOSED after {@link
   *     #close}, INVALID_CREDENTIALS if certificates can't be read any more
   */
  @Override
  public Link open(Receiver receiver) {
    lock.lock();
    try {
      if (closed) {
        throw new TransportException(
            TransportException.TRANSPORT_CLOSED, "the transport to " + settings + " was closed");
      }
      if (link != null && !link.isEnded()) {
        throw new TransportException(
            TransportException.ALREADY_OPEN,
            "a link to " + settings + " is open; only one at a time is allowed");
      }
      GrpcLink opened = dial(receiver);
      link = opened;
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private GrpcLink dial(Receiver receiver) {
    NettyChannelBuilder description = settings.describe();
    Metadata headers = settings.headers();
    EventLoopGroup loops = Threads.loops("client", 1);
    boolean dialled = false;
    try {
      ManagedChannel channel = channel(description, loops);
      ClientWire wire = new ClientWire(channel.newCall(SyncMethod.SYNC, CallOptions.DEFAULT));
      Scheduler scheduler = settings.scheduler(loops);
      GrpcLink dialling =
          new GrpcLink(wire, receiver, terms, scheduler, workers, () -> hangUp(channel, loops));
      wire.start(dialling, headers);
      dialled = true;
      return dialling;
    } finally {
      if (!dialled) {
        Threads.end(loops);
      }
    }
  }

  private ManagedChannel channel(NettyChannelBuilder description, EventLoopGroup loops) {
    return description
        .eventLoopGroup(loops)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .offloadExecutor(workers)
        .keepAliveTime(terms.keepAliveMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(terms.keepAliveTimeoutMillis(), TimeUnit.MILLISECONDS)
        .maxInboundMessageSize(terms.maxMessageBytes())
        .decompressorRegistry(SyncMethod.NO_COMPRESSION)
        .disableRetry()
        .disableServiceConfigLookUp()
        .build();
  }

  /** The call is over and the receiver knows; this runs on a worker and may wait a little. */
  private static void hangUp(ManagedChannel channel, EventLoopGroup loops) {
    try {
      channel.shutdownNow().awaitTermination(GrpcLink.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      Threads.end(loops);
    }
  }

  /** Closes the link if one is open, and opens no more. Closing twice does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (link != null) {
        link.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
