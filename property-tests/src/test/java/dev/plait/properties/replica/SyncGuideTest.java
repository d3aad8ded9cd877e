package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.ConnectionState;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.replica.ReplicaEvent;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoredSnapshot;
import dev.plait.sync.DocumentStatus;
import dev.plait.sync.Outgoing;
import dev.plait.sync.Subscription;
import dev.plait.sync.SyncDocuments;
import dev.plait.sync.SyncListener;
import dev.plait.sync.SyncPolicy;
import dev.plait.sync.SyncSession;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.InMemoryNetwork;
import dev.plait.transport.Transport;
import dev.plait.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The code of the guide's page about sync: what stands there stands here, and does what it says.
 */
final class SyncGuideTest {
  private static final Path PAGE = Path.of("..", "docs", "guide", "sync.md");
  private static final Path CODE =
      Path.of("src", "test", "java", "dev", "plait", "properties", "replica", "SyncGuideTest.java");

  private int seed = 10;
  private final VirtualTime clock = VirtualTime.startingAt(1_800_000_000_000L);
  private final Replica client = replica(1);
  private final Replica server = replica(2);
  private final List<Boolean> shown = new ArrayList<>();
  private final Set<String> drawn = new HashSet<>();

  private Replica replica(int seed) {
    return Replica.builder().scheduler(clock).time(clock).random(new Random(seed)).build();
  }

  private void work() {
    clock.advance(60_000);
  }

  private void show(boolean inSync) {
    shown.add(inSync);
  }

  private void draw(String document, ReplicaId who, byte @Nullable [] data) {
    drawn.add(document + " " + who.brief() + " " + (data == null ? 0 : data.length));
  }

