package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of values in which an add survives a concurrent remove.
 *
 * <p><b>What converges:</b> the entries, each an {@link ElementId} and a value; a value is a member
 * while it has an entry. <b>Who wins:</b> the add: a remove takes away exactly the entries its
 * maker saw, so one that was added concurrently stays. Adding a member again replaces the entries
 * seen for it by a new one, which survives removes that have not seen it.
 *
 * <p><b>Cost:</b> expected constant time for each add, remove and lookup, whatever the size of the
 * set, but for one pass over the entries at the first operation of a peer that replaces or removes
 * some; listing the members sorts them. Space for one entry of each member (one more for each
 * concurrent add of the same value) and one number for each replica that ever added; nothing of a
 * removed entry is remembered, and its room is used again. <b>Source:</b> the optimised OR-set of
 * Bieniusa, Zawirski, Preguiça, Shapiro, Baquero, Balegas and Duarte, "An optimized conflict-free
 * replicated set" (2012). Here the counters are those of {@link ElementId}s, which other containers
 * share, so of each replica we remember the last one seen in this set; and a remove names entries,
 * so it need not name the value.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public final class AddWinsSet implements Crdt {
  private static final Comparator<State.SetEntry> ENTRY_ORDER =
      Comparator.comparing(State.SetEntry::id);

  private final SetEntries entries = new SetEntries();
  private final SeenIds seen = new SeenIds();

  /** An empty set. */
  public AddWinsSet() {}

  /**
   * A set in the given state.
   *
   * @throws OperationException MALFORMED_STATE if its lists are out of order, or an entry is not
   *     covered by what was seen
   */
  public static AddWinsSet of(State.OfSet state) {
    AddWinsSet set = new AddWinsSet();
    set.join(state);
    return set;
  }

  /** Whether {@code value} is a member. */
  public boolean contains(Value value) {
    return entries.holds(value);
  }

  /** How many members there are. */
  public int size() {
    return entries.distinct();
  }

  /** The members in canonical order. */
  public List<Value> values() {
    ArrayList<Value> values = new ArrayList<>(size());
    entries.forEachValue(values::add);
    values.sort(null);
    return values;
  }

  /** Visits every member once, in no order to rely on. */
  public void forEach(Consumer<? super Value> visitor) {
    entries.forEachValue(visitor);
  }

  /** Visits the replica and sequence number of every entry's id, in no order to rely on. */
  public void forEachId(ObjLongConsumer<? super ReplicaId> visitor) {
    entries.forEachId(visitor);
  }

  /** {@link #add(Value, ElementId, Rollback)} for good. */
  public Operation.SetAdd add(Value value, ElementId id) {
    return add(value, id, null);
  }

  /**
   * Adds a value, whether it is a member or not.
   *
   * @param id above all ids of its replica that this set has seen
   * @param rollback takes the way back, or null if nobody will go it
   * @throws EditException ID_NOT_NEWER if it is not
   */
  public Operation.SetAdd add(Value value, ElementId id, @Nullable Rollback rollback) {
    if (seen.covers(id)) {
      throw new EditException(
          EditException.ID_NOT_NEWER,
          "the id " + id + " or a later one of its replica was seen here; take a new one");
    }
    Operation.SetAdd add = addUnseen(value, id, rollback);
    seen.add(id, rollback);
    return add;
  }

  private Operation.SetAdd addUnseen(Value value, ElementId id, @Nullable Rollback rollback) {
    int row = entries.head(value);
    if (row == SetEntries.NONE) {
      entries.addFirst(id, value, rollback);
      return new Operation.SetAdd(id, value, List.of());
    }
    // The history then holds the value that is here, and not an equal one for each time.
    Value member = entries.value(row);
    if (entries.isOnly(row)) {
      ElementId replaced = entries.id(row);
      entries.renew(row, id.replica(), id.seq(), rollback);
      return new Operation.SetAdd(id, member, List.of(replaced));
    }
    List<ElementId> replaced = entries.removeAll(value, rollback);
    entries.add(id, member, rollback);
    return new Operation.SetAdd(id, member, replaced);
  }

  /** {@link #remove(Value, Rollback)} for good. */
  public Operation.@Nullable SetRemove remove(Value value) {
    return remove(value, null);
  }

  /**
   * Removes a value as far as it was seen added here.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if it is not a member
   */
  public Operation.@Nullable SetRemove remove(Value value, @Nullable Rollback rollback) {
    List<ElementId> observed = entries.removeAll(value, rollback);
    return observed.isEmpty() ? null : new Operation.SetRemove(observed);
  }

  /** {@link #clear(Rollback)} for good. */
  public Operation.@Nullable SetRemove clear() {
    return clear(null);
  }

  /**
   * Removes all members as far as they were seen added here.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if the set is empty
   */
  public Operation.@Nullable SetRemove clear(@Nullable Rollback rollback) {
    ArrayList<ElementId> observed = new ArrayList<>();
    entries.forEachId((replica, seq) -> observed.add(new ElementId(replica, seq)));
    observed.sort(null);
    observed.forEach(id -> entries.remove(id, rollback));
    return observed.isEmpty() ? null : new Operation.SetRemove(observed);
  }

  @Override
  public ContainerType type() {
    return ContainerType.SET;
  }

  @Override
  public boolean hasContent() {
    return size() > 0;
  }

  /**
   * Lets an operation wait that names an entry not seen yet, and refuses an add that claims to
   * replace itself or a later entry of its own replica: FORGED_OBSERVATION.
   */
  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.SetAdd add) {
      return check(add);
    }
    if (operation instanceof Operation.SetRemove remove) {
      return firstMissing(remove.observed());
    }
    return Foreign.operation(type());
  }

  private @Nullable Refusal check(Operation.SetAdd add) {
    ElementId id = add.id();
    for (ElementId replaced : add.replaces()) {
      if (replaced.replica().equals(id.replica()) && replaced.seq() >= id.seq()) {
        return new Refusal.Invalid(
            Foreign.FORGED_OBSERVATION,
            "the add of " + id + " can't have seen " + replaced + ", which is not before it");
      }
    }
    return firstMissing(add.replaces());
  }

  private Refusal.@Nullable Missing firstMissing(List<ElementId> observed) {
    for (ElementId id : observed) {
      if (!seen.covers(id)) {
        return new Refusal.Missing(id);
      }
    }
    return null;
  }

  /** {@link #apply(Operation, Rollback)} for good. */
  public Patch.OfSet apply(Operation operation) {
    return apply(operation, null);
  }

  @Override
  public Patch.OfSet apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public Patch.OfSet applyChecked(Operation operation, @Nullable Rollback rollback) {
    Membership touched = new Membership(entries);
    apply(operation, touched, rollback);
    return touched.patch();
  }

  @Override
  public void applyUntold(Operation operation, @Nullable Rollback rollback) {
    apply(operation, null, rollback);
  }

  private void apply(
      Operation operation, @Nullable Membership touched, @Nullable Rollback rollback) {
    if (operation instanceof Operation.SetRemove remove) {
      removeAll(remove.observed(), touched, rollback);
    } else if (operation instanceof Operation.SetAdd add && !seen.covers(add.id())) {
      removeAll(add.replaces(), touched, rollback);
      add(add.id(), add.value(), touched, rollback);
      seen.add(add.id(), rollback);
    }
  }

  /**
   * Does what {@link #applyUntold} does with an add that replaces one entry or none.
   *
   * @param seq with {@code replica} the id of the entry
   * @param replaced whose entry it replaces; null if it replaces none
   * @param replacedSeq the sequence number that goes with {@code replaced}
   * @param rollback takes the way back, or null if nobody will go it
   */
  public void applyAdd(
      ReplicaId replica,
      long seq,
      Value value,
      @Nullable ReplicaId replaced,
      long replacedSeq,
      @Nullable Rollback rollback) {
    if (seen.covers(replica, seq)) {
      return;
    }
    int row = replaced == null ? SetEntries.NONE : entries.row(replaced, replacedSeq);
    if (row != SetEntries.NONE && entries.isOnly(row) && entries.value(row).equals(value)) {
      entries.renew(row, replica, seq, rollback);
    } else {
      if (row != SetEntries.NONE) {
        entries.remove(row, rollback);
      }
      entries.add(replica, seq, value, rollback);
    }
    seen.add(replica, seq, rollback);
  }

  /**
   * Does what {@link #applyUntold} does with a remove of one entry.
   *
   * @param rollback takes the way back, or null if nobody will go it
   */
  public void applyRemove(ReplicaId replica, long seq, @Nullable Rollback rollback) {
    int row = entries.row(replica, seq);
    if (row != SetEntries.NONE) {
      entries.remove(row, rollback);
    }
  }

  private void add(
      ElementId id, Value value, @Nullable Membership touched, @Nullable Rollback rollback) {
    if (touched != null) {
      touched.touch(value);
    }
    entries.add(id, value, rollback);
  }

  private void removeAll(
      List<ElementId> ids, @Nullable Membership touched, @Nullable Rollback rollback) {
    for (int i = 0; i < ids.size(); i++) {
      remove(ids.get(i), touched, rollback);
    }
  }

  private void remove(ElementId id, @Nullable Membership touched, @Nullable Rollback rollback) {
    Value value = touched == null ? null : entries.find(id);
    if (touched != null && value != null) {
      touched.touch(value);
    }
    entries.remove(id, rollback);
  }

  /** {@link #join(State, Rollback)} for good. */
  public Patch.OfSet join(State state) {
    return join(state, null);
  }

  /**
   * @throws OperationException MALFORMED_STATE if the state is not one of a set, its lists are out
   *     of order, or an entry is not covered by what was seen
   */
  @Override
  public Patch.OfSet join(State state, @Nullable Rollback rollback) {
    Membership touched = new Membership(entries);
    join(state, touched, rollback);
    return touched.patch();
  }

  @Override
  public void joinUntold(State state, @Nullable Rollback rollback) {
    join(state, null, rollback);
  }

  private void join(State state, @Nullable Membership touched, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfSet next)) {
      throw Foreign.state(type());
    }
    SeenIds seenThere = requireValid(next);
    for (ElementId id : removedThere(next, seenThere)) {
      remove(id, touched, rollback);
    }
    if (entries.size() == 0) {
      entries.reserve(next.entries().size());
    }
    for (State.SetEntry entry : next.entries()) {
      joinEntry(entry, touched, rollback);
    }
    next.seen().forEach(last -> seen.add(last, rollback));
  }

  @Override
  public State.OfSet state() {
    return new State.OfSet(entries.ordered(), seen.ordered());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    List<State.SetEntry> ordered = entries.ordered();
    out.varint(ordered.size());
    for (State.SetEntry entry : ordered) {
      out.element(entry.id());
      out.value(entry.value());
    }
    List<ElementId> last = seen.ordered();
    out.varint(last.size());
    for (ElementId id : last) {
      out.element(id);
    }
  }

  void checkInvariants() {
    entries.checkInvariants();
    for (State.SetEntry entry : entries.ordered()) {
      if (!seen.covers(entry.id())) {
        throw new IllegalStateException("a member but not seen: " + entry);
      }
    }
  }

  /** The entries that the other side has seen and no longer holds. */
  private List<ElementId> removedThere(State.OfSet there, SeenIds seenThere) {
    List<ElementId> removed = entries.coveredBy(seenThere);
    if (!removed.isEmpty()) {
      HashSet<ElementId> heldThere = new HashSet<>();
      there.entries().forEach(entry -> heldThere.add(entry.id()));
      removed.removeIf(heldThere::contains);
    }
    return removed;
  }

  private void joinEntry(
      State.SetEntry theirs, @Nullable Membership touched, @Nullable Rollback rollback) {
    ElementId id = theirs.id();
    if (seen.covers(id)) {
      Value mine = entries.find(id);
      if (mine == null || mine.compareTo(theirs.value()) >= 0) {
        return;
      }
      // Only a forger makes two values with one id; the greater stays, whoever came first.
      remove(id, touched, rollback);
    }
    add(id, theirs.value(), touched, rollback);
  }

  private static SeenIds requireValid(State.OfSet state) {
    Foreign.requireAscending(state.entries(), ENTRY_ORDER, "entries");
    SeenIds seen = SeenIds.of(state.seen());
    for (State.SetEntry entry : state.entries()) {
      if (!seen.covers(entry.id())) {
        throw Foreign.malformed("the entry " + entry.id() + " was not seen");
      }
    }
    return seen;
  }
}
