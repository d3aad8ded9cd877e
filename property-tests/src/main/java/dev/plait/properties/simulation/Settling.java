package dev.plait.properties.simulation;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Connection;
import dev.plait.sync.DocumentStatus;
import dev.plait.transport.Conditions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of all trouble: everything is mended, every machine that is not gone runs, everybody
 * writes once more, and within a bounded time nothing may be on its way, wait, or be kept aside.
 * Then everything has to be equal, and what it has to be.
 */
final class Settling {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  /** The longest delay of a frame, twice, and how far ahead a clock may have been. */
  private static final long BOUND = 8 * 60 * MINUTE;

  private final World world;
  private final Play play;

  Settling(World world, Play play) {
    this.world = world;
    this.play = play;
  }

  void settle() {
    mend();
    writeOnceMore();
    if (world.problem() == null) {
      long start = world.millis();
      String left = drain();
      world.tell("settled", world.millis() - start);
      if (left == null) {
        new Comparison(world).compare();
      } else {
        world.problem(
            "drain",
            "after " + (world.millis() - start) / MINUTE + " minutes without trouble " + left);
      }
    }
  }

  private void mend() {
    world.tell("all is mended", "");
    world.wires().become(Conditions.PERFECT.withDelay(1, 20));
    world.wires().mend();
    for (Machine machine : world.machines()) {
      machine.mend();
      world.start(machine);
      if (machine.running() == null && !machine.isGone()) {
        world.problem("start", machine + " can't be started on a disk without faults");
      }
    }
  }

  private void writeOnceMore() {
    int choice = 0;
    for (Machine machine : world.machines()) {
      for (String name : World.DOCUMENTS) {
        play.write(machine, name, choice++);
      }
    }
  }

  /** Waits until nothing is left to do. Gives what is, if there is still something at the end. */
  private @Nullable String drain() {
    long step = SECOND / 4;
    long end = world.millis() + BOUND;
    String left = "";
    while (left != null && world.millis() < end && world.problem() == null) {
      world.time().advance(step);
      step = Math.min(2 * step, MINUTE);
      world.losePowerWhereStoresFailed();
      world.running().forEach(Incarnation::checkMemory);
      left = left();
      for (Machine machine : world.machines()) {
        world.start(machine); // a store whose sync failed a moment ago is of use again after this
      }
    }
    return world.problem() == null ? left : null;
  }

  private @Nullable String left() {
    List<Incarnation> running = world.running();
    for (Incarnation incarnation : running) {
      for (Connection connection : incarnation.connections().values()) {
        if (!connection.isInSync() && !waitsInVain(connection, running)) {
          return incarnation.machine()
              + " is not in sync: "
              + connection.status()
              + ", "
              + connection.state();
        }
      }
    }
    for (String name : World.DOCUMENTS) {
      VersionVector first = null;
      for (Incarnation incarnation : running) {
        Document document = incarnation.watch(name).document();
        List<String> waiting = waiting(document, running);
        if (!waiting.isEmpty()) {
          return incarnation.machine() + ", \"" + name + "\": " + waiting;
        }
        first = first == null ? document.versionVector() : first;
        if (!first.equals(document.versionVector())) {
          return incarnation.machine() + " holds another version of \"" + name + "\"";
        }
      }
    }
    return null;
  }

  /**
   * Whether two are not in sync only where somebody keeps a change, durably aside or in memory,
   * that builds on what nobody has any more: so it is for ever. That all else is equal is checked
   * apart.
   */
  private static boolean waitsInVain(Connection connection, List<Incarnation> running) {
    List<DocumentStatus> open =
        connection.status().documents().stream()
            .filter(document -> document.phase() != DocumentStatus.Phase.IN_SYNC)
            .toList();
    return connection.isConnected()
        && !open.isEmpty()
        && open.stream().allMatch(document -> keepsSomething(document.document(), running));
  }

  private static boolean keepsSomething(String name, List<Incarnation> running) {
    return running.stream()
        .map(incarnation -> incarnation.watch(name).document())
        .anyMatch(document -> document.pendingCount() + document.heldCount() > 0);
  }

  /** What waits for something that somebody has; what nobody has any more can't be waited for. */
  private List<String> waiting(Document document, List<Incarnation> running) {
    List<String> waiting = new ArrayList<>();
    String name = document.name();
    for (Dot missing : document.missing()) {
      for (Incarnation other : running) {
        if (other.watch(name).document().versionVector().contains(missing)) {
          waiting.add("changes wait for " + missing + ", which " + other.machine() + " has");
        }
      }
    }
    if (document.pendingCount() + document.heldCount() > 0
        && world.origins().areAllIn(name, document.versionVector())) {
      waiting.add(
          document.pendingCount()
              + " changes wait and "
              + document.heldCount()
              + " are held, of them in quarantine "
              + document.quarantinedCount());
    }
    if (document.isInDoubt()) {
      waiting.add("it is in doubt");
    }
    return waiting;
  }
}
