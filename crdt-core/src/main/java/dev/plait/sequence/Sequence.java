package dev.plait.sequence;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Elements are named by ints here (ElementIds), stand in spans (SpanTree), come to their place by
 * FugueMax (Integration) and can be taken back (Journal). This class is where the four meet.
 *
 * Typing. Most edits go on where the one before ended, those that are made here and those that come
 * from elsewhere alike. After an insertion the sequence remembers its span, which sequence number would
 * come next, and at which position. An insertion of the same author that has this number, the unit before
 * it as left origin and the same right origin goes to the end of that span: nothing can have been put there
 * since, because every other edit makes the sequence forget. Nothing is looked up, no span is made.
 */
/**
 * Elements that several replicas insert and delete at once, in FugueMax order (Weidner and
 * Kleppmann, "The Art of the Fugue", 2023). It knows which elements there are and in which order,
 * and leaves what they hold to its user, who keeps it under the same ints.
 *
 * <p>Cost: every edit is O(log n) in the number of spans, and O(1) amortised where it goes on from
 * the one before; an insertion also takes a step for each concurrent span at its place. About 20
 * bytes for each span, deleted ones included, and 2 for each element. Nothing is allocated for an
 * edit except room to grow. Not thread-safe, reading included.
 */
public final class Sequence {
  /** No element: the start as left origin, the end as right origin. */
  public static final int NONE = SpanTree.NONE;

  private final ElementIds ids = new ElementIds();
  private final SpanTree tree = new SpanTree();
  private final Integration integration = new Integration(tree, ids);
  private final Journal journal = new Journal();
  private final Typing typing = new Typing();
  private final Arrival arrival = new Arrival(tree, ids, integration);
  private final Gluing gluing;

  // What was done last.
  private boolean typed;
  private int leftOrigin = NONE;
  private int rightOrigin = NONE;
  private int insertedSlot;
  private int insertedFirst;
  private int gluedAway;
  private final Ranges ranges = new Ranges();

  /** An empty sequence. */
  public Sequence(Glue glue) {
    this.gluing = new Gluing(tree, journal, glue);
  }

  /** How many elements are visible. */
  public int visible() {
    return tree.visible();
  }

  ElementIds ids() {
    return ids;
  }

  SpanTree tree() {
    return tree;
  }

  Journal journal() {
    return journal;
  }

  /** How many spans the elements are kept in; there are at most as many runs. */
  public int spanCount() {
    return tree.spans();
  }

  // ---- ids

  /** All replicas that are named here, by number. */
  public List<ReplicaId> replicas() {
    return Collections.unmodifiableList(ids.replicas());
  }

  /** The number, among {@link #replicas}, of the replica that inserted an element. */
  public int owner(int element) {
    return ids.owner(element);
  }

  /** The id of an element; null for {@link #NONE}. */
  public @Nullable ElementId elementId(int element) {
    return ids.elementId(element);
  }

  /** The replica that inserted an element. */
  public ReplicaId replica(int element) {
    return ids.replica(ids.owner(element));
  }

  /** The sequence number of an element. */
  public long seq(int element) {
    return ids.seq(element);
  }

  /** Whether {@code next} has the id that follows that of {@code element}. */
  public boolean follows(int element, int next) {
    return ids.follows(element, next);
  }

  /** Whether elements with consecutive ids from one on have consecutive ints. */
  public boolean isStretch(int first, int count) {
    return first + count <= ids.end(first);
  }

  /** The element of an id, visible or not; {@link #NONE} if it is not here. */
  public int find(ReplicaId replica, long seq) {
    int number = ids.numberOf(replica);
    int element = number == NONE ? NONE : ids.find(number, seq);
    return element == NONE || tree.find(element) == NONE ? NONE : element;
  }

  /** Whether any of {@code count} consecutive ids is in use. */
  public boolean usesAny(ReplicaId replica, long seq, int count) {
    int number = ids.numberOf(replica);
    return number != NONE && !ids.isNew(number, seq) && arrival.usesAny(number, seq, count);
  }

  // ---- positions

  /** The visible element at a position, which there must be. */
  public int elementAt(int position) {
    int slot = tree.findVisible(position);
    return tree.id(slot) + tree.offset();
  }

  /** How many visible elements stand before an element that is here. */
  public int position(int element) {
    int slot = tree.find(element);
    return tree.visibleBefore(slot, tree.offset());
  }

