package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in one import who has made two changes of one name.
 *
 * <p>A change that is here already is compared with the one that came, as far as the history holds
 * it, and each change names the time of the one before it. So two programs that work under one
 * replica id are found out by whoever hears from both, however they went apart.
 */
final class Contradictions {
  /** That there are two changes of one name, and when they were made. */
  record Contradiction(Dot change, HybridTimestamp held, HybridTimestamp other) {}

  private final DocumentState state;
  private final ApplyReport.Builder report;
  private final ArrayDeque<Change> ready;
  private final List<Contradiction> found = new ArrayList<>(0);
  private @Nullable Dot branch;

  /**
   * @param ready takes changes that have to be looked at again
   */
  Contradictions(DocumentState state, ApplyReport.Builder report, ArrayDeque<Change> ready) {
    this.state = state;
    this.report = report;
    this.ready = ready;
  }

  void clear() {
    found.clear();
    branch = null;
  }

  /** Of authors that were not suspect before; one each. */
  List<Contradiction> found() {
    return List.copyOf(found);
  }

  /**
   * The first change of a branch that the own replica made under a former id, if the import has
   * shown that: everything before is the same elsewhere, and this is not.
   */
  @Nullable Dot branch() {
    return branch;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Why later changes of an author are kept aside; null if they are not. */
  @Nullable HeldReason reasonToHold(ReplicaId author) {
    Dot contradicted = state.suspects.isEmpty() ? null : state.suspects.get(author);
    return contradicted == null ? null : HeldReason.author(contradicted);
  }

  /** Learns that there is another change of a name; once for each author. */
  void add(Dot change, HybridTimestamp here, HybridTimestamp other) {
    if (state.suspects.putIfAbsent(change.replica(), change) == null) {
      found.add(new Contradiction(change, here, other));
      state.inbox.reconsider(change.replica(), ready);
    }
  }

  /**
   * Whether the next change of an author goes on from another change than the one that is here. If
   * its times do not ascend it is wrong by itself, which is not for this to say.
   *
   * @param previousTime what it says of the one before it; bits, like its own time
   */
  boolean findsBefore(Authors.Author author, long previousTime, long time) {
    boolean other = previousTime != author.lastTime && time > previousTime && author.counter > 0;
    if (other) {
      Dot last = new Dot(author.replica, author.counter);
      add(last, author.time(), new HybridTimestamp(previousTime));
    }
    return other;
  }

  /** Tells whether a change that is here already is the very same. */
  void compare(Change change) {
    AuthorLog log = state.history.find(change.replica());
    Authors.Author author = state.authors.get(change.replica());
    if (log != null && log.holds(change.counter())) {
      // Both in the form that columns give them.
      compare(
          log.cursor(change.counter()).change(), ChangeColumns.of(List.of(change)).walk().change());
    } else {
      compareTime(author, change.counter(), change.time());
    }
  }

  /** Tells whether the next changes of a block, which are here already, are the very same. */
  void compare(Block block, Authors.Author author, int count) {
    AuthorLog log = state.history.find(author.replica);
    AuthorLog.Cursor cursor = null;
    for (int i = 0; i < count; i++) {
      long counter = block.counter();
      if (log != null && log.holds(counter)) {
        cursor = cursor == null ? log.cursor(counter) : cursor;
        compare(cursor.change(), block.walk.change());
      } else {
        compareTime(author, counter, new HybridTimestamp(block.walk.time()));
        block.walk.skip(1);
      }
    }
  }

  private void compare(Change here, Change other) {
    tell(here.dot(), here.equals(other), here.time(), other.time());
  }

  /** All that is known of changes below the floor is the time of the last. */
  private void compareTime(Authors.Author author, long counter, HybridTimestamp other) {
    boolean same = counter < author.counter || other.equals(author.time());
    tell(new Dot(author.replica, counter), same, author.time(), other);
  }

  /** Tells what is to be told of a change that is here already, and of one of the same name. */
  void tell(Dot dot, boolean same, HybridTimestamp here, HybridTimestamp other) {
    if (same) {
      report.duplicate(dot.replica(), dot.counter(), dot.counter());
      if (!state.former.isEmpty()) {
        state.confirm(dot);
      }
    } else {
      report.another(dot);
      branch = branch == null && state.isConfirmedUpTo(dot) ? dot : branch;
      add(dot, here, other);
    }
  }
}
