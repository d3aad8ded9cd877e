package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.store.StoreException;
import dev.plait.transport.Conditions;
import dev.plait.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lets the actions of a script happen. */
final class Play {
  private static final int MINUTE = 60_000;
  private static final int FLAPS = 6;

  /** Thrown by a transaction that thinks better of it. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final World world;
  private final RandomGenerator chance;
  private long numbers;

  Play(World world) {
    this.world = world;
    this.chance = world.streams().named("play");
  }

  /** Does it; what does not fit the situation is left out. */
  void take(Action action) {
    try {
      act(action);
    } catch (StoreException.InputOutput | StoreException.Closed failed) {
      world.tell("in the middle of " + action.verb(), failed.code());
    }
    world.losePowerWhereStoresFailed();
  }

  private void act(Action action) {
    Machine machine = machine(action.a());
    world.trace().mix(action.fingerprint());
    switch (action.verb()) {
      case WRITE -> write(machine, document(action.b()), action.c());
      case ABANDON -> abandon(machine, document(action.b()), action.c());
      case PASS -> world.time().advance(action.c());
      case WEATHER -> world.wires().become(weather(action.c()));
      case SPLIT -> world.wires().split(action.c() & 7);
      case SILENCE -> silence(action);
      case RING -> world.wires().ring();
      case FLAP -> flap(action, FLAPS);
      case CUT -> world.wires().cutAtFrame(pairOne(action), pairOther(action), action.c());
      case MEND -> world.wires().mend();
      case CRASH -> crash(machine);
      case CRASH_AT -> machine.disk().crashAtStep(action.c());
      case START -> startNext(action.a());
      case RESTART -> restart(machine);
      case BACKUP -> backUp(machine);
      case RESTORE -> restore(machine, action.c(), true);
      case RESTORE_UNTOLD -> restore(machine, action.c(), false);
      case CLONE -> copy(machine);
      case JOIN -> join();
      case LEAVE -> leave(machine);
      case FILL -> fill(machine, action.c());
      case ROOM -> machine.setFull(false);
      case FAIL_SYNC -> machine.disk().failNextSync();
      case SLOW -> machine.disk().setSyncMillis(action.c());
      case SET_CLOCK -> machine.clock().setOff(action.c());
      case DRIFT -> machine.clock().drift(action.c());
      case STICK -> machine.clock().stick();
      case COMPACT -> tidy(machine, document(action.b()), true);
      case MERGE -> tidy(machine, document(action.b()), false);
      case CARRY -> carry(machine, machine(action.b()), document(action.c()));
      case SETTLE -> new Settling(world, this).settle();
    }
  }

  private Machine machine(int number) {
    return world.machines().get(number % world.machines().size());
  }

  private static String document(int number) {
    return World.DOCUMENTS.get(number % World.DOCUMENTS.size());
  }

  private int pairOne(Action action) {
    return action.a() % world.machines().size();
  }

  /** Another one than {@link #pairOne}, if there are two. */
  private int pairOther(Action action) {
    int machines = world.machines().size();
    return machines == 1 ? 0 : (pairOne(action) + 1 + action.b() % (machines - 1)) % machines;
  }

  // ---- writing

  /** Edits a document and checks what a writer is promised. */
  void write(Machine machine, String name, int choice) {
    Incarnation incarnation = machine.running();
    if (incarnation != null) {
      incarnation.guard(() -> write(incarnation, name, new Writing(++numbers, choice)));
    }
  }

  private void write(Incarnation incarnation, String name, Writing writing) {
    Machine machine = incarnation.machine();
    Document document = incarnation.watch(name).document();
    Marks before = machine.isFull() ? Marks.of(document) : null;
    Change change;
    try {
      Optional<Change> made = document.transact(writing::make);
      if (made.isEmpty()) {
        return;
      }
      change = made.get();
    } catch (StoreException.Full full) {
      world.tell("disk full at " + machine, name);
      if (before != null) {
        checkSame(machine, name, before, Marks.of(document), "was refused");
      }
      return;
    }
    world.tell(machine + " writes " + name, change.dot());
    acknowledge(machine, document, writing, change);
  }

  private void acknowledge(Machine machine, Document document, Writing writing, Change change) {
    String name = document.name();
    Origins origins = world.origins();
    if (change.replica().equals(machine.branch())) {
      origins.addBranch(name, change);
    } else {
      origins.add(name, change);
      machine.held().of(name).advance(change.dot());
    }
    if (writing.isTwin()) {
      origins.addTwin(writing.number(), change);
      if (!Value.of(writing.number()).equals(document.register(Writing.LEFT).get())) {
        world.problem("read your writes", machine + " does not see what it wrote: " + change);
      }
    }
    if (writing.isToken()) {
      machine.held().of(name).tokens().add(writing.number());
    }
    if (!document.versionVector().contains(change.dot())) {
      world.problem("read your writes", machine + " does not hold what it wrote: " + change);
    }
  }

