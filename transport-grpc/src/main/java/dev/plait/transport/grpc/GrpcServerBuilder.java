package dev.plait.transport.grpc;

import dev.plait.schedule.Scheduler;
import dev.plait.transport.TransportException;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Describes a server. Certificates and keys are files in PEM form, keys PKCS #8 without a password,
 * read when it starts. Not thread-safe.
 */
public final class GrpcServerBuilder {

  private static final int LAST_PORT = 65_535;

  private LinkTerms terms = LinkTerms.USUAL;
  private Authorizer authorizer = Authorizer.allowAll();
  private String host = "localhost";
  private int port;
  private int maxCalls = 1_000;
  private @Nullable Path certificates;
  private @Nullable Path privateKey;
  private @Nullable Path trusted;
  private TlsServerCredentials.ClientAuth clients = TlsServerCredentials.ClientAuth.NONE;
  private @Nullable Executor executor;
  private @Nullable Scheduler scheduler;

  GrpcServerBuilder() {}

  /**
   * Where it listens: a name or address of this machine; localhost if not set, so that nobody else
   * can call. {@code 0.0.0.0} or {@code ::} is everywhere.
   */
  public GrpcServerBuilder host(String nameOrAddress) {
    this.host = nameOrAddress;
    return this;
  }

  /** Where it listens: from 1 to 65535; 0, any that is free, if not set. */
  public GrpcServerBuilder port(int number) {
    this.port = number;
    return this;
  }

  /** Takes only calls with TLS. */
  public GrpcServerBuilder tls(Path certificateChain, Path key) {
    this.certificates = certificateChain;
    this.privateKey = key;
    return this;
  }

  /** Takes only calls with a client certificate that leads to one of those in this file. */
  public GrpcServerBuilder requireClientCertificates(Path trustedCertificates) {
    this.trusted = trustedCertificates;
    this.clients = TlsServerCredentials.ClientAuth.REQUIRE;
    return this;
  }

  /** Asks for client certificates; one that is shown must lead to one of those in this file. */
  public GrpcServerBuilder acceptClientCertificates(Path trustedCertificates) {
    this.trusted = trustedCertificates;
    this.clients = TlsServerCredentials.ClientAuth.OPTIONAL;
    return this;
  }

  /** Decides who may call, and what callers may do; everybody everything if not set. */
  public GrpcServerBuilder authorizer(Authorizer theAuthorizer) {
    this.authorizer = theAuthorizer;
    return this;
  }

  /** How many calls there may be at once, from 1; 1000 if not set. One more is refused. */
  public GrpcServerBuilder maxCalls(int calls) {
    LinkTerms.atLeast("maxCalls", calls, 1);
    this.maxCalls = calls;
    return this;
  }

  /**
   * After how much silence a caller is asked for a sign of life, in milliseconds; 30 000 if not
   * set, 10 000 at least.
   */
  public GrpcServerBuilder keepAliveMillis(long millis) {
    this.terms = terms.withKeepAlive(millis, terms.keepAliveTimeoutMillis());
    return this;
  }

  /** How long that sign may take, in milliseconds from 1; 20 000 if not set. */
  public GrpcServerBuilder keepAliveTimeoutMillis(long millis) {
    this.terms = terms.withKeepAlive(terms.keepAliveMillis(), millis);
    return this;
  }

  /**
   * How long a caller may read nothing before it is cut off, in milliseconds from 1; 60 000 if not
   * set. One frame has to get through in this time.
   */
  public GrpcServerBuilder stallMillis(long millis) {
    this.terms = terms.withStallMillis(millis);
    return this;
  }

  /** The longest frame that is sent or taken, in bytes; what the session allows if not set. */
  public GrpcServerBuilder maxFrameBytes(int bytes) {
    this.terms = terms.withMaxFrameBytes(bytes);
    return this;
  }

  /**
   * Where the authorizer, the handler and receivers are called; if not set, on daemon threads that
   * end when they idle.
   */
  public GrpcServerBuilder executor(Executor theExecutor) {
    this.executor = theExecutor;
    return this;
  }

  /** What measures {@link #stallMillis}; the server's own network threads if not set. */
  public GrpcServerBuilder scheduler(Scheduler theScheduler) {
    this.scheduler = theScheduler;
    return this;
  }

  /**
   * Starts to listen.
   *
   * @param handler takes each call that is not refused
   * @throws TransportException CANNOT_LISTEN if the address is taken, or not of this machine;
   *     INVALID_CREDENTIALS if a certificate or key can't be read; INVALID_SETTINGS if things don't
   *     go together
   */
  public GrpcServer start(CallHandler handler) {
    if (port < 0 || port > LAST_PORT) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS,
          "there is no port " + port + "; ports are from 0 to " + LAST_PORT);
    }
    if (trusted != null && certificates == null) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS, "client certificates need tls(…)");
    }
    Reception reception =
        new Reception(
            authorizer,
            handler,
            terms,
            maxCalls,
            executor != null ? executor : Threads.workers("server"));
    return GrpcServer.start(describe(), host + ":" + port, terms, reception, scheduler);
  }

  private NettyServerBuilder describe() {
    try {
      return NettyServerBuilder.forAddress(new InetSocketAddress(host, port), credentials());
    } catch (IOException | IllegalArgumentException broken) {
      throw Credentials.unusable(broken, certificates, privateKey, trusted);
    }
  }

  private ServerCredentials credentials() throws IOException {
    if (certificates == null || privateKey == null) {
      return InsecureServerCredentials.create();
    }
    TlsServerCredentials.Builder credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(certificates.toFile(), privateKey.toFile())
            .clientAuth(clients);
    if (trusted != null) {
      credentials.trustManager(trusted.toFile());
    }
    return credentials.build();
  }
}
