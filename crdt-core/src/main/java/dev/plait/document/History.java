package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a document that are held one by one: for each author a log of columns, and the
 * order in which changes were applied, which is a causal order, as runs of one author each.
 *
 * <p>Changes up to the floor came as part of a snapshot and can't be handed out any more.
 */
final class History {
  private static final int FIRST_CAPACITY = 4;

  private final List<AuthorLog> logs = new ArrayList<>(1);
  private final Map<ReplicaId, AuthorLog> byReplica = new HashMap<>();
  private @Nullable AuthorLog recent;
  private int[] runLogs = new int[FIRST_CAPACITY];
  private int[] runCounts = new int[FIRST_CAPACITY];
  private int runs;
  private VersionVector floor = VersionVector.EMPTY;

  /** A history of its own with the same content. Cost: O(replicas). */
  History copy() {
    History copy = new History();
    for (AuthorLog log : logs) {
      AuthorLog twin = log.copy();
      copy.logs.add(twin);
      copy.byReplica.put(twin.replica, twin);
    }
    copy.runLogs = runLogs.clone();
    copy.runCounts = runCounts.clone();
    copy.runs = runs;
    copy.floor = floor;
    return copy;
  }

  // ---- adding

  /** The log of a replica, made when it is first asked for. */
  AuthorLog log(ReplicaId replica) {
    AuthorLog log = recent;
    if (log != null && log.replica.equals(replica)) {
      return log;
    }
    log = byReplica.get(replica);
    if (log == null) {
      log = new AuthorLog(replica, logs.size());
      logs.add(log);
      byReplica.put(replica, log);
    }
    recent = log;
    return log;
  }

  /** The log of a replica, or null if no change of it was ever held. */
  @Nullable AuthorLog find(ReplicaId replica) {
    return byReplica.get(replica);
  }

  /** Notes that changes were added to a log. */
  void applied(AuthorLog log, int count) {
    if (runs > 0 && runLogs[runs - 1] == log.number) {
      runCounts[runs - 1] += count;
      return;
    }
    if (runs == runCounts.length) {
      runLogs = Arrays.copyOf(runLogs, 2 * runs);
      runCounts = Arrays.copyOf(runCounts, 2 * runs);
    }
    runLogs[runs] = log.number;
    runCounts[runs] = count;
    runs++;
  }

  /** Adds a change that was applied. */
  void append(Change change) {
    AuthorLog log = log(change.replica());
    log.open(change.counter(), change.firstSeq(), change.previousTime().bits()).add(change);
    log.grew(1);
    applied(log, 1);
  }

  /** Adds all changes of columns, which were applied. */
  void append(ChangeColumns columns) {
    AuthorLog log = log(columns.replica());
    log.open(columns.firstCounter(), columns.firstSeq(), columns.previousTime()).append(columns);
    log.grew(columns.size());
    applied(log, columns.size());
  }

  /**
   * Adds changes that were applied.
   *
   * @param walk stands before the first; where it stands afterwards is not said
   * @param keepable whether the columns may be kept, because nobody will change them any more
   */
  void append(ChangeColumns columns, ChangeWalk walk, int count, boolean keepable) {
    AuthorLog log = log(columns.replica());
    log.append(columns, walk, count, keepable);
    applied(log, count);
  }

  // ---- the floor

  /** The version below which changes are not held. */
  VersionVector floor() {
    return floor;
  }

  /** Learns that the changes up to these were merged as state. */
  void raiseFloor(VersionVector merged) {
    floor = floor.merge(merged);
    long[] dropped = new long[logs.size()];
    for (AuthorLog log : logs) {
      dropped[log.number] = log.dropTo(merged.get(log.replica));
    }
    for (int run = 0; run < runs; run++) {
      int less = (int) Math.min(dropped[runLogs[run]], runCounts[run]);
      runCounts[run] -= less;
      dropped[runLogs[run]] -= less;
    }
  }

  /** Lets go of all changes there are, which {@code version} says. */
  void giveUp(VersionVector version) {
    raiseFloor(version);
    runLogs = new int[FIRST_CAPACITY];
    runCounts = new int[FIRST_CAPACITY];
    runs = 0;
  }

  /** Whether every change after {@code since} is held. */
  boolean covers(VersionVector since) {
    return since.dominates(floor);
  }

  // ---- reading

  /**
   * The changes after {@code since}, in causal order. Cost: O(changes applied after the oldest of
   * them).
   */
  List<Change> since(VersionVector since) {
    Passage passage = new Passage(since);
    List<Change> found = new ArrayList<>();
    for (int count = passage.next(); count > 0; count = passage.next()) {
      AuthorLog.Cursor cursor = passage.cursor();
      for (int i = 0; i < count; i++) {
        found.add(cursor.change());
      }
    }
    return found;
  }

  /** The way through everything after a version, in the order of application. */
  Passage passage(VersionVector since) {
    return new Passage(since);
  }

  /** One author after the other, ordered by id: the changes after a version. */
  List<AuthorLog.Cursor> cursors(VersionVector since) {
    List<AuthorLog> some = new ArrayList<>(logs);
    some.removeIf(log -> log.lastCounter() <= since.get(log.replica));
    some.sort((a, b) -> a.replica.compareTo(b.replica));
    List<AuthorLog.Cursor> cursors = new ArrayList<>(some.size());
    for (AuthorLog log : some) {
      cursors.add(log.cursor(since.get(log.replica) + 1));
    }
    return cursors;
  }

  /** A walk along the runs. */
  final class Passage {
    private final AuthorLog.@Nullable Cursor[] cursors =
        new AuthorLog.@Nullable Cursor[logs.size()];

    /** The counter up to which the changes of each log are passed or known. */
    private final long[] known = new long[logs.size()];

    /** The counter of the last change of each log in the runs up to the present one. */
    private final long[] reached = new long[logs.size()];

    private int run;
    private int author;

    private Passage(VersionVector since) {
      long missing = 0;
      for (AuthorLog log : logs) {
        known[log.number] = since.get(log.replica);
        reached[log.number] = log.lastCounter();
        missing += Math.max(0, log.lastCounter() - since.get(log.replica));
      }
      run = runs;
      while (missing > 0) {
        run--;
        int log = runLogs[run];
        long before = reached[log] - runCounts[run];
        missing -= Math.max(0, reached[log] - Math.max(before, known[log]));
        reached[log] = before;
      }
    }

    /** How many changes of one author come next; 0 at the end. {@link #cursor} reads them. */
    int next() {
      while (run < runs) {
        author = runLogs[run];
        long end = reached[author] + runCounts[run];
        int count = (int) (end - Math.max(known[author], reached[author]));
        reached[author] = end;
        run++;
        if (count > 0) {
          if (cursors[author] == null) {
            cursors[author] = logs.get(author).cursor(end - count + 1);
          }
          known[author] = end;
          return count;
        }
      }
      return 0;
    }

    /** Stands before the changes that come next, and must be moved past them. */
    AuthorLog.Cursor cursor() {
      AuthorLog.Cursor cursor = cursors[author];
      if (cursor == null) {
        throw new IllegalStateException("there is nothing next");
      }
      return cursor;
    }
  }
}
