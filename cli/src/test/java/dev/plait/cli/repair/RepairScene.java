package dev.plait.cli.repair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.Plait;
import dev.plait.cli.store.DataDirectory;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.transport.grpc.GrpcServer;
import dev.plait.value.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A replica with a store to be damaged, and a peer that listens. */
abstract class RepairScene {
  static final ReplicaId AUTHOR = ReplicaId.of(7, 7);
  static final String PLANTED = "a phrase that is easy to find";

  @TempDir Path directory;

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  volatile @Nullable String stuck;
  final Replica peer =
      Replica.builder().store(stuckOn(InMemoryStore.empty(), () -> this.stuck)).build();
  GrpcServer server;
  int port;

  @BeforeEach
  void listen() {
    server = GrpcServer.builder().start((transport, policy, who) -> peer.accept(transport));
    port = server.port();
  }

  @AfterEach
  void close() {
    server.close();
    peer.close();
  }

  /** A store that takes no changes of one document. */
  static ChangeStore stuckOn(ChangeStore store, Supplier<@Nullable String> document) {
    return (ChangeStore)
        Proxy.newProxyInstance(
            RepairScene.class.getClassLoader(),
            new Class<?>[] {ChangeStore.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof StoreBatch batch
                  && batch.chunks().stream()
                      .anyMatch(chunk -> chunk.header().document().equals(document.get()))) {
                throw new StoreException.Full("no room for this one", null);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  int plait(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return Plait.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  int repair(Path data) {
    return plait("repair", data, "--from", "127.0.0.1:" + port);
  }

  String said() {
    return out + "\n" + err;
  }

  static ChangeStore open(Path data, String kind) {
    DataDirectory place = new DataDirectory(data);
    return kind.equals("lmdb") ? place.openLmdb() : place.openSqlite();
  }

  interface Use {
    void of(Replica replica);
  }

  static void with(Path data, String kind, Use use) {
    try (ChangeStore store = open(data, kind)) {
      if (store.identity() == null) {
        store.commit(StoreBatch.builder().identity(AUTHOR).build());
      }
      try (Replica replica = Replica.builder().store(store).build()) {
        use.of(replica);
      }
    }
  }

  static void write(Replica replica, String document, String text) {
    replica.document(document).transact(tx -> tx.text("body").append(text));
  }

  static String text(Replica replica, String document) {
    return replica.document(document).text("body").toString();
  }

  /** A store with what the peer has, too, and with what only it has. */
  Path written(String kind) {
    Path data = directory.resolve("written");
    with(
        data,
        kind,
        replica -> {
          write(replica, "shared", "known ");
          write(replica, "damaged", PLANTED);
          peer.document("shared")
              .apply(replica.document("shared").changesSince(VersionVector.EMPTY));
          peer.document("damaged")
              .apply(replica.document("damaged").changesSince(VersionVector.EMPTY));
          write(peer, "shared", "theirs ");
          write(replica, "shared", "unsynced ");
          write(replica, "own", "seen by nobody ");
          write(replica, "own", "at all");
          replica.document("own").transact(tx -> tx.set("tags").add(Value.of("draft")));
        });
    return data;
  }

  static Path file(Path data, String kind) {
    return kind.equals("lmdb")
        ? data.resolve("plait.lmdb").resolve("data.mdb")
        : data.resolve("plait.db");
  }

  /** Turns a bit of every copy of a text that is in the file. */
  static void damage(Path file, String planted) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = content.indexOf(planted);
    assertTrue(at > 0, "short texts are stored as they are");
    for (; at > 0; at = content.indexOf(planted, at + 1)) {
      bytes[at] ^= 4;
    }
    Files.write(file, bytes);
  }

  static List<String> content(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  void assertEqualToPeer(Path data, String kind) {
    with(
        data,
        kind,
        replica -> {
          assertEquals(peer.documents(), replica.documents());
          for (String name : peer.documents()) {
            assertArrayEquals(
                peer.document(name).canonicalBytes(), replica.document(name).canonicalBytes());
          }
        });
  }
}
