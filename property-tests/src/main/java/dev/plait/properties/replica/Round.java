package dev.plait.properties.replica;

import dev.plait.clock.Dot;
import dev.plait.document.Document;
import dev.plait.document.DocumentEvent;
import dev.plait.document.DocumentException;
import dev.plait.error.PlaitException;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.replica.ReplicaException;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import dev.plait.sync.SyncStatus;
import dev.plait.transport.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One replica, its visitors, and the end. */
final class Round {
  static final List<String> KEPT = List.of("kept/0", "kept/1");

  /** What may be forgotten at any time. */
  static final String SCRATCH = "scratch";

  private static final int VISITORS = 8;
  private static final int MOST_STEPS_BEFORE_THE_END = 300;

  private final String what;
  private final Ending ending;
  private final int seed;
  private final int lastStep;
  private final Supplier<ChangeStore> opening;
  private final ChangeStore store;
  private final Replica replica;
  private final Replica peer;
  private final Transport line;
  private final Executor network;
  private final Phaser calls = new Phaser(1);
  private final Map<String, Queue<Dot>> heard = new HashMap<>();
  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final AtomicLong told = new AtomicLong();
  private final AtomicInteger steps = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  /**
   * @param opening opens the store, the same each time
   * @param network where frames travel
   */
  Round(Supplier<ChangeStore> opening, Executor network, Ending ending, int seed) {
    this.network = network;
    this.what = "round " + seed + ", closed " + ending;
    this.ending = ending;
    this.seed = seed;
    this.lastStep = 1 + Math.floorMod(seed * 7919, MOST_STEPS_BEFORE_THE_END);
    this.opening = opening;
    this.store = opening.get();
    this.replica = restless(store).build();
    this.peer = restless(InMemoryStore.empty()).build();
    this.line = new Cable(network, this::answer);
    KEPT.forEach(this::hear);
  }

  /** Looks for what is idle, and for what can be made smaller, all the time. */
  private static ReplicaBuilder restless(ChangeStore store) {
    return Replica.builder()
        .store(store)
        .idleMillis(2)
        .tickMillis(5)
        .compaction(CompactionPolicy.defaults().withChunks(8).withHistory(2_000, 1));
  }

  private void answer(Transport caller) {
    Connection connection = peer.accept(caller);
    calls.register();
    connection.statuses().subscribe(new End(calls::arriveAndDeregister));
  }

  private void hear(String document) {
    Queue<Dot> local = new ConcurrentLinkedQueue<>();
    heard.put(document, local);
    AtomicBoolean inside = new AtomicBoolean();
    replica
        .document(document)
        .listen(
            event -> {
              if (!inside.compareAndSet(false, true)) {
                uncaught.add(new AssertionError("a listener was called twice at once"));
              }
              if (event.origin() == DocumentEvent.Origin.LOCAL && event.change() != null) {
                local.add(event.change());
              }
              inside.set(false);
            });
  }

  int seed() {
    return seed;
  }

  Replica replica() {
    return replica;
  }

  Replica peer() {
    return peer;
  }

  Transport line() {
    return line;
  }

  // ---- what visitors ask

  /** One more step is about to be done; it may be the one at which the end comes. */
  void countStep() {
    int step = steps.incrementAndGet();
    if (step == lastStep || (step == lastStep + 1 && ending == Ending.BY_TWO)) {
      end();
    }
  }

  private void end() {
    closing = true;
    switch (ending) {
      case BY_ONE, BY_TWO -> closeReplica();
      case BY_LISTENER -> replica.document(KEPT.get(0)).listen(event -> closeReplica());
      case STORE_FIRST -> {
        store.close();
        closed.countDown();
      }
    }
  }

  private void closeReplica() {
    replica.close();
    closed.countDown();
  }

  /** Whether the end has begun, and a refusal of this code is a part of it. */
  boolean isOver(String code) {
    return closing
        && (ending == Ending.STORE_FIRST
            ? code.equals(StoreException.STORE_CLOSED)
            : code.equals(ReplicaException.REPLICA_CLOSED)
                || code.equals(DocumentException.DOCUMENT_CLOSED));
  }

  /** What listeners do with what they are told. */
  void tell(Object news) {
    told.addAndGet(news.toString().length());
  }

  boolean hasEverything(List<String> documents, List<Acknowledged> acknowledged) {
    return acknowledged.stream().map(Acknowledged::document).allMatch(documents::contains);
  }

