package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.properties.simulation.disk.PowerFailure;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaEvent;
import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.store.ChangeStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A machine from one start to the next: the replica in its memory. It is the replica's scheduler:
 * while a slow sync keeps the machine busy nothing else happens on it, and when the power fails
 * nothing happens any more.
 */
final class Incarnation implements Scheduler {
  private static final long IDLE_MILLIS = 600_000;

  private final World world;
  private final Machine machine;
  private final ChangeStore store;
  private final Replica replica;
  private final Map<String, Watch> watches = new LinkedHashMap<>();
  private final Map<Integer, Connection> connections = new TreeMap<>();
  private long carried;
  private long busyUntil;
  private boolean dead;

  /** Starts the replica of a machine, on a store that was opened for it. */
  Incarnation(World world, Machine machine, ChangeStore store) {
    this.world = world;
    this.machine = machine;
    this.store = store;
    this.replica =
        Replica.builder()
            .store(store)
            .scheduler(this)
            .time(machine.clock())
            .random(world.streams().named(machine + " start " + machine.countStart()))
            .idleMillis(IDLE_MILLIS)
            .tickMillis(world.tickMillis())
            .limits(world.limits())
            .compaction(world.compaction())
            .onEvent(this::onReplicaEvent)
            .build();
  }

  Machine machine() {
    return machine;
  }

  Replica replica() {
    return replica;
  }

  ChangeStore store() {
    return store;
  }

  Watch watch(String document) {
    return watches.computeIfAbsent(
        document, name -> new Watch(world, machine, replica.document(name)));
  }

  Map<Integer, Connection> connections() {
    return connections;
  }

  /** Looks at what it has come up with, and begins to listen. */
  void lookAround(List<String> documents) {
    for (String name : documents) {
      Document document = replica.document(name);
      for (ReplicaId former : store.formerIdentities()) {
        adopt(document, former);
      }
      adopt(document, replica.id());
      if (!world.origins().isBranched(name)) {
        Dot missing = machine.held().of(name).missingFrom(document.versionVector());
        if (missing != null) {
          world.problem(
              "durable", machine + " had " + missing + " of \"" + name + "\" and lost it");
        }
      }
      watch(name);
    }
  }

  /**
   * Changes that were safe when the power failed, but whose maker never heard so. There is one at
   * most, for one transaction at a time is under way.
   */
  private void adopt(Document document, ReplicaId own) {
    long known = world.origins().highest(document.name(), own);
    VersionVector version = document.versionVector();
    if (version.get(own) > known && !world.origins().isBranched(document.name())) {
      VersionVector.Builder since = VersionVector.builder();
      for (Dot dot : version.dots()) {
        if (!dot.replica().equals(own)) {
          since.advance(dot);
        } else if (known > 0) {
          since.advance(new Dot(own, known));
        }
      }
      List<Change> found = document.changes(since.build());
      if (found.size() > 1) {
        world.problem("origin", machine + " comes up with changes that nobody made: " + found);
      }
      found.forEach(change -> world.origins().add(document.name(), change));
    }
  }

  /** Whether all that was ever written under a former id is here again, and nothing is in doubt. */
  boolean isReunitedWith(ReplicaId former) {
    return !former.equals(replica.id())
        && World.DOCUMENTS.stream()
            .map(name -> watch(name).document())
            .allMatch(
                document ->
                    !document.isInDoubt()
                        && document.versionVector().get(former)
                            >= world.origins().highest(document.name(), former));
  }

  void connect(int peer) {
    connections.computeIfAbsent(peer, number -> replica.connect(world.wires().line(this, number)));
  }

  void disconnect(int peer) {
    Connection connection = connections.remove(peer);
    if (connection != null) {
      connection.close();
    }
  }

  /** So many changes of others were applied here past every session. */
  void countCarried(long changes) {
    carried += changes;
  }

  /**
   * Whether listeners were told of exactly the changes that the replica says it has applied. Where
   * a state was joined nobody can tell.
   */
  boolean hasToldOfAllItApplied() {
    long told = 0;
    for (Watch watch : watches.values()) {
      if (!watch.seesSingleChanges()) {
        return true;
      }
      told += watch.changesOfOthers();
    }
    return told == replica.statistics().applied() + carried;
  }

  /** It keeps no more of what can't be applied yet than there is room for. */
  void checkMemory() {
    int most = world.limits().maxPendingChanges();
    for (Watch watch : watches.values()) {
      Document document = watch.document();
      int waiting = document.pendingCount();
      long aside = document.heldCount();
      if (waiting > most || aside > most) {
        world.problem(
            "memory",
            machine
                + ", \""
                + document.name()
                + "\": "
                + waiting
                + " changes wait and "
                + aside
                + " are held, where there is room for "
                + most);
      }
    }
  }

  private void onReplicaEvent(ReplicaEvent event) {
    world.tell("event at " + machine, event);
  }

  // ---- power

  void die() {
    dead = true;
  }

  /** Does it, if there is power and the machine is not busy; if it is busy, later. */
  void run(Runnable task) {
    if (dead) {
      return;
    }
    long wait = busyUntil - world.millis();
    if (wait > 0) {
      world.time().after(wait, () -> run(task));
      return;
    }
    guard(task);
  }

  /** Does it now. Gives whether the power lasted. */
  boolean guard(Runnable task) {
    boolean lasted = false;
    try {
      task.run();
      lasted = true;
    } catch (PowerFailure failed) {
      world.tell("power failure at " + machine, failed);
    }
    if (!dead && machine.disk().isDown()) {
      world.losePower(machine);
      lasted = false;
    }
    busyUntil = Math.max(busyUntil, world.millis()) + machine.disk().busyMillis();
    return lasted && !dead;
  }

  @Override
  public void execute(Runnable task) {
    after(0, task);
  }

  @Override
  public Cancellable after(long millis, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    Cancellable appointment =
        world
            .time()
            .after(
                millis,
                () ->
                    run(
                        () -> {
                          if (!cancelled.get()) {
                            task.run();
                          }
                        }));
    return () -> {
      cancelled.set(true);
      appointment.cancel();
    };
  }
}
