package dev.plait.cli.node;

import dev.plait.cli.json.JsonWriter;
import dev.plait.cli.store.DataDirectory;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.transport.grpc.GrpcServer;
import dev.plait.transport.grpc.GrpcTransport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A replica with its store and its ways to others, all of which it closes. Any thread. */
final class Node implements AutoCloseable {
  /** How much longer than the first pause a later one may become. */
  private static final long PAUSE_GROWTH = 60;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Peers peers;
  private final ChangeStore store;
  private final Replica replica;
  private volatile boolean open = true;
  private @Nullable Address listen;

  /**
   * What a node is made of.
   *
   * @param data the directory for the store; not looked at for one in memory
   * @param clockOffsetMillis what is added to the system's wall clock
   */
  record Settings(Path data, StoreKind store, long clockOffsetMillis) {}

  private Node(ChangeStore store, Settings settings, PrintWriter diagnostics) {
    this.store = store;
    this.replica =
        Replica.builder()
            .store(store)
            .time(() -> System.currentTimeMillis() + settings.clockOffsetMillis())
            .onClockHealth(event -> tell(diagnostics, event))
            .onEvent(event -> tell(diagnostics, event))
            .build();
    this.peers = new Peers(replica);
    closing.addLast(replica::close); // takes leave of all peers, so it goes first
  }

  /**
   * Opens the store and the replica in it; nothing is connected yet.
   *
   * @throws dev.plait.cli.store.DataException DATA_UNUSABLE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  static Node open(Settings settings, PrintWriter diagnostics) {
    ChangeStore store =
        switch (settings.store()) {
          case SQLITE -> new DataDirectory(settings.data()).openSqlite();
          case LMDB -> new DataDirectory(settings.data()).openLmdb();
          case MEMORY -> InMemoryStore.empty();
        };
    boolean done = false;
    try {
      Node node = new Node(store, settings, diagnostics);
      done = true;
      return node;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  private static void tell(PrintWriter diagnostics, Object event) {
    diagnostics.println("plait: " + event);
    diagnostics.flush();
  }

  Replica replica() {
    return replica;
  }

  /**
   * Takes callers from now on. At most once.
   *
   * @throws dev.plait.transport.TransportException CANNOT_LISTEN
   */
  void listen(Address address) {
    GrpcServer server =
        GrpcServer.builder()
            .host(address.host())
            .port(address.port())
            .start(
                (transport, policy, who) -> {
                  if (open) { // else the replica is about to close
                    replica.accept(transport, ConnectOptions.defaults().withPolicy(policy));
                  }
                });
    closing.addLast(server::close);
    listen = new Address(address.host(), server.port());
  }

  /**
   * Keeps calling from now on.
   *
   * @param firstPauseMillis the longest pause after the first failure
   * @throws dev.plait.transport.TransportException INVALID_SETTINGS for port 0
   */
  void dial(Address address, long firstPauseMillis) {
    GrpcTransport transport = GrpcTransport.client(address.host(), address.port());
    closing.addLast(transport::close);
    ConnectOptions options =
        ConnectOptions.defaults().withBackoff(firstPauseMillis, PAUSE_GROWTH * firstPauseMillis);
    peers.add(address, replica.connect(transport, options));
  }

  /** What the ops work on. */
  Operations operations() {
    return new Operations(store, replica, peers, new StatusReport(replica, peers, listen));
  }

  /** The first line: who this is, and where it listens. */
  JsonWriter ready() {
    JsonWriter line = new JsonWriter().object().name("ok").truth(true);
    line.name("event").string("ready");
    line.name("replica").string(replica.id().toString()).name("listen");
    Address bound = listen;
    return (bound == null ? line.nothing() : line.string(bound.toString())).endObject();
  }

  boolean isOpen() {
    return open;
  }

  /** Takes leave of all peers, then closes the replica and the store. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (open) {
        open = false;
        try (store) {
          closing.forEach(Runnable::run);
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