  @Test
  void everyCodeBlockOfThePageStandsInThisFile() throws IOException {
    String code = squeezed(Files.readString(CODE));
    String[] parts = Files.readString(PAGE).split("```", -1);
    int blocks = 0;
    for (int i = 1; i < parts.length; i += 2) {
      assertTrue(parts[i].startsWith("java\n"), parts[i]);
      String block = parts[i].substring("java\n".length());
      assertTrue(code.contains(squeezed(block)), "not in the test:\n" + block);
      blocks++;
    }
    assertTrue(blocks > 10);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").replace("( ", "(").strip();
  }

  private Connection serve(Transport transportOfTheCall) {
    Connection call = server.accept(transportOfTheCall);
    return call;
  }

  @Test
  void connectionSaysHowFarItIs() {
    client.document("note").transact(tx -> tx.text("body").append("hello"));
    Transport transport = new Lines(clock, this::serve);
    Connection connection = client.connect(transport);
    List<String> progress = new ArrayList<>();
    Noting subscriber = new Noting();

    Flow.Publisher<SyncStatus> statuses = connection.statuses();
    statuses.subscribe(subscriber);
    var listening = connection.onStatus(status -> show(status.isInSync()));
    work();
    listening.close();
    for (DocumentStatus each : connection.status().documents()) {
      progress.add(
          each.document() + ": " + each.toSend() + " to send, " + each.toReceive() + " to come");
    }
    boolean reached = connection.isConnected();
    boolean same = connection.isInSync();
    ConnectionState state = connection.state(); // CONNECTING, CONNECTED, WAITING until when, CLOSED
    String failure = connection.failure(); // why the last link was lost, or null

    assertTrue(reached && same);
    assertEquals(ConnectionState.Phase.CONNECTED, state.phase());
    assertEquals(null, failure);
    assertEquals(List.of("note: 0 to send, 0 to come"), progress);
    assertEquals(true, shown.get(shown.size() - 1));
    assertTrue(subscriber.last != null && subscriber.last.isInSync());
    connection.close();
    clock.advance(0);
    assertTrue(subscriber.complete);
  }

  private static final class Noting implements Flow.Subscriber<SyncStatus> {
    private @Nullable SyncStatus last;
    private boolean complete;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1000);
    }

    @Override
    public void onNext(SyncStatus status) {
      last = status;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }

  @Test
  void subscriptionsChooseDocuments() {
    for (String name : List.of("notes/1", "settings", "projects/17/plan", "projects/18/plan")) {
      server.document(name).transact(tx -> tx.text("body").append(name));
    }
    ConnectOptions options =
        ConnectOptions.defaults()
            .withSubscription(Subscription.prefix("notes/", "tasks/"))
            .withBackoff(200, 10_000); // milliseconds
    Connection connection = client.connect(new Lines(clock, this::serve), options);
    work();
    assertEquals(List.of("notes/1"), client.documents());

    connection.subscribe(
        Subscription.to(List.of("settings")).and(Subscription.prefix("projects/17/")));
    work();

    assertEquals(List.of("notes/1", "projects/17/plan", "settings"), client.documents());
  }

  private void serve(Transport transport, String user) {
    SyncPolicy guestsRead =
        new SyncPolicy() {
          @Override
          public boolean mayWrite(ReplicaId peer, String document) {
            return user.equals("owner");
          }

          @Override
          public boolean mayRead(ReplicaId peer, String document) {
            return document.startsWith("public/") || user.equals("owner");
          }
        };
    Connection call = server.accept(transport, ConnectOptions.defaults().withPolicy(guestsRead));
    assertTrue(call.isOpen());
  }

  @Test
  void policiesRefuseSomeDocumentsAndNotTheOthers() {
    server.document("public/a").transact(tx -> tx.text("body").append("for all"));
    server.document("private/b").transact(tx -> tx.text("body").append("for me"));
    client.document("public/c").transact(tx -> tx.text("body").append("vandal"));

    client.connect(new Lines(clock, call -> serve(call, "guest")));
    work();

    assertEquals(List.of("public/a", "public/c"), client.documents());
    assertEquals(List.of("private/b", "public/a"), server.documents());
  }

  @Test
  void presenceShowsCursors() {
    client.connect(new Lines(clock, this::serve));
    work();
    byte[] cursor = {42};

    server.presence().listen((document, who, data) -> draw(document, who, data)); // null: gone
    client.presence().set("notes/42", cursor);
    work();
    Map<ReplicaId, byte[]> cursors = server.presence().of("notes/42");

    assertArrayEquals(cursor, cursors.get(client.id()));
    assertEquals(Set.of("notes/42 " + client.id().brief() + " 1"), drawn);
  }

  @Test
  void restoredBackupIsNoticed() {
    InMemoryDisk disk = new InMemoryDisk();
    List<String> log = new ArrayList<>();
    Replica original = restored(InMemoryStore.open(disk), log);
    original.document("note").transact(tx -> tx.text("body").append("1"));
    InMemoryDisk backup = disk.copy();
    original.document("note").transact(tx -> tx.text("body").append("2"));
    original.connect(new Lines(clock, this::serve));
    work();
    original.close();

    Replica again = restored(InMemoryStore.open(backup), log);
    again.connect(new Lines(clock, this::serve));
    work();

    assertEquals(List.of(original.id() + " goes on as " + again.id()), log);
    assertEquals("12", again.document("note").text("body").toString());
  }

  private Replica restored(ChangeStore store, List<String> log) {
    ReplicaBuilder builder =
        Replica.builder()
            .store(store)
            .onEvent(
                event -> {
                  if (event instanceof ReplicaEvent.IdentityReplaced replaced) {
                    log.add(replaced.old() + " goes on as " + replaced.fresh());
                  } else if (event instanceof ReplicaEvent.Equivocation two) {
                    log.add("two different changes are called " + two.change());
                  }
                });
    return builder.scheduler(clock).time(clock).random(new Random(++seed)).build();
  }

  @Test
  void documentsExchangeBytes() {
    Document here = client.document("note");
    Document there = server.document("note");
    here.transact(tx -> tx.text("body").append("hello"));
    VersionVector versionOfThePeer = there.versionVector();

    byte[] changes = here.changesSince(versionOfThePeer);
    ApplyReport report = there.apply(changes);

    assertTrue(report.isComplete());
    assertEquals(here.versionVector(), there.versionVector());
  }

  /** Documents in memory, for whoever drives sessions. */
  static final class MyDocuments implements SyncDocuments {
    private final ReplicaId self;
    private final HybridLogicalClock clock;
    private final Codec codec;
    private final Map<String, Document> all = new TreeMap<>();
    private boolean spoiled;

    MyDocuments(ReplicaId self, HybridLogicalClock clock, Codec codec) {
      this.self = self;
      this.clock = clock;
      this.codec = codec;
    }

    Document open(String name) {
      return all.computeIfAbsent(
          name, absent -> Document.builder(absent, self).clock(clock).codec(codec).build());
    }

    @Override
    public ReplicaId replica() {
      return self;
    }

    @Override
    public List<String> documents() {
      return List.copyOf(all.keySet());
    }

    @Override
    public VersionVector version(String name) {
      Document known = all.get(name);
      return known == null ? VersionVector.empty() : known.heldVersion();
    }

    @Override
    public @Nullable HybridTimestamp time(String name, Dot change) {
      return open(name).time(change);
    }

    @Override
    public Outgoing changesSince(String name, VersionVector since, int maxBytes) {
      Document document = open(name);
      if (!since.dominates(document.historyFloor())) {
        return new Outgoing.Compacted();
      }
      List<Chunk> fitting = new ArrayList<>();
      int room = maxBytes;
      for (Chunk chunk : document.chunksSince(since, maxBytes)) {
        room -= chunk.size() + CHUNK_ALLOWANCE;
        if (room < 0) {
          return fitting.isEmpty() ? new Outgoing.Compacted() : new Outgoing.Chunks(fitting);
        }
        fitting.add(chunk);
      }
      return new Outgoing.Chunks(fitting);
    }

    @Override
    public StoredSnapshot snapshot(String name) {
      Snapshot snapshot = open(name).snapshot();
      return new StoredSnapshot(name, snapshot.version(), codec.encodeSnapshot(snapshot));
    }

    @Override
    public void receive(String name, List<Chunk> chunks) {
      open(name).applyChunks(chunks); // and make it durable, before this returns
    }

    @Override
    public void receiveSnapshot(StoredSnapshot snapshot) {
      open(snapshot.document()).join(snapshot.bytes());
    }

    @Override
    public void onContradiction(String name, Dot change, HybridTimestamp theirs) {
      if (change.replica().equals(self)) {
        spoiled = true;
      } else {
        open(name).compare(change, theirs);
      }
    }

    @Override
    public void onOwnCounterAhead(String name, long counter) {
      spoiled = true; // take another id before the next write
    }

    boolean isSpoiled() {
      return spoiled;
    }
  }

  /** A program that drives one session over a network of its own. */
  private static final class Program {
    private final Codec codec = new WireCodec();
    private final Limits limits = Limits.defaults();
    private final MyDocuments documents;
    private final SyncSession own;
    private final Wire network;

    /** What carries frames to the other program. */
    private record Wire(Deque<byte[]> frames) {
      void send(byte[] frame) {
        frames.add(frame);
      }
    }

    private Program(long id) {
      network = new Wire(new ArrayDeque<>());
      HybridLogicalClock clock = HybridLogicalClock.builder(() -> 1_800_000_000_000L).build();
      documents = new MyDocuments(ReplicaId.of(7, id), clock, codec);
      SyncSession session = SyncSession.start(documents, codec, limits, SyncListener.none());
      send(session); // it has something to say at once
      own = session;
    }

    void send(SyncSession session) {
      for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
        network.send(frame);
      }
    }

    void hear(byte[] frame) {
      SyncSession session = own;
      session.onFrame(frame); // a frame has come
      send(session);
    }

    void write() {
      SyncSession session = own;
      documents.open("notes/42").transact(tx -> tx.text("body").append("hello"));
      session.onDocumentChanged("notes/42"); // somebody has written it
      send(session);
    }

    void passTime() {
      SyncSession session = own;
      session.onTick(); // 250 ms have passed
      send(session);
    }
  }