  /** Whether an element that is here is visible. */
  public boolean isVisible(int element) {
    return tree.isVisible(tree.find(element));
  }

  /** The left origin of an element that is here. */
  public int leftOf(int element) {
    int slot = tree.find(element);
    return tree.offset() > 0 ? element - 1 : tree.left(slot);
  }

  /** The right origin of an element that is here. */
  public int rightOf(int element) {
    return tree.right(tree.find(element));
  }

  /** Takes pieces of a sequence: elements with consecutive ints. */
  @FunctionalInterface
  public interface Pieces {
    /** {@code count} elements from {@code first} on. */
    void piece(int first, int count);
  }

  /** Hands over the visible elements from one position up to, not including, another. */
  public void forEachVisible(int from, int to, Pieces out) {
    if (from == to) {
      return;
    }
    int slot = tree.findVisible(from);
    int skipped = tree.offset();
    int left = to - from;
    while (left > 0) {
      if (tree.isVisible(slot)) {
        int count = Math.min(tree.length(slot) - skipped, left);
        out.piece(tree.id(slot) + skipped, count);
        left -= count;
        skipped = 0;
      }
      slot = left > 0 ? tree.next(slot) : NONE;
    }
  }

  // ---- edits made here

  /**
   * Inserts elements before the visible one at a position. Their ids must not be in use.
   *
   * @param position from 0 to {@link #visible}
   * @param seq the sequence number of the first; the others have those that follow
   * @return the first; the others are the ints that follow
   */
  public int insert(int position, ReplicaId author, long seq, int count) {
    int number = ids.number(author);
    typed = position == typing.position && typing.isContinuedBy(number, seq, count);
    if (typed) {
      leftOrigin = typing.last();
      rightOrigin = tree.right(typing.slot);
      typing.position += count;
      return type(count);
    }
    insertElsewhere(position, number, seq, count);
    return insertedFirst;
  }

  /** Inserts where nobody was typing. */
  private void insertElsewhere(int position, int author, long seq, int count) {
    int slot = NONE;
    int offset = 0;
    int left = NONE;
    int right;
    if (position == 0) {
      int first = tree.first();
      right = first == NONE ? NONE : tree.id(first);
    } else {
      slot = tree.findVisible(position - 1);
      offset = tree.offset();
      left = tree.id(slot) + offset;
      if (offset + 1 < tree.length(slot)) {
        right = left + 1;
      } else {
        int next = tree.next(slot);
        right = next == NONE ? NONE : tree.id(next);
      }
    }
    place(slot, offset, author, seq, count, left, right, true);
    typing.position = position + count;
  }

  /** Adds elements behind those inserted last. */
  private int type(int count) {
    int first = typing.next;
    tree.extend(typing.slot, count, ids.use(first, count));
    typing.advance(count);
    journal.inserted(first, count);
    return first;
  }

  private void place(
      int slot, int offset, int author, long seq, int count, int left, int right, boolean visible) {
    int first = ids.reserve(author, seq, count);
    boolean newest = ids.use(first, count);
    int length = visible ? count : -count;
    int placed;
    if (slot == NONE) {
      placed = tree.insertFirst(first, length, left, right, newest);
    } else if (visible && left == first - 1 && isEndOfRun(slot, offset, left, right)) {
      tree.extend(slot, count, newest);
      placed = slot;
    } else {
      placed = tree.insertAfter(slot, offset, first, length, left, right, newest);
    }
    journal.inserted(first, count);
    insertedSlot = placed;
    insertedFirst = first;
    leftOrigin = left;
    rightOrigin = right;
    if (visible) {
      typing.start(placed, author, seq + count, first + count, ids.end(first));
    } else {
      typing.stop();
    }
  }

  /** Whether a visible span ends with this element, and its right origin is this one. */
  private boolean isEndOfRun(int slot, int offset, int element, int right) {
    return tree.isVisible(slot)
        && offset == tree.length(slot) - 1
        && tree.id(slot) + offset == element
        && tree.right(slot) == right;
  }

  /** Whether what was inserted last went on from what its author had inserted before. */
  public boolean isTyped() {
    return typed;
  }

  /** The left origin of the elements inserted last. */
  public int leftOrigin() {
    return leftOrigin;
  }

  /** The right origin of the elements inserted last. */
  public int rightOrigin() {
    return rightOrigin;
  }