  /** Everything is refused once it is closed. */
  void checkRefusals() {
    Crowd.await(what + ": closing it does not end", closed);
    if (ending == Ending.STORE_FIRST) {
      return;
    }
    refused(() -> replica.document(KEPT.get(0)));
    refused(replica::documents);
    refused(() -> replica.compact(KEPT.get(0)));
    refused(() -> replica.forget(SCRATCH));
    refused(() -> replica.connect(line));
    refused(() -> replica.accept(line));
    refused(() -> replica.presence().set(KEPT.get(0), new byte[1]));
    replica.close();
  }

  private void refused(Runnable call) {
    try {
      call.run();
    } catch (ReplicaException refusal) {
      if (refusal.code().equals(ReplicaException.REPLICA_CLOSED)) {
        return;
      }
      throw refusal;
    }
    throw new AssertionError("a call that begins after close has returned is not refused");
  }

  // ---- from the beginning to the end

  /**
   * Runs it.
   *
   * @return how many changes were acknowledged
   */
  int run() {
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> take(thrown));
    try {
      List<Thread> background = backgroundThreads();
      List<Visitor> visitors =
          IntStream.range(0, VISITORS).mapToObj(number -> new Visitor(this, number)).toList();
      Crowd.together(what, visitors);
      closeAll();
      background.forEach(thread -> Crowd.awaitEnd(what, thread));
      List<Acknowledged> acknowledged =
          visitors.stream().flatMap(visitor -> visitor.acknowledged().stream()).toList();
      checkHeard(acknowledged);
      checkKept(acknowledged);
      Crowd.refuse(what, uncaught);
      return acknowledged.size();
    } finally {
      peer.close();
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private void take(Throwable thrown) {
    if (!(thrown instanceof PlaitException refused && isOver(refused.code()))) {
      uncaught.add(thrown);
    }
  }

  private List<Thread> backgroundThreads() {
    String name = "plait-" + replica.id().brief();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private void closeAll() {
    if (ending == Ending.STORE_FIRST) {
      try {
        replica.close();
        throw new AssertionError("a replica closes in silence although its clock is not kept");
      } catch (StoreException.Closed expected) {
        closed.countDown();
      }
    }
    if (!replica.connections().isEmpty()) {
      throw new AssertionError(what + ": connections are left: " + replica.connections());
    }
    CountDownLatch noCalls = new CountDownLatch(1);
    network.execute(
        () -> {
          calls.arriveAndAwaitAdvance();
          noCalls.countDown();
        });
    Crowd.await(what + ": a link to the peer stays open", noCalls);
    store.close();
  }

  /** Listeners heard of each acknowledged change once, and of each author's in their order. */
  private void checkHeard(List<Acknowledged> acknowledged) {
    for (String document : KEPT) {
      List<Dot> told = new ArrayList<>(heard.getOrDefault(document, new ConcurrentLinkedQueue<>()));
      Set<Dot> expected = new HashSet<>();
      acknowledged.stream()
          .filter(one -> one.document().equals(document))
          .forEach(one -> expected.add(one.change()));
      Map<Object, Long> last = new HashMap<>();
      for (Dot dot : told) {
        Long earlier = last.put(dot.replica(), dot.counter());
        if (earlier != null && earlier >= dot.counter()) {
          throw new AssertionError(what + ": heard of " + dot + " after " + earlier);
        }
      }
      if (!expected.equals(Set.copyOf(told))) {
        throw new AssertionError(what + ": acknowledged " + expected + " but heard " + told);
      }
    }
  }

  /** What was acknowledged is there for a replica opened again, and for the peer. */
  private void checkKept(List<Acknowledged> acknowledged) {
    try (ChangeStore reopened = opening.get();
        Replica again = restless(reopened).build()) {
      for (Acknowledged one : acknowledged) {
        Ledger.checkHas(again.document(one.document()), one);
      }
      CountDownLatch inSync = new CountDownLatch(1);
      Connection connection = again.connect(line, ConnectOptions.defaults().withBackoff(1, 4));
      connection.onStatus(
          status -> {
            if (status.isInSync()) {
              inSync.countDown();
            }
          });
      Crowd.await(what + ": opened again, it does not come to agree with the peer", inSync);
      for (String document : KEPT) {
        checkEqual(again.document(document), peer.document(document));
      }
    }
  }

  private void checkEqual(Document ours, Document theirs) {
    Ledger.check(ours);
    Ledger.check(theirs);
    if (!ours.versionVector().equals(theirs.versionVector())
        || !Arrays.equals(ours.canonicalBytes(), theirs.canonicalBytes())) {
      throw new AssertionError(what + ": \"" + ours.name() + "\" differs from the peer's");
    }
  }

  /** Waits for the end of a connection. */
  private record End(Runnable onEnd) implements Flow.Subscriber<SyncStatus> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SyncStatus status) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      onEnd.run();
    }
  }
}
