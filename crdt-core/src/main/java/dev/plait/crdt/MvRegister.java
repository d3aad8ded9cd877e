package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All concurrent values of a register, until one write supersedes them.
 *
 * <p><b>What converges:</b> the writes that no other write has superseded, and of each replica the
 * last stamp seen. <b>Who wins:</b> nobody: concurrent writes are all shown, in {@link Stamp}
 * order; a write supersedes those its maker saw, and a {@linkplain #clear() clear} takes away those
 * it saw.
 *
 * <p><b>Cost:</b> linear in the number of values shown, at most one for each replica; space for one
 * stamp of each replica that ever wrote. <b>Source:</b> the MV-register of Shapiro, Preguiça,
 * Baquero and Zawirski, "A comprehensive study of Convergent and Commutative Replicated Data Types"
 * (2011). Where they keep a version vector for each value, here each has a stamp and the register
 * remembers the last stamp of each replica, which covers all earlier ones, since a replica
 * supersedes its own writes. An operation is a small state, so applying is joining.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public final class MvRegister implements Crdt {
  private static final Comparator<State.MvEntry> ENTRY_ORDER =
      Comparator.comparing(State.MvEntry::stamp);
  private static final Comparator<Stamp> REPLICA_ORDER = Comparator.comparing(Stamp::replica);

  /** What is shown, in stamp order; replaced as a whole. */
  private List<State.MvEntry> entries = List.of();

  private final HashMap<ReplicaId, Stamp> seen = new HashMap<>();

  /** A register that was never written. */
  public MvRegister() {}

  /**
   * A register in the given state.
   *
   * @throws OperationException MALFORMED_STATE if its lists are out of order, or an entry is not
   *     covered by what was seen
   */
  public static MvRegister of(State.OfMvRegister state) {
    MvRegister register = new MvRegister();
    register.join(state);
    return register;
  }

  /** The values shown, in stamp order; empty if never written or cleared. */
  public List<Value> values() {
    ArrayList<Value> values = new ArrayList<>(entries.size());
    entries.forEach(entry -> values.add(entry.value()));
    return values;
  }

  /** {@link #set(Value, Stamp, Rollback)} for good. */
  public Operation.MvWrite set(Value value, Stamp stamp) {
    return set(value, stamp, null);
  }

  /**
   * Writes a value in place of all that are shown.
   *
   * @param stamp above those of all values shown, and above all of its replica seen here
   * @param rollback takes the way back, or null if nobody will go it
   * @throws EditException STAMP_NOT_NEWER if it is not
   */
  public Operation.MvWrite set(Value value, Stamp stamp, @Nullable Rollback rollback) {
    Precedence.requireNewer(stamp, seen.get(stamp.replica()));
    Precedence.requireNewer(stamp, entries.isEmpty() ? null : lastEntry().stamp());
    Operation.MvWrite write = new Operation.MvWrite(stamp, value, shownStamps());
    merge(writtenBy(write), seenBy(write), rollback);
    return write;
  }

  /** {@link #clear(Rollback)} for good. */
  public Operation.@Nullable MvClear clear() {
    return clear(null);
  }

  /**
   * Takes away the values shown; concurrent writes survive.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if nothing is shown
   */
  public Operation.@Nullable MvClear clear(@Nullable Rollback rollback) {
    if (entries.isEmpty()) {
      return null;
    }
    Operation.MvClear clear = new Operation.MvClear(shownStamps());
    merge(List.of(), clear.observed(), rollback);
    return clear;
  }

  @Override
  public ContainerType type() {
    return ContainerType.MV_REGISTER;
  }

  @Override
  public boolean hasContent() {
    return !entries.isEmpty();
  }

  /** Refuses a write that claims to supersede its own or a later stamp: FORGED_OBSERVATION. */
  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.MvWrite write) {
      for (Stamp superseded : write.supersedes()) {
        if (superseded.compareTo(write.stamp()) >= 0) {
          return new Refusal.Invalid(
              Foreign.FORGED_OBSERVATION,
              "the write " + write.stamp() + " can't have seen " + superseded + ", which is later");
        }
      }
      return null;
    }
    return operation instanceof Operation.MvClear ? null : Foreign.operation(type());
  }

  /** {@link #apply(Operation, Rollback)} for good. */
  public Patch.OfMvRegister apply(Operation operation) {
    return apply(operation, null);
  }

  @Override
  public Patch.OfMvRegister apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public Patch.OfMvRegister applyChecked(Operation operation, @Nullable Rollback rollback) {
    return operation instanceof Operation.MvWrite write
        ? merge(writtenBy(write), seenBy(write), rollback)
        : merge(List.of(), ((Operation.MvClear) operation).observed(), rollback);
  }

  /** {@link #join(State, Rollback)} for good. */
  public Patch.OfMvRegister join(State state) {
    return join(state, null);
  }

  /**
   * @throws OperationException MALFORMED_STATE if the state is not one of a multi-value register,
   *     its lists are out of order, or an entry is not covered by what was seen
   */
  @Override
  public Patch.OfMvRegister join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfMvRegister next)) {
      throw Foreign.state(type());
    }
    Foreign.requireAscending(next.entries(), ENTRY_ORDER, "values");
    Foreign.requireAscending(next.seen(), REPLICA_ORDER, "replicas seen");
    Map<ReplicaId, Stamp> seenThere = latest(next.seen());
    for (State.MvEntry entry : next.entries()) {
      if (!covers(seenThere, entry.stamp())) {
        throw Foreign.malformed("the value of " + entry.stamp() + " was not seen");
      }
    }
    return merge(next.entries(), next.seen(), rollback);
  }

  @Override
  public State.OfMvRegister state() {
    return new State.OfMvRegister(entries, orderedSeen());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    out.varint(entries.size());
    for (State.MvEntry entry : entries) {
      out.stamp(entry.stamp());
      out.value(entry.value());
    }
    List<Stamp> ordered = orderedSeen();
    out.varint(ordered.size());
    for (Stamp stamp : ordered) {
      out.stamp(stamp);
    }
  }

  void checkInvariants() {
    Foreign.requireAscending(entries, ENTRY_ORDER, "values");
    for (State.MvEntry entry : entries) {
      if (!covers(seen, entry.stamp())) {
        throw new IllegalStateException("shown but not seen: " + entry);
      }
    }
  }

  private State.MvEntry lastEntry() {
    return entries.get(entries.size() - 1);
  }

  private List<Stamp> shownStamps() {
    ArrayList<Stamp> stamps = new ArrayList<>(entries.size());
    entries.forEach(entry -> stamps.add(entry.stamp()));
    return stamps;
  }

  private List<Stamp> orderedSeen() {
    ArrayList<Stamp> ordered = new ArrayList<>(seen.values());
    ordered.sort(REPLICA_ORDER);
    return ordered;
  }

  private static List<State.MvEntry> writtenBy(Operation.MvWrite write) {
    return List.of(new State.MvEntry(write.stamp(), write.value()));
  }

  private static List<Stamp> seenBy(Operation.MvWrite write) {
    ArrayList<Stamp> seen = new ArrayList<>(write.supersedes());
    seen.add(write.stamp());
    return seen;
  }

  /**
   * Merges what another side shows and has seen: a value stays if both show it, or if one shows it
   * and the other has not seen it.
   */
  private Patch.OfMvRegister merge(
      List<State.MvEntry> shownThere,
      Collection<Stamp> stampsSeenThere,
      @Nullable Rollback rollback) {
    List<Value> before = values();
    Map<ReplicaId, Stamp> seenThere = latest(stampsSeenThere);
    HashMap<Stamp, Value> there = new HashMap<>();
    for (State.MvEntry entry : shownThere) {
      there.put(entry.stamp(), entry.value());
    }
    ArrayList<State.MvEntry> merged = new ArrayList<>();
    for (State.MvEntry mine : entries) {
      Value theirs = there.remove(mine.stamp());
      if (theirs != null) {
        // Only a forger makes two values with one stamp; the greater stays, whoever came first.
        Value greater = mine.value().compareTo(theirs) >= 0 ? mine.value() : theirs;
        merged.add(new State.MvEntry(mine.stamp(), greater));
      } else if (!covers(seenThere, mine.stamp())) {
        merged.add(mine);
      }
    }
    for (State.MvEntry theirs : shownThere) {
      if (there.containsKey(theirs.stamp()) && !covers(seen, theirs.stamp())) {
        merged.add(theirs);
      }
    }
    merged.sort(ENTRY_ORDER);
    replace(List.copyOf(merged), seenThere, rollback);
    return new Patch.OfMvRegister(before, values());
  }

  private void replace(
      List<State.MvEntry> next, Map<ReplicaId, Stamp> seenThere, @Nullable Rollback rollback) {
    if (rollback != null) {
      List<State.MvEntry> before = entries;
      rollback.add(() -> entries = before);
    }
    entries = next;
    for (Stamp stamp : seenThere.values()) {
      see(stamp, rollback);
    }
  }

  private void see(Stamp stamp, @Nullable Rollback rollback) {
    if (covers(seen, stamp)) {
      return;
    }
    Stamp before = seen.put(stamp.replica(), stamp);
    if (rollback != null) {
      rollback.add(
          before == null
              ? () -> seen.remove(stamp.replica())
              : () -> seen.put(stamp.replica(), before));
    }
  }

  private static boolean covers(Map<ReplicaId, Stamp> seen, Stamp stamp) {
    Stamp last = seen.get(stamp.replica());
    return last != null && last.compareTo(stamp) >= 0;
  }

  private static Map<ReplicaId, Stamp> latest(Collection<Stamp> stamps) {
    HashMap<ReplicaId, Stamp> latest = new HashMap<>();
    for (Stamp stamp : stamps) {
      latest.merge(stamp.replica(), stamp, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    return latest;
  }
}