  /**
   * Deletes visible elements; {@link #ranges} tells which.
   *
   * @param position of the first
   * @param count at least 1, and so many there must be
   */
  public void delete(int position, int count) {
    typing.stop();
    ranges.clear();
    int slot = tree.findVisible(position);
    int skipped = tree.offset();
    int left = count;
    while (true) {
      if (tree.isVisible(slot)) {
        int part = Math.min(tree.length(slot) - skipped, left);
        int first = tree.id(slot) + skipped;
        ranges.add(first, part);
        journal.deleted(first, part);
        slot = tree.delete(slot, skipped, part);
        left -= part;
        if (left == 0) {
          return;
        }
        skipped = 0;
      }
      slot = tree.next(slot);
    }
  }

  /** How many ranges of consecutive ints the elements deleted last are. */
  public int ranges() {
    return ranges.size();
  }

  /** The first element of a range. */
  public int rangeFirst(int range) {
    return ranges.first(range);
  }

  /** How many elements a range has. */
  public int rangeCount(int range) {
    return ranges.count(range);
  }

  // ---- edits made elsewhere

  /**
   * Decides whether elements that were inserted elsewhere can be inserted here, and where; changes
   * nothing.
   *
   * @param seq with {@code author} the id of the first; the id of the last must exist
   * @param leftReplica with {@code leftSeq} the left origin of the first; null for the start
   * @param rightReplica with {@code rightSeq} the right origin of all; null for the end
   */
  public Verdict prepare(
      ReplicaId author,
      long seq,
      int count,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq) {
    gluedAway = 0;
    return arrival.decide(author, seq, count, leftReplica, leftSeq, rightReplica, rightSeq, typing);
  }

  /**
   * Inserts what was just {@linkplain #prepare accepted}.
   *
   * @param visible whether the elements are not deleted already
   * @return the first; the others are the ints that follow
   */
  public int insertPrepared(boolean visible) {
    if (arrival.isTyped() && visible) {
      leftOrigin = typing.last();
      rightOrigin = tree.right(typing.slot);
      insertedSlot = typing.slot;
      insertedFirst = type(arrival.count);
      typing.position = NONE;
      return insertedFirst;
    }
    if (arrival.isTyped()) {
      arrival.seekPlace();
    }
    int slot = integration.slot();
    int offset = integration.offset();
    if (gluing.isPossible() && slot != NONE) {
      int before = tree.id(slot) + offset;
      gluedAway = gluing.breakBehind(before);
      slot = tree.find(before);
      offset = tree.offset();
    }
    place(
        slot,
        offset,
        arrival.author,
        arrival.seq,
        arrival.count,
        arrival.left,
        arrival.right,
        visible);
    return insertedFirst;
  }

  /** The position of the elements inserted last. Cost: O(log n). */
  public int insertedPosition() {
    return tree.visibleBefore(insertedSlot, insertedFirst - tree.id(insertedSlot));
  }

  /** How many glued elements the last insertion took away around it: 2 or none. */
  public int gluedAway() {
    return gluedAway;
  }

  /** The lowest of consecutive ids that is not in use here, or -1. */
  public long firstMissing(ReplicaId replica, long seq, int count) {
    int number = ids.numberOf(replica);
    if (number == NONE) {
      return seq;
    }
    int done = 0;
    while (done < count) {
      int element = ids.find(number, seq + done);
      int slot = element == NONE ? NONE : tree.find(element);
      if (slot == NONE) {
        return seq + done;
      }
      done += tree.length(slot) - tree.offset();
    }
    return -1;
  }

  /**
   * Deletes elements with consecutive ids if all are in use here.
   *
   * @return the lowest id that is not, and then nothing was deleted; or -1
   */
  public long deleteOrMissing(ReplicaId replica, long seq, int count) {
    int number = ids.numberOf(replica);
    int element = number == NONE ? NONE : ids.find(number, seq);
    int slot = element == NONE ? NONE : tree.find(element);
    if (slot == NONE) {
      return seq;
    }
    int offset = tree.offset();
    if (count <= tree.length(slot) - offset) {
      typing.stop();
      if (tree.isVisible(slot)) {
        delete(slot, offset, element, count);
      }
      return -1;
    }
    long missing = firstMissing(replica, seq, count);
    if (missing < 0) {
      delete(replica, seq, count);
    }
    return missing;
  }

