package dev.plait.cli.replay;

import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.StoreBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies that each are a replica on an SQLite file of its own, in a directory that ends with them.
 */
final class SqliteCopies implements Copies {
  private final Participants participants;
  private final Path directory;
  private final Map<Integer, OpenReplica> replicas = new HashMap<>();

  private record OpenReplica(SqliteStore store, Replica replica) {
    void close() {
      try (store) {
        replica.close();
      }
    }
  }

  private SqliteCopies(Participants participants, Path directory) {
    this.participants = participants;
    this.directory = directory;
  }

  /** Copies in a new directory where the system keeps temporary files. */
  static SqliteCopies temporary(Participants participants) {
    try {
      return new SqliteCopies(participants, Files.createTempDirectory("plait-replay-"));
    } catch (IOException failed) {
      throw new UncheckedIOException("no directory for temporary files can be made", failed);
    }
  }

  @Override
  public Document of(int agent) {
    return replicas.computeIfAbsent(agent, this::open).replica().document(TEXT);
  }

  private OpenReplica open(int agent) {
    SqliteStore store = SqliteStore.open(directory.resolve("author-" + agent + ".db"));
    if (store.identity() == null) {
      store.commit(StoreBatch.builder().identity(Participants.id(agent)).build());
    }
    Replica replica =
        Replica.builder()
            .store(store)
            .codec(participants.codec())
            .time(participants.time())
            .scheduler(participants.time())
            .idleMillis(Settings.MAX_SPAN_MILLIS)
            .build();
    return new OpenReplica(store, replica);
  }

  @Override
  public void putAway(int agent) {
    OpenReplica open = replicas.remove(agent);
    if (open != null) {
      open.close();
    }
  }

  @Override
  public Document reopened(int agent) {
    putAway(agent);
    return of(agent);
  }

  @Override
  public void forget(int agent) {
    putAway(agent);
  }

  @Override
  public void close() {
    new ArrayList<>(replicas.keySet()).forEach(this::putAway);
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.toList();
      for (Path file : found) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException("could not remove " + directory, failed);
    }
  }
}