  private void abandon(Machine machine, String name, int choice) {
    Incarnation incarnation = machine.running();
    if (incarnation == null) {
      return;
    }
    Document document = incarnation.watch(name).document();
    Marks before = Marks.of(document);
    boolean thrown = false;
    try {
      document.transact(
          transaction -> {
            new Writing(++numbers, choice).make(transaction);
            throw new Abandoned();
          });
    } catch (Abandoned expected) {
      thrown = true;
    }
    if (!thrown) {
      world.problem("atomic", "what a transaction threw did not come out of it");
    }
    checkSame(machine, name, before, Marks.of(document), "was abandoned");
  }

  private void checkSame(Machine machine, String name, Marks before, Marks after, String why) {
    if (!before.equals(after)) {
      world.problem(
          "atomic", machine + ", \"" + name + "\": a transaction " + why + " and left " + after);
    }
  }

  /** What a document is told by, cheaply. */
  private record Marks(VersionVector version, long stateHash) {
    static Marks of(Document document) {
      return new Marks(document.versionVector(), document.stateHash());
    }
  }

  // ---- the network

  private Conditions weather(int number) {
    if (number % 4 == 0) {
      return Conditions.PERFECT;
    }
    Conditions conditions = Conditions.PERFECT.withDelay(1, 1 + number % 50).withRoom(8);
    double strength = (1 + number % 7) / 25.0;
    if (has(Fault.LOSS)) {
      conditions = conditions.withLoss(strength);
    }
    if (has(Fault.DUPLICATION)) {
      conditions = conditions.withDuplication(strength);
    }
    if (has(Fault.REORDERING)) {
      conditions = conditions.withLateness(2 * strength);
    }
    if (has(Fault.HOURS_OF_DELAY) && number % 5 == 1) {
      return conditions.withDelay(MINUTE, 120L * MINUTE);
    }
    return has(Fault.DELAY) ? conditions.withDelay(100, 100 + number % 5_000) : conditions;
  }

  private boolean has(Fault fault) {
    return world.script().faults().contains(fault);
  }

  private void silence(Action action) {
    if (world.machines().size() > 1) {
      world.wires().silence(pairOne(action), pairOther(action));
    }
  }

  private void flap(Action action, int times) {
    int one = pairOne(action);
    int other = pairOther(action);
    if (times > 0 && one != other) {
      world.wires().cut(one, other, times % 2 == 0);
      world.time().after(action.c(), () -> flap(action, times - 1));
    }
  }

  // ---- machines

  private void crash(Machine machine) {
    if (machine.running() != null) {
      world.losePower(machine);
    }
  }

  /** Starts the first machine from this number on that is down. */
  private void startNext(int number) {
    for (int i = 0; i < world.machines().size(); i++) {
      Machine machine = machine((number & 0xffff) + i);
      if (machine.running() == null && !machine.isGone()) {
        world.start(machine);
        return;
      }
    }
  }

  private void restart(Machine machine) {
    if (machine.running() != null) {
      world.shutDown(machine);
      if (machine.running() == null) {
        world.start(machine);
      }
    }
  }

  private void backUp(Machine machine) {
    Incarnation incarnation = machine.running();
    if (incarnation != null && machine.branch() == null) {
      machine.backUp(incarnation.replica().id());
    }
  }

  /*
   * A store that can't tell that it is a copy finds out from the first peer it meets, if that peer
   * holds what was written after the copy was made: the promise of the engine. So all others have to
   * hold it, change by change, and none of them may lose it before they meet.
   */
  private void restore(Machine machine, int which, boolean told) {
    Machine.Backup backup = machine.backup(which);
    if (backup == null || machine.isGone() || world.anyBranch()) {
      return;
    }
    boolean silently = !told && mayBeSilent(machine, backup.id());
    if (silently && wroteSince(backup)) {
      machine.setBranch(backup.id());
    }
    world.losePower(machine);
    machine.restore(backup, !silently);
    world.start(machine);
  }

  private boolean wroteSince(Machine.Backup backup) {
    return World.DOCUMENTS.stream()
        .anyMatch(
            name ->
                world.origins().highest(name, backup.id())
                    > backup.held().of(name).get(backup.id()));
  }