  /** Deletes elements with consecutive ids, all of which must be in use here. */
  public void delete(ReplicaId replica, long seq, int count) {
    typing.stop();
    int number = ids.numberOf(replica);
    int done = 0;
    while (done < count) {
      int element = ids.find(number, seq + done);
      int slot = tree.find(element);
      int offset = tree.offset();
      int part = Math.min(tree.length(slot) - offset, count - done);
      if (tree.isVisible(slot)) {
        delete(slot, offset, element, part);
      }
      done += part;
    }
  }

  private void delete(int slot, int offset, int element, int count) {
    if (!gluing.isPossible()) {
      tree.delete(slot, offset, count);
      journal.deleted(element, count);
      return;
    }
    int before = gluing.before(element);
    int behind = gluing.behind(element + count - 1);
    tree.delete(tree.find(element), tree.offset(), count);
    journal.deleted(element, count);
    gluing.bury(before);
    gluing.bury(behind);
  }

  /**
   * Hands over the positions of all visible elements that deleting consecutive ids would delete, as
   * (position, count), in no particular order.
   */
  public void forEachDoomed(ReplicaId replica, long seq, int count, Pieces out) {
    int number = ids.numberOf(replica);
    int done = 0;
    while (done < count) {
      int element = ids.find(number, seq + done);
      int slot = tree.find(element);
      int offset = tree.offset();
      int part = Math.min(tree.length(slot) - offset, count - done);
      if (tree.isVisible(slot)) {
        int position = tree.visibleBefore(slot, offset);
        int before = 0;
        int behind = 0;
        if (gluing.isPossible()) {
          before = gluing.before(element) == NONE ? 0 : 1;
          behind = gluing.behind(element + part - 1) == NONE ? 0 : 1;
        }
        out.piece(position - before, before + part + behind);
      }
      done += part;
    }
  }

  // ---- going back

  /** From now on edits are noted, so that they can be taken back, or not. */
  public void setJournaling(boolean noting) {
    journal.setOpen(noting);
  }

  /** A point to go back to, as long as the journal is not cleared. */
  public int mark() {
    return journal.mark();
  }

  /** Takes back all edits noted since a mark. */
  public void undoTo(int mark) {
    typing.stop();
    while (journal.mark() > mark) {
      journal.pop();
      int element = journal.id();
      int left = journal.count();
      boolean insertion = journal.isInsertion();
      while (left > 0) {
        int slot = tree.find(element);
        int offset = tree.offset();
        int part = Math.min(tree.length(slot) - offset, left);
        if (insertion) {
          tree.remove(slot, offset, part);
        } else {
          tree.revive(slot, offset, part);
        }
        element += part;
        left -= part;
      }
    }
  }

  /** Accepts all edits noted. */
  public void clearJournal() {
    journal.clear();
  }

  // ---- as a whole

  /** Takes the runs of a sequence from start to end, each as long as it can be. */
  @FunctionalInterface
  public interface Runs {
    /** A run; see {@link RunSource}. */
    void run(int first, int count, boolean deleted, int left, int right);
  }

  /** Hands over all runs. */
  public void forEachRun(Runs out) {
    Traversal.forEachRun(tree, ids, out);
  }

  /** Takes what changed in a sequence for a reader, from start to end. */
  public interface Changes {
    /** Visible elements that were visible before. */
    void retained(int count);

    /** Visible elements that are new. */
    void inserted(int first, int count);

    /** Elements that were visible and are deleted. */
    void deleted(int count);
  }

  /** Hands over what was changed since a mark. Linear. */
  public void forEachChange(int mark, Changes out) {
    Traversal.forEachChange(tree, journal.insertedSince(mark), journal.deletedSince(mark), out);
  }

  /**
   * Takes the runs of a state over as they stand. The sequence must be empty.
   *
   * @param firsts takes the first element of each run
   * @return what is wrong with the runs, and then the sequence is not to be used; or null
   */
  public @Nullable String load(RunSource runs, int[] firsts) {
    return new Loading(ids, tree).load(runs, firsts);
  }

  /** What is wrong with the runs of a state, taken by themselves; null if nothing is. */
  public static @Nullable String fault(RunSource runs) {
    return new Sequence(Glue.NONE).load(runs, new int[runs.size()]);
  }

  /** Checks all structures and the origins of all elements. */
  public void checkInvariants() {
    tree.checkInvariants();
    Traversal.checkOrigins(tree, ids);
  }
}
