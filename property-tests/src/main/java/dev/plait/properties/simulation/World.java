package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.document.DocumentException;
import dev.plait.error.PlaitException;
import dev.plait.properties.simulation.disk.PowerFailure;
import dev.plait.replica.CompactionPolicy;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import dev.plait.transport.InMemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The machines, the lines between them, the one true time, and what has gone wrong so far. */
final class World {
  static final List<String> DOCUMENTS = List.of("board", "notes/1", "notes/2");
  static final int MOST_MACHINES = 7;
  private static final long START = 1_800_000_000_000L;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final Trace trace = new Trace();
  private final Streams streams;
  private final Script script;
  private final MachineDisks disks;
  private final Wires wires;
  private final Origins origins = new Origins(this);
  private final List<Machine> machines = new ArrayList<>();
  private final RandomGenerator relaxed;
  private final boolean mesh;
  private final Codec codec =
      ServiceLoader.load(Codec.class)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "a simulation needs a codec on the class path: add plait-wire-proto"));
  private long deliveries;
  private long oracles;
  private @Nullable Problem problem;

  /** Something that must not be: which checker found it, and what it found. */
  record Problem(String checker, String what) {}

  World(Script script, MachineDisks disks) {
    this.script = script;
    this.disks = disks;
    this.streams = new Streams(script.seed());
    this.wires = new Wires(this, new InMemoryNetwork(time, streams.named("network")));
    this.relaxed = streams.named("relaxed");
    this.mesh = script.faults().contains(Fault.DEPARTURE) || streams.named("mesh").nextInt(3) == 0;
  }

  /** Starts the machines there are at first. */
  void begin() {
    for (int i = 0; i < script.machines(); i++) {
      start(add(null, new Held()));
    }
  }

  /** Lets go of what the machines hold; nothing is checked any more. */
  void close() {
    machines.forEach(machine -> machine.disk().close());
  }

  Script script() {
    return script;
  }

  VirtualTime time() {
    return time;
  }

  /** How many milliseconds have passed. */
  long millis() {
    return time.millis() - START;
  }

  Trace trace() {
    return trace;
  }

  Streams streams() {
    return streams;
  }

  Wires wires() {
    return wires;
  }

  Origins origins() {
    return origins;
  }

  List<Machine> machines() {
    return machines;
  }

  /** The replicas in memory, in the order of their machines. */
  List<Incarnation> running() {
    List<Incarnation> running = new ArrayList<>();
    for (Machine machine : machines) {
      Incarnation incarnation = machine.running();
      if (incarnation != null) {
        running.add(incarnation);
      }
    }
    return running;
  }

  /** Where hours pass, sessions look for what was lost less often: time is all that they lose. */
  long tickMillis() {
    boolean hours =
        script.faults().contains(Fault.HOURS_OF_DELAY)
            || script.faults().contains(Fault.CLOCK_FAR_AHEAD);
    return hours ? 10_000 : 1_000;
  }

  /** With the fault, small chunks are merged early and history is given up early. */
  CompactionPolicy compaction() {
    return script.faults().contains(Fault.COMPACTION)
        ? CompactionPolicy.none().withChunks(40).withHistory(4_000, 2)
        : CompactionPolicy.none();
  }

  /** How much a replica may keep in memory. */
  Limits limits() {
    return script.faults().contains(Fault.LITTLE_MEMORY)
        ? Limits.builder().maxPendingChanges(8).maxPendingBytes(4_000).build()
        : Limits.defaults();
  }

  Codec codec() {
    return codec;
  }

  /** Whether replicas may refuse honest changes with this code, for a while. */
  boolean mayReject(String code) {
    return switch (code) {
      case DocumentException.STAMP_AHEAD -> true;
      case "EQUIVOCATION" -> script.faults().contains(Fault.RESTORE);
      // What was built on the lost half of a branch does not fit the other half.
      case "UNKNOWN_ELEMENT" -> origins.anyBranched();
      case "INBOX_FULL", "QUARANTINE_FULL" -> script.faults().contains(Fault.LITTLE_MEMORY);
      default -> false;
    };
  }

  void countOracle() {
    oracles++;
  }

  long oracles() {
    return oracles;
  }

  /** Another machine than its maker's has got a change. */
  void countDelivery(Change change) {
    deliveries += change.operations().size();
  }

  long deliveries() {
    return deliveries;
  }

  void tell(String what, Object more) {
    trace.tell(millis(), what, more);
  }

  /** Something is not as it must be; the first such thing ends the simulation. */
  void problem(String checker, String what) {
    if (problem == null) {
      problem = new Problem(checker, what);
      tell("PROBLEM " + checker, what);
    }
  }

  @Nullable Problem problem() {
    return problem;
  }

  // ---- machines

  /** A machine with an empty disk, or with this one. */
  Machine add(@Nullable MachineDisk disk, Held held) {
    int number = machines.size();
    MachineDisk own = disk;
    if (own == null) {
      boolean mayLose = script.faults().contains(Fault.RELAXED_STORE) && relaxed.nextBoolean();
      own = disks.create(number, mayLose, streams.named("disk " + number));
    }
    Machine machine = new Machine(number, new MachineClock(time), own, held);
    machines.add(machine);
    wires.add(number);
    return machine;
  }

  /** Starts a machine that is down; if its store can't be opened now, it stays down. */
  void start(Machine machine) {
    if (machine.isGone() || machine.running() != null) {
      return;
    }
    try {
      ChangeStore store = machine.disk().open();
      Incarnation incarnation = new Incarnation(this, machine, store);
      tell("start of " + machine, incarnation.replica().id());
      if (incarnation.guard(() -> incarnation.lookAround(DOCUMENTS))) {
        join(incarnation);
      } else {
        incarnation.die();
      }
    } catch (StoreException.Full | StoreException.InputOutput refused) {
      tell("no start of " + machine, refused);
      machine.crash();
    } catch (PowerFailure failed) {
      tell("no start of " + machine, failed);
      losePower(machine);
    }
  }

  private void join(Incarnation incarnation) {
    Machine machine = incarnation.machine();
    machine.setRunning(incarnation);
    wires.setDown(machine.number(), false);
    for (Machine peer : machines) {
      if (peer != machine && !peer.isGone() && areLinked(machine, peer)) {
        incarnation.connect(peer.number());
        Incarnation other = peer.running();
        if (other != null) {
          other.connect(machine.number());
        }
      }
    }
  }

  private boolean areLinked(Machine one, Machine other) {
    int distance = Math.abs(one.number() - other.number());
    return mesh || distance == 1 || one.number() == 0 || other.number() == 0;
  }

  /** What a power failure does to a machine that runs. */
  void losePower(Machine machine) {
    Incarnation incarnation = machine.running();
    if (incarnation != null) {
      tell("crash of " + machine, "");
      incarnation.die();
      machine.setRunning(null);
    }
    wires.setDown(machine.number(), true);
    machine.crash();
  }

  /** Machines whose store has failed are of no use until they have been started again. */
  void losePowerWhereStoresFailed() {
    for (Incarnation incarnation : running()) {
      boolean works = false;
      try {
        incarnation.store().clock();
        works = true;
      } catch (StoreException.InputOutput failed) {
        tell("failed store of " + incarnation.machine(), failed.code());
      }
      if (!works) {
        losePower(incarnation.machine());
      }
    }
  }

  /** Shuts a machine down in good order, as far as its disk lets it. */
  void shutDown(Machine machine) {
    Incarnation incarnation = machine.running();
    if (incarnation == null) {
      return;
    }
    List<PlaitException> refusals = new ArrayList<>();
    boolean lasted =
        incarnation.guard(
            () -> {
              refusals.addAll(refusal(machine, incarnation.replica()::close));
              refusals.addAll(refusal(machine, incarnation.store()::close));
            });
    if (lasted && refusals.isEmpty()) {
      tell("end of " + machine, "");
      incarnation.die();
      machine.setRunning(null);
      wires.setDown(machine.number(), true);
    } else {
      losePower(machine);
    }
  }

  private List<PlaitException> refusal(Machine machine, Runnable close) {
    try {
      close.run();
      return List.of();
    } catch (StoreException.Full | StoreException.InputOutput | StoreException.Closed refused) {
      tell("close of " + machine, refused);
      return List.of(refused);
    }
  }

  /**
   * Whether some machine goes on under a name that it has used before, or has not yet got back what
   * it once wrote. Until then others have to hold what they held, and nobody may carry what is in
   * doubt past the sessions, which withhold it.
   */
  boolean anyBranch() {
    boolean any = false;
    for (Machine machine : machines) {
      Incarnation incarnation = machine.running();
      ReplicaId branch = machine.branch();
      if (branch != null && incarnation != null && incarnation.isReunitedWith(branch)) {
        machine.setBranch(null);
      }
      any |= machine.branch() != null;
    }
    return any;
  }

  /** What somebody's code threw where nobody catches it. */
  void uncaught(Throwable thrown) {
    if (thrown instanceof StoreException.Full
        || thrown instanceof StoreException.InputOutput
        || thrown instanceof StoreException.Closed) {
      tell("in the background", ((PlaitException) thrown).code());
    } else {
      problem("typed errors", SimulationFailure.stackOf(thrown));
    }
  }
}