  private boolean mayBeSilent(Machine machine, ReplicaId id) {
    if (has(Fault.RELAXED_STORE) || has(Fault.COMPACTION) || has(Fault.CARRYING)) {
      return false; // somebody might lose what was written since, or hold it as a state only
    }
    HybridTimestamp last = world.origins().lastTime(id);
    if (last != null && machine.clock().millis() <= last.millis()) {
      return false; // what comes next might bear the time of what is lost: nobody could tell
    }
    int others = 0;
    for (Machine other : world.machines()) {
      if (other != machine && !other.isGone()) {
        others++;
        for (String name : World.DOCUMENTS) {
          if (other.held().of(name).get(id) < world.origins().highest(name, id)) {
            return false;
          }
        }
      }
    }
    return others > 0;
  }

  private void copy(Machine machine) {
    if (mayGrow() && !machine.isGone()) {
      Machine clone = world.add(machine.disk().copy(true), machine.heldByCopy());
      world.start(clone);
    }
  }

  private void join() {
    if (mayGrow()) {
      world.start(world.add(null, new Held()));
    }
  }

  private boolean mayGrow() {
    return world.machines().size() < World.MOST_MACHINES && !world.anyBranch();
  }

  private void leave(Machine machine) {
    long left = world.machines().stream().filter(one -> !one.isGone()).count();
    if (left > 2 && !machine.isGone() && !world.anyBranch()) {
      world.losePower(machine);
      machine.leave();
      world.tell("nobody sees again", machine);
      for (Incarnation other : world.running()) {
        other.disconnect(machine.number());
      }
    }
  }

  private void fill(Machine machine, long millis) {
    machine.setFull(true);
    world.time().after(millis, () -> machine.setFull(false));
  }

  // ---- upkeep

  private void tidy(Machine machine, String name, boolean compact) {
    Incarnation incarnation = machine.running();
    if (incarnation == null || machine.branch() != null) {
      return;
    }
    incarnation.guard(
        () -> {
          try {
            if (compact) {
              incarnation.replica().compact(name);
            } else {
              incarnation.replica().mergeChunks(name);
            }
            world.tell(machine + (compact ? " compacts " : " merges "), name);
          } catch (StoreException.Full full) {
            world.tell("not tidied at " + machine, full.code());
          }
        });
  }

  // ---- by hand

  private void carry(Machine from, Machine to, String name) {
    Incarnation giver = from.running();
    Incarnation taker = to.running();
    if (giver != null && taker != null && giver != taker && !world.anyBranch()) {
      Document source = giver.watch(name).document();
      // Who goes on under a new id may keep what it made to itself until it has heard of the old
      // one.
      boolean tellsAll = giver.store().formerIdentities().isEmpty();
      taker.guard(() -> carry(source, tellsAll, taker, taker.watch(name).document()));
    }
  }

  private void carry(Document source, boolean tellsAll, Incarnation taker, Document target) {
    VersionVector since = target.versionVector();
    try {
      if (since.dominates(source.historyFloor()) && chance.nextInt(4) > 0) {
        VersionVector from = chance.nextBoolean() ? since : source.historyFloor();
        Balance before = Balance.of(target);
        List<Change> changes = source.changes(from);
        ApplyReport report = target.apply(source.changesSince(from));
        int atLeast = tellsAll ? changes.size() : 0;
        taker.countCarried(report.applied());
        String wrong = before.wrong(report, atLeast, Balance.of(target));
        if (wrong != null) {
          world.problem("accounting", taker.machine() + ", \"" + target.name() + "\": " + wrong);
        }
      } else {
        target.join(source.encodedSnapshot());
      }
      world.tell("by hand to " + taker.machine(), target.name());
    } catch (StoreException.Full full) {
      world.tell("not by hand to " + taker.machine(), full.code());
    } catch (DocumentException ahead) {
      if (!ahead.code().equals(DocumentException.STAMP_AHEAD)) {
        throw ahead;
      }
      world.tell("not yet by hand to " + taker.machine(), ahead.code());
    }
  }

  /** What of all that was received is where. */
  private record Balance(long changes, long waiting) {
    static Balance of(Document document) {
      long changes = 0;
      for (var dot : document.versionVector().dots()) {
        changes += dot.counter();
      }
      return new Balance(changes, document.pendingCount() + document.heldCount());
    }

    /** Everything handed in, and everything that waited before, has to be somewhere. */
    @Nullable String wrong(ApplyReport report, int handedIn, Balance after) {
      long gained = after.changes - changes;
      long told =
          report.applied()
              + report.duplicates()
              + report.pending()
              + report.quarantined()
              + report.held()
              + report.rejected();
      if (gained != report.applied()) {
        return gained + " changes more are held, but the report is " + report;
      }
      boolean nothingWaited = waiting == 0 && after.waiting == 0;
      // Chunks are handed on whole, so there may be more in them than was asked for.
      return nothingWaited && told < handedIn
          ? handedIn + " changes were handed in, but the report is " + report
          : null;
    }
  }
}
