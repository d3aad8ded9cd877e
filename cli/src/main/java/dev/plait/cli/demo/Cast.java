package dev.plait.cli.demo;

import dev.plait.replica.Connection;
import dev.plait.schedule.VirtualTime;
import dev.plait.transport.InMemoryNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The three people, the network between them, and the time they live in: all in one process and on
 * one thread, so that the demo is the same each time.
 */
final class Cast implements AutoCloseable {
  static final List<String> PEOPLE = List.of("Ada", "Ben", "Cleo");

  private static final long MORNING = 1_795_251_600_000L;
  private static final long ROUND_TRIP_MILLIS = 2_000;

  private final VirtualTime time = VirtualTime.startingAt(MORNING);
  private final Random random = new Random(42);
  private final InMemoryNetwork network = new InMemoryNetwork(time, random);
  private final List<Participant> people = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();

  Cast(Path directory) {
    for (String name : PEOPLE) {
      people.add(new Participant(name, fileOf(directory, name), time, random));
    }
  }

  static Path fileOf(Path directory, String name) {
    return directory.resolve(name.toLowerCase(Locale.ROOT) + ".db");
  }

  Participant ada() {
    return people.get(0);
  }

  Participant ben() {
    return people.get(1);
  }

  Participant cleo() {
    return people.get(2);
  }

  List<Participant> people() {
    return people;
  }

  /** Lets simulated time pass; what is under way arrives. */
  void pass(long millis) {
    time.advance(millis);
  }

  /** Connects everybody with everybody. */
  void goOnline() {
    for (Participant one : people) {
      for (Participant other : people) {
        if (one != other) {
          network.heal(one.name(), other.name());
          connections.add(one.replica().accept(network.transport(one.name(), other.name())));
        }
      }
    }
    pass(ROUND_TRIP_MILLIS);
  }

  /** Cuts everybody off from everybody. */
  void goOffline() {
    network.cut("Ada", "Ben");
    network.cut("Ben", "Cleo");
    network.cut("Ada", "Cleo");
    connections.clear();
    pass(ROUND_TRIP_MILLIS);
  }

  /** The definite answer of every connection. */
  boolean allInSync() {
    return connections.stream().allMatch(Connection::isInSync);
  }

  @Override
  public void close() {
    people.forEach(Participant::leave);
  }
}
