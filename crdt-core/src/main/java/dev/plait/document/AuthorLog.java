package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one replica that are held one by one, in segments of columns.
 *
 * <p>The last segment is added to, until it is long enough that finding a place in it should not
 * cost more. Columns that come from elsewhere and are long enough become a segment as they are.
 */
final class AuthorLog {
  private static final int SEGMENT_CHANGES = 4096;
  private static final int SEGMENT_ROWS = 1024;

  /**
   * How many rows columns must have to be taken over instead of copied, or operations that are not
   * on text, of which one row holds many.
   */
  private static final int ADOPTED = 256;

  final ReplicaId replica;

  /** The number of the log in its history. */
  final int number;

  private final List<Segment> segments = new ArrayList<>(1);

  /** The last segment, while it may be added to. */
  private @Nullable Segment tail;

  /** Changes {@code from} to {@code to} of columns, which may hold more than that. */
  private static final class Segment {
    final ChangeColumns columns;
    int from;
    int to;

    Segment(ChangeColumns columns, int from, int to) {
      this.columns = columns;
      this.from = from;
      this.to = to;
    }

    long lastCounter() {
      return columns.firstCounter() + to - 1;
    }
  }

  AuthorLog(ReplicaId replica, int number) {
    this.replica = replica;
    this.number = number;
  }

  /** Another log that starts with the same changes; neither adds to what they share. */
  AuthorLog copy() {
    AuthorLog copy = new AuthorLog(replica, number);
    for (Segment segment : segments) {
      copy.segments.add(new Segment(segment.columns, segment.from, segment.to));
    }
    tail = null;
    return copy;
  }

  /** The counter of the last change held; 0 if none is. */
  long lastCounter() {
    return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).lastCounter();
  }

  // ---- adding

  /**
   * The columns to which the next change may be added, operation by operation; {@link #grew} then
   * says that it was.
   *
   * @param previousTime the time of the author's change before it; 0 if there is none
   */
  ChangeColumns open(long counter, long seq, long previousTime) {
    Segment last = tail;
    if (last != null) {
      ChangeColumns columns = last.columns;
      int size = columns.size();
      if (size == 0) {
        columns.reset(replica, counter, seq, previousTime);
      }
      if (size < SEGMENT_CHANGES && columns.rows().count() < SEGMENT_ROWS) {
        return columns;
      }
    }
    Segment next = new Segment(new ChangeColumns(replica, counter, seq, previousTime), 0, 0);
    segments.add(next);
    tail = next;
    return next.columns;
  }

  /** Changes were added at the end of the columns that {@link #open} gave. */
  void grew(int count) {
    Segment last = tail;
    if (last == null) {
      throw new IllegalStateException("nothing is open");
    }
    last.to += count;
  }

  /**
   * Adds changes of other columns.
   *
   * @param walk stands before the first; where it stands afterwards is not said
   * @param keepable whether the columns may be kept, because nobody will change them any more
   */
  void append(ChangeColumns columns, ChangeWalk walk, int count, boolean keepable) {
    int from = walk.index();
    Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
    if (last != null && last.columns == columns && last.to == from) {
      last.to += count;
    } else if (keepable && isLong(columns)) {
      segments.add(new Segment(columns, from, from + count));
      tail = null;
    } else if (from == 0 && count == columns.size()) {
      open(columns.firstCounter(), columns.firstSeq(), columns.previousTime()).append(columns);
      grew(count);
    } else {
      open(walk.counter(), walk.seq(), walk.previousTime()).append(walk, count);
      grew(count);
    }
  }

  private static boolean isLong(ChangeColumns columns) {
    return Math.max(columns.rows().count(), columns.rows().others().size()) >= ADOPTED;
  }

  /** Lets go of the changes up to a counter. Returns how many there were. */
  long dropTo(long counter) {
    long dropped = 0;
    while (!segments.isEmpty() && segments.get(0).lastCounter() <= counter) {
      Segment gone = segments.remove(0);
      dropped += gone.to - gone.from;
    }
    if (segments.isEmpty()) {
      tail = null;
    }
    if (!segments.isEmpty()) {
      Segment first = segments.get(0);
      int from = (int) Math.max(first.from, counter + 1 - first.columns.firstCounter());
      dropped += from - first.from;
      first.from = from;
    }
    return dropped;
  }

  // ---- reading

  /** A place before the change of this counter, which must be held, or behind the last one. */
  Cursor cursor(long counter) {
    int segment = segments.size() - 1;
    while (segment > 0
        && segments.get(segment).columns.firstCounter() + segments.get(segment).from > counter) {
      segment--;
    }
    Cursor cursor = new Cursor(segment);
    cursor.walk.skip((int) (counter - cursor.walk.counter()));
    return cursor;
  }

  /** A place before the first change that is held, or null if none is. */
  @Nullable Cursor start() {
    return segments.isEmpty() ? null : cursor(firstCounter());
  }

  /** Whether the change of this counter is held. */
  boolean holds(long counter) {
    return !segments.isEmpty() && counter >= firstCounter() && counter <= lastCounter();
  }

  private long firstCounter() {
    Segment first = segments.get(0);
    return first.columns.firstCounter() + first.from;
  }

  /** A place in the log that moves on as changes are read. */
  final class Cursor {
    private int segment;
    private ChangeWalk walk;
    private ChangeWalk ahead;

    private Cursor(int segment) {
      this.segment = segment;
      this.walk = segments.get(segment).columns.walk();
      this.ahead = segments.get(segment).columns.walk();
    }

    ReplicaId replica() {
      return replica;
    }

    /** How many changes can be read from one walk; none when all were. */
    int inReach() {
      int left = segments.get(segment).to - walk.index();
      while (left == 0 && segment + 1 < segments.size()) {
        segment++;
        Segment next = segments.get(segment);
        walk = next.columns.walk();
        ahead = next.columns.walk();
        walk.skip(next.from);
        left = next.to - next.from;
      }
      return left;
    }

    /** The walk from which {@link #inReach} changes can be read. */
    ChangeWalk walk() {
      return walk;
    }

    /** Another walk before the next change, which there must be. */
    ChangeWalk ahead() {
      inReach();
      ahead.goTo(walk);
      return ahead;
    }

    /** The next change as an object. */
    Change change() {
      inReach();
      return walk.change();
    }

    /** Adds the next changes to columns. */
    void copy(int count, ChangeColumns into) {
      int left = count;
      while (left > 0) {
        int part = Math.min(left, inReach());
        into.append(walk, part);
        left -= part;
      }
    }
  }
}
