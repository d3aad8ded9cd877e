package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.sync.SyncPolicy;
import dev.plait.transport.TransportException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300) // seconds; only so that a deadlock ends
class GrpcAuthorizationTest {

  private final Until until = new Until();
  private final List<PeerIdentity> callers = new CopyOnWriteArrayList<>();

  private static void write(Replica replica, String document, String text) {
    replica.document(document).transact(tx -> tx.text("body").append(text));
  }

  private static boolean holds(Replica replica, String document, String text) {
    return replica.documents().contains(document)
        && replica.document(document).text("body").toString().contains(text);
  }

  /** A server that syncs {@code served} with whom the authorizer lets in. */
  private GrpcServerBuilder server(Authorizer authorizer) {
    return GrpcServer.builder()
        .authorizer(
            who -> {
              callers.add(who);
              return authorizer.authorize(who);
            });
  }

  private GrpcServer serve(GrpcServerBuilder server, Replica served) {
    return server.start(
        (transport, policy, who) ->
            served
                .accept(transport, ConnectOptions.defaults().withPolicy(policy))
                .onStatus(status -> until.tell()));
  }

  /** One link, without reopening. */
  private Connection call(Replica caller, GrpcTransportBuilder transport) {
    Connection connection = caller.accept(transport.build());
    connection.onStatus(status -> until.tell());
    return connection;
  }

  private static GrpcTransportBuilder to(GrpcServer server) {
    return GrpcTransport.builder("localhost", server.port());
  }

  @Test
  void theTokenDecidesWhoMayCall() {
    try (Replica served = Replica.builder().build();
        Replica friend = Replica.builder().build();
        Replica stranger = Replica.builder().build();
        GrpcServer server =
            serve(
                server(
                    who ->
                        "open sesame".replace(' ', '-').equals(who.token())
                            ? Optional.of(SyncPolicy.allowAll())
                            : Optional.empty()),
                served)) {
      write(served, "d", "x");
      Connection welcome = call(friend, to(server).token("open-sesame"));
      until.is("the friend has it", () -> holds(friend, "d", "x") && welcome.isInSync());

      for (Connection refused :
          List.of(call(stranger, to(server)), call(stranger, to(server).token("wrong")))) {
        until.is("the stranger is refused", () -> !refused.isOpen());
        assertTrue(String.valueOf(refused.failure()).contains("UNAUTHENTICATED"));
      }
      assertEquals(List.of(), stranger.documents());
      assertFalse(callers.get(0).toString().contains("sesame"), "a token is not for the log");
    }
  }

