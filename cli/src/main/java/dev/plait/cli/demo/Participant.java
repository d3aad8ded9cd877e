package dev.plait.cli.demo;

import dev.plait.clock.TimeSource;
import dev.plait.document.Document;
import dev.plait.document.Transaction;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.storage.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A person of the demo, with a replica on a disk of their own. */
final class Participant {
  static final String DOCUMENT = "project";

  private final String name;
  private final Path file;
  private final VirtualTime time;
  private final RandomGenerator random;
  private SqliteStore store;
  private Replica replica;

  Participant(String name, Path file, VirtualTime time, RandomGenerator random) {
    this.name = name;
    this.file = file;
    this.time = time;
    this.random = random;
    this.store = SqliteStore.open(file);
    this.replica = open(time);
  }

  private Replica open(TimeSource wall) {
    return Replica.builder().store(store).scheduler(time).time(wall).random(random).build();
  }

  String name() {
    return name;
  }

  Path file() {
    return file;
  }

  Replica replica() {
    return replica;
  }

  Document document() {
    return replica.document(DOCUMENT);
  }

  void edit(Consumer<Transaction> edits) {
    document().transact(edits);
  }

  String readme() {
    return document().text("readme").toString();
  }

  /**
   * Loses everything that is in memory, without a word to anyone, and starts again from the file;
   * the wall clock of the new process is {@code behindMillis} late.
   */
  void loseProcessAndReopen(long behindMillis) {
    store.close();
    store = SqliteStore.open(file);
    replica = open(() -> time.millis() - behindMillis);
  }

  void leave() {
    replica.close();
    store.close();
  }
}
