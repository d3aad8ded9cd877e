package dev.plait.transport.grpc;

import dev.plait.schedule.Scheduler;
import dev.plait.transport.TransportException;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes the way to a server. Certificates and keys are files in PEM form, keys PKCS #8 without
 * a password; they and the token are read each time a link is opened, so they may be renewed
 * meanwhile. Not thread-safe.
 */
public final class GrpcTransportBuilder {

  private static final int LAST_PORT = 65_535;

  /** Where nobody else listens. */
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  private final String host;
  private final int port;
  private LinkTerms terms = LinkTerms.USUAL;
  private boolean tls;
  private @Nullable Path trusted;
  private @Nullable Path certificates;
  private @Nullable Path privateKey;
  private @Nullable String serverName;
  private @Nullable Supplier<String> token;
  private @Nullable Executor executor;
  private @Nullable Scheduler scheduler;

  GrpcTransportBuilder(String host, int port) {
    if (host.isBlank() || port < 1 || port > LAST_PORT) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS,
          "no server is at \"" + host + "\" port " + port + "; ports are from 1 to " + LAST_PORT);
    }
    this.host = host;
    this.port = port;
  }

  private GrpcTransportBuilder(GrpcTransportBuilder other) {
    this.host = other.host;
    this.port = other.port;
    this.terms = other.terms;
    this.tls = other.tls;
    this.trusted = other.trusted;
    this.certificates = other.certificates;
    this.privateKey = other.privateKey;
    this.serverName = other.serverName;
    this.token = other.token;
    this.executor = other.executor;
    this.scheduler = other.scheduler;
  }

  /** Uses TLS; the server's certificate must lead to one that this Java trusts. */
  public GrpcTransportBuilder tls() {
    this.tls = true;
    return this;
  }

  /** Uses TLS; the server's certificate must lead to one of those in this file. */
  public GrpcTransportBuilder tls(Path trustedCertificates) {
    this.tls = true;
    this.trusted = trustedCertificates;
    return this;
  }

  /**
   * The name that the server's certificate must have; if not set, the host.
   *
   * @param name a host name
   */
  public GrpcTransportBuilder serverName(String name) {
    this.serverName = name;
    return this;
  }

  /** Shows the server a certificate of this client; needs TLS. */
  public GrpcTransportBuilder clientCertificate(Path certificateChain, Path key) {
    this.certificates = certificateChain;
    this.privateKey = key;
    return this;
  }

  /**
   * Shows the server a bearer token. It needs TLS, unless the host is this machine by the name of
   * localhost, 127.0.0.1 or ::1.
   *
   * @param secret visible ASCII characters
   */
  public GrpcTransportBuilder token(String secret) {
    return token(() -> secret);
  }

  /** Shows the server a bearer token that may change: it is asked for with each link. */
  public GrpcTransportBuilder token(Supplier<String> secret) {
    this.token = secret;
    return this;
  }

  /**
   * After how much silence the server is asked for a sign of life, in milliseconds; 30 000 if not
   * set, 10 000 at least.
   */
  public GrpcTransportBuilder keepAliveMillis(long millis) {
    this.terms = terms.withKeepAlive(millis, terms.keepAliveTimeoutMillis());
    return this;
  }

  /** How long that sign may take, in milliseconds from 1; 20 000 if not set. */
  public GrpcTransportBuilder keepAliveTimeoutMillis(long millis) {
    this.terms = terms.withKeepAlive(terms.keepAliveMillis(), millis);
    return this;
  }

  /**
   * How long nothing may get through, be it while the connection is made or because the server does
   * not read, before the link closes; in milliseconds from 1, 60 000 if not set. One frame has to
   * get through in this time.
   */
  public GrpcTransportBuilder stallMillis(long millis) {
    this.terms = terms.withStallMillis(millis);
    return this;
  }

  /** The longest frame that is sent or taken, in bytes; what the session allows if not set. */
  public GrpcTransportBuilder maxFrameBytes(int bytes) {
    this.terms = terms.withMaxFrameBytes(bytes);
    return this;
  }

  /** Where receivers are called; if not set, on daemon threads that end when they idle. */
  public GrpcTransportBuilder executor(Executor theExecutor) {
    this.executor = theExecutor;
    return this;
  }

  /** What measures {@link #stallMillis}; each link's own network thread if not set. */
  public GrpcTransportBuilder scheduler(Scheduler theScheduler) {
    this.scheduler = theScheduler;
    return this;
  }

  /**
   * The transport; nothing is dialled yet.
   *
   * @throws TransportException INVALID_CREDENTIALS if a certificate or key can't be read,
   *     INVALID_SETTINGS if things don't go together
   */
  public GrpcTransport build() {
    if (certificates != null && !tls) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS, "a client certificate needs tls()");
    }
    if (token != null && !tls && !THIS_MACHINE.contains(host)) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS,
          "a token for " + host + " needs tls(): others could read it on its way");
    }
    GrpcTransportBuilder settings = new GrpcTransportBuilder(this);
    settings.describe();
    return new GrpcTransport(
        settings, terms, executor != null ? executor : Threads.workers("client"));
  }

  /** The beginning of a channel. */
  NettyChannelBuilder describe() {
    try {
      NettyChannelBuilder description = NettyChannelBuilder.forAddress(host, port, credentials());
      if (serverName != null) {
        description.overrideAuthority(serverName);
      }
      return description;
    } catch (IOException | IllegalArgumentException broken) {
      throw Credentials.unusable(broken, trusted, certificates, privateKey);
    }
  }

  private ChannelCredentials credentials() throws IOException {
    if (!tls) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    if (trusted != null) {
      credentials.trustManager(trusted.toFile());
    }
    if (certificates != null && privateKey != null) {
      credentials.keyManager(certificates.toFile(), privateKey.toFile());
    }
    return credentials.build();
  }

  Metadata headers() {
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(SyncMethod.AUTHORIZATION, Credentials.bearer(token.get()));
    }
    return headers;
  }

  Scheduler scheduler(EventLoopGroup loops) {
    return scheduler != null ? scheduler : Threads.scheduler(loops);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