  @Test
  void anAuthorizerThatThrowsLetsNobodyIn() {
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(server(who -> Optional.ofNullable(null)), served)) {
      Connection refused = call(caller, to(server));
      until.is("the caller is refused", () -> !refused.isOpen());
      assertTrue(String.valueOf(refused.failure()).contains("UNAUTHENTICATED"));
    }
  }

  @Test
  void aReplicaThatMayNotConnectIsToldSo() {
    SyncPolicy nobody =
        new SyncPolicy() {
          @Override
          public boolean mayConnect(ReplicaId peer) {
            return false;
          }
        };
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(server(who -> Optional.of(nobody)), served)) {
      write(served, "d", "x");
      Connection refused = call(caller, to(server));
      until.is("the caller is refused", () -> !refused.isOpen());
      assertTrue(
          String.valueOf(refused.failure()).contains(SyncPolicy.CONNECT_DENIED), refused.failure());
      assertEquals(List.of(), caller.documents());
    }
  }

  @Test
  void aDocumentThatMayNotBeReadStaysAndOthersGo() {
    SyncPolicy noSecrets =
        new SyncPolicy() {
          @Override
          public boolean mayRead(ReplicaId peer, String document) {
            return !document.equals("secret");
          }
        };
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(server(who -> Optional.of(noSecrets)), served)) {
      write(served, "secret", "s");
      write(served, "shared", "one");
      Connection connection = call(caller, to(server));
      until.is("the first is there", () -> holds(caller, "shared", "one"));
      write(served, "secret", "t");
      write(served, "shared", "two");
      until.is("the second is there", () -> holds(caller, "shared", "two"));
      assertEquals(List.of("shared"), caller.documents());
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void aDocumentThatMayNotBeWrittenStaysAsItIsAndOthersChange() {
    SyncPolicy readOnly =
        new SyncPolicy() {
          @Override
          public boolean mayWrite(ReplicaId peer, String document) {
            return !document.equals("fixed");
          }
        };
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(server(who -> Optional.of(readOnly)), served)) {
      write(served, "fixed", "law");
      Connection connection = call(caller, to(server));
      until.is("it may be read", () -> holds(caller, "fixed", "law"));
      write(caller, "fixed", "breach");
      write(caller, "free", "one");
      until.is("the other came", () -> holds(served, "free", "one"));
      write(caller, "free", "two");
      until.is("and goes on", () -> holds(served, "free", "two"));
      assertFalse(holds(served, "fixed", "breach"));
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void aClientCertificateSaysWhoCalls() {
    GrpcServerBuilder strict =
        server(Authorizer.allowAll())
            .tls(Papers.SERVER.certificate(), Papers.SERVER.key())
            .requireClientCertificates(Papers.ALICE.certificate());
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(strict, served)) {
      write(served, "d", "x");
      GrpcTransportBuilder anonymous = to(server).tls(Papers.SERVER.certificate());
      assertRefused(call(caller, anonymous));
      assertRefused(
          call(
              caller,
              to(server)
                  .tls(Papers.SERVER.certificate())
                  .clientCertificate(Papers.MALLORY.certificate(), Papers.MALLORY.key())));
      assertRefused(call(caller, to(server)));
      assertEquals(List.of(), callers);

      call(
          caller,
          to(server)
              .tls(Papers.SERVER.certificate())
              .clientCertificate(Papers.ALICE.certificate(), Papers.ALICE.key()));
      until.is("the document is there", () -> holds(caller, "d", "x"));
      assertEquals("CN=alice", callers.get(0).subject());
      assertNotNull(callers.get(0).address());
    }
  }

  @Test
  void aServerMayAskForCertificatesWithoutInsisting() {
    GrpcServerBuilder lenient =
        server(Authorizer.allowAll())
            .tls(Papers.SERVER.certificate(), Papers.SERVER.key())
            .acceptClientCertificates(Papers.ALICE.certificate());
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer server = serve(lenient, served)) {
      write(served, "d", "x");
      call(caller, to(server).tls(Papers.SERVER.certificate()));
      until.is("the document is there", () -> holds(caller, "d", "x"));
      assertNull(callers.get(0).subject());
      assertNull(callers.get(0).token());
    }
  }

  @Test
  void aServerThatIsNotTrustedOrHasAnotherNameIsNotTalkedTo() {
    GrpcServerBuilder server =
        server(Authorizer.allowAll()).tls(Papers.MALLORY.certificate(), Papers.MALLORY.key());
    try (Replica served = Replica.builder().build();
        Replica caller = Replica.builder().build();
        GrpcServer running = serve(server, served)) {
      assertRefused(call(caller, to(running).tls(Papers.SERVER.certificate())));
      assertRefused(call(caller, to(running).tls()));
      assertRefused(
          call(caller, to(running).tls(Papers.MALLORY.certificate()).serverName("example.org")));
      assertEquals(List.of(), callers);
    }
  }

  private void assertRefused(Connection connection) {
    until.is("the call is refused", () -> !connection.isOpen());
    assertNotNull(connection.failure());
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedWithItsCode() {
    assertCode(
        TransportException.INVALID_SETTINGS,
        () -> GrpcTransport.builder("example.org", 1).token("t").build());
    assertCode(TransportException.INVALID_SETTINGS, () -> GrpcTransport.client("localhost", 0));
    assertCode(
        TransportException.INVALID_SETTINGS,
        () -> GrpcTransport.builder("localhost", 1).keepAliveMillis(9_999));
    assertCode(
        TransportException.INVALID_CREDENTIALS,
        () -> GrpcTransport.builder("localhost", 1).tls(Path.of("no such file")).build());
    assertCode(
        TransportException.INVALID_CREDENTIALS,
        () ->
            GrpcTransport.builder("localhost", 1)
                .tls()
                .clientCertificate(Papers.ALICE.key(), Papers.ALICE.certificate())
                .build());
    assertCode(
        TransportException.INVALID_CREDENTIALS,
        () -> GrpcTransport.builder("localhost", 1).token("a b").build().open(Ear.open(until)));
    assertCode(
        TransportException.INVALID_SETTINGS,
        () ->
            GrpcServer.builder()
                .requireClientCertificates(Papers.ALICE.certificate())
                .start((transport, policy, who) -> {}));
    try (GrpcServer taken = GrpcServer.builder().start((transport, policy, who) -> {})) {
      assertCode(
          TransportException.CANNOT_LISTEN,
          () -> GrpcServer.builder().port(taken.port()).start((transport, policy, who) -> {}));
    }
    GrpcTransport closed = GrpcTransport.client("localhost", 1);
    closed.close();
    assertCode(TransportException.TRANSPORT_CLOSED, () -> closed.open(Ear.open(until)));
  }

  private static void assertCode(String code, Runnable call) {
    assertEquals(code, assertThrows(TransportException.class, call::run).code());
  }
}
