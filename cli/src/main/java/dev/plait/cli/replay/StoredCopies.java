package dev.plait.cli.replay;

import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies that each are a replica on a durable store of its own, in a directory that ends with them.
 */
final class StoredCopies implements Copies {
  private final Participants participants;
  private final Path directory;
  private final Opener opener;
  private final Map<Integer, OpenReplica> replicas = new HashMap<>();

  private record OpenReplica(ChangeStore store, Replica replica) {
    void close() {
      try (store) {
        replica.close();
      }
    }
  }

  /** Opens the store of one copy. */
  interface Opener {
    /** The store of this name in the directory. */
    ChangeStore open(Path directory, String name);
  }

  private StoredCopies(Participants participants, Path directory, Opener opener) {
    this.participants = participants;
    this.directory = directory;
    this.opener = opener;
  }

  /** Copies in a new directory where the system keeps temporary files. */
  static StoredCopies temporary(Participants participants, Opener opener) {
    try {
      return new StoredCopies(participants, Files.createTempDirectory("plait-replay-"), opener);
    } catch (IOException failed) {
      throw new UncheckedIOException("no directory for temporary files can be made", failed);
    }
  }

  @Override
  public Document of(int agent) {
    return replicas.computeIfAbsent(agent, this::open).replica().document(TEXT);
  }

  private OpenReplica open(int agent) {
    ChangeStore store = opener.open(directory, "author-" + agent);
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
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> insideOut = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : insideOut) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("could not remove " + directory, failed);
    }
  }
}