  @Test
  void sessionsAreDrivenFrameByFrame() {
    Program one = new Program(1);
    Program other = new Program(2);
    one.write();
    boolean lost = true;
    for (int i = 0; i < 200; i++) {
      for (byte[] frame : drained(one)) {
        if (!lost) {
          other.hear(frame);
        }
        lost = false;
      }
      drained(other).forEach(one::hear);
      one.passTime();
      other.passTime();
    }

    assertTrue(one.own.isInSync());
    assertTrue(other.own.isInSync());
    assertEquals("hello", other.documents.open("notes/42").text("body").toString());
    assertFalse(one.documents.isSpoiled());
    assertEquals(null, one.own.end());
  }

  private static List<byte[]> drained(Program program) {
    List<byte[]> frames = List.copyOf(program.network.frames());
    program.network.frames().clear();
    return frames;
  }

  @Test
  void everythingCanBeTriedOutInVirtualTime() {
    VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
    InMemoryNetwork network = new InMemoryNetwork(time, new Random(7));
    Replica a = Replica.builder().scheduler(time).time(time).random(new Random(1)).build();
    Replica b = Replica.builder().scheduler(time).time(time).random(new Random(2)).build();
    a.connect(network.transport("a", "b"));
    b.connect(network.transport("b", "a"));

    a.document("note").transact(tx -> tx.text("body").append("hello"));
    network.cut("a", "b");
    b.document("note").transact(tx -> tx.text("body").append("world"));
    network.heal("a", "b");
    time.advance(60_000);

    assertTrue(a.isInSync() && b.isInSync());
    assertNotNull(a.document("note").text("body"));
    assertEquals(a.document("note").stateHash(), b.document("note").stateHash());
    assertEquals(10, a.document("note").text("body").length());
  }
}
