package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.ContainerType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that everybody may add to.
 *
 * <p><b>What converges:</b> of each replica the sum of all it added, and how much of it was reset.
 * <b>Who wins:</b> everybody: all increments count. A {@linkplain #reset() reset} takes away
 * exactly the contributions it saw; what was added concurrently still counts.
 *
 * <p><b>Overflow</b> is refused at the source: a local add that would push the visible value or the
 * replica's own sum out of the range of a long is not made. Concurrent adds can still push the
 * value out; then {@link #value()} stays at the end of the range, {@link #exactValue()} is exact,
 * and adds that lead back are allowed.
 *
 * <p><b>Cost:</b> constant time to add and read; linear in the number of replicas to reset; two
 * sums of each replica that ever added. <b>Source:</b> the PN-counter of Shapiro, Preguiça, Baquero
 * and Zawirski, "A comprehensive study of Convergent and Commutative Replicated Data Types" (2011).
 * Where they keep two growing sums for each replica and join by the greater, here one sum may go up
 * and down and the later {@link Stamp} decides; the reset is our addition.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public final class Counter implements Crdt {
  private static final Comparator<Contribution> REPLICA_ORDER =
      Comparator.comparing(contribution -> contribution.last().replica());

  private final HashMap<ReplicaId, Account> accounts = new HashMap<>();
  private WideSum total = WideSum.ZERO;
  private int unreset;

  /** A counter that nobody has added to. */
  public Counter() {}

  /**
   * A counter in the given state.
   *
   * @throws OperationException MALFORMED_STATE if replicas are out of order or repeated
   */
  public static Counter of(State.OfCounter state) {
    Counter counter = new Counter();
    counter.join(state);
    return counter;
  }

  /**
   * The sum of all that was added and not reset; the nearest end of the range of a long when
   * concurrent adds have pushed it out.
   */
  public long value() {
    return total.saturated();
  }

  /** The sum of all that was added and not reset, whatever its size. */
  public BigInteger exactValue() {
    return total.exact();
  }

  /** Whether something was added that no reset has seen, even if the value is 0. */
  public boolean hasUnresetContributions() {
    return unreset > 0;
  }

  /** {@link #add(long, Stamp, Rollback)} for good. */
  public Operation.CounterAdd add(long amount, Stamp stamp) {
    return add(amount, stamp, null);
  }

  /**
   * Adds to the counter.
   *
   * @param amount may be negative, but not 0
   * @param stamp above all of its replica that this counter has seen
   * @param rollback takes the way back, or null if nobody will go it
   * @throws EditException EMPTY_EDIT if the amount is 0; STAMP_NOT_NEWER; COUNTER_OVERFLOW if the
   *     value or the sum of this replica would leave the range of a long
   */
  public Operation.CounterAdd add(long amount, Stamp stamp, @Nullable Rollback rollback) {
    if (amount == 0) {
      throw new EditException(EditException.EMPTY_EDIT, "0 adds nothing to a counter");
    }
    Account account = account(stamp.replica());
    Precedence.requireNewer(stamp, account.added() == null ? null : account.added().last());
    WideSum after = total.plus(amount);
    boolean leadsAway = after.isNegative() == (amount < 0);
    if (overflows(account.sum(), amount) || (leadsAway && !after.fitsLong())) {
      throw new EditException(
          EditException.COUNTER_OVERFLOW,
          "adding " + amount + " to " + exactValue() + " leaves the range of a long");
    }
    book(account, new Contribution(stamp, account.sum() + amount), rollback);
    return new Operation.CounterAdd(stamp, amount);
  }

  /** {@link #reset(Rollback)} for good. */
  public Operation.@Nullable CounterReset reset() {
    return reset(null);
  }

  /**
   * Takes away everything that was added here; what others added concurrently survives.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if nothing was added since the last reset
   */
  public Operation.@Nullable CounterReset reset(@Nullable Rollback rollback) {
    if (unreset == 0) {
      return null;
    }
    ArrayList<Contribution> observed = new ArrayList<>(unreset);
    for (Account account : accounts.values()) {
      if (account.added() != null && account.isUnreset()) {
        observed.add(account.added());
      }
    }
    observed.sort(REPLICA_ORDER);
    observed.forEach(contribution -> takeAway(contribution, rollback));
    return new Operation.CounterReset(observed);
  }

  @Override
  public ContainerType type() {
    return ContainerType.COUNTER;
  }

  @Override
  public boolean hasContent() {
    return hasUnresetContributions();
  }

  /**
   * Refuses an add of 0 (EMPTY_EDIT) and one that pushes the sum of its own replica out of the
   * range of a long (COUNTER_OVERFLOW); both depend on that replica alone.
   */
  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.CounterAdd add) {
      return check(add, account(add.stamp().replica()));
    }
    return operation instanceof Operation.CounterReset ? null : Foreign.operation(type());
  }

  /** {@link #apply(Operation, Rollback)} for good. */
  public Patch.OfCounter apply(Operation operation) {
    return apply(operation, null);
  }

  @Override
  public Patch.OfCounter apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public Patch.OfCounter applyChecked(Operation operation, @Nullable Rollback rollback) {
    long before = value();
    if (operation instanceof Operation.CounterAdd add) {
      Account account = account(add.stamp().replica());
      if (!hasSeen(account, add.stamp())) {
        book(account, new Contribution(add.stamp(), account.sum() + add.amount()), rollback);
      }
    } else if (operation instanceof Operation.CounterReset reset) {
      reset.observed().forEach(contribution -> takeAway(contribution, rollback));
    }
    return new Patch.OfCounter(before, value());
  }

  /** {@link #join(State, Rollback)} for good. */
  public Patch.OfCounter join(State state) {
    return join(state, null);
  }

  /**
   * @throws OperationException MALFORMED_STATE if the state is not one of a counter, or replicas
   *     are out of order or repeated
   */
  @Override
  public Patch.OfCounter join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfCounter next)) {
      throw Foreign.state(type());
    }
    Foreign.requireAscending(next.added(), REPLICA_ORDER, "replicas that added");
    Foreign.requireAscending(next.reset(), REPLICA_ORDER, "replicas that were reset");
    long before = value();
    for (Contribution contribution : next.added()) {
      Account account = account(contribution.last().replica());
      if (Account.isLater(contribution, account.added())) {
        book(account, contribution, rollback);
      }
    }
    next.reset().forEach(contribution -> takeAway(contribution, rollback));
    return new Patch.OfCounter(before, value());
  }

  @Override
  public State.OfCounter state() {
    ArrayList<Contribution> added = new ArrayList<>();
    ArrayList<Contribution> reset = new ArrayList<>();
    for (Account account : accounts.values()) {
      if (account.added() != null) {
        added.add(account.added());
      }
      if (account.reset() != null) {
        reset.add(account.reset());
      }
    }
    added.sort(REPLICA_ORDER);
    reset.sort(REPLICA_ORDER);
    return new State.OfCounter(added, reset);
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    State.OfCounter state = state();
    write(state.added(), out);
    write(state.reset(), out);
  }

  private static void write(List<Contribution> contributions, CanonicalWriter out) {
    out.varint(contributions.size());
    for (Contribution contribution : contributions) {
      out.stamp(contribution.last());
      out.fixed64(contribution.sum());
    }
  }

  void checkInvariants() {
    BigInteger sum = BigInteger.ZERO;
    int found = 0;
    for (Map.Entry<ReplicaId, Account> slot : accounts.entrySet()) {
      Account account = slot.getValue();
      if (account.equals(Account.EMPTY)) {
        throw new IllegalStateException("an empty account of " + slot.getKey());
      }
      sum = sum.add(BigInteger.valueOf(account.sum()));
      sum = sum.subtract(BigInteger.valueOf(account.resetSum()));
      found += account.isUnreset() ? 1 : 0;
    }
    if (!sum.equals(exactValue()) || found != unreset) {
      throw new IllegalStateException("total " + exactValue() + " of " + accounts);
    }
  }

  private static @Nullable Refusal check(Operation.CounterAdd add, Account account) {
    if (add.amount() == 0) {
      return new Refusal.Invalid(EditException.EMPTY_EDIT, "an add of 0");
    }
    if (!hasSeen(account, add.stamp()) && overflows(account.sum(), add.amount())) {
      return new Refusal.Invalid(
          EditException.COUNTER_OVERFLOW,
          "the sum of all that " + add.stamp().replica() + " added leaves the range of a long");
    }
    return null;
  }

  /** What a replica has added, all in all; null if nothing of that is left, because of a reset. */
  public @Nullable Contribution contribution(ReplicaId replica) {
    Account account = account(replica);
    return account.isUnreset() ? account.added() : null;
  }

  private Account account(ReplicaId replica) {
    return accounts.getOrDefault(replica, Account.EMPTY);
  }

  private static boolean hasSeen(Account account, Stamp stamp) {
    Contribution added = account.added();
    return added != null && added.last().compareTo(stamp) >= 0;
  }

  private static boolean overflows(long sum, long amount) {
    long after = sum + amount;
    return ((sum ^ after) & (amount ^ after)) < 0;
  }

  private void book(Account account, Contribution added, @Nullable Rollback rollback) {
    replace(added.last().replica(), account, new Account(added, account.reset()), rollback);
  }

  private void takeAway(Contribution observed, @Nullable Rollback rollback) {
    ReplicaId replica = observed.last().replica();
    Account account = account(replica);
    if (Account.isLater(observed, account.reset())) {
      replace(replica, account, new Account(account.added(), observed), rollback);
    }
  }

  private void replace(
      ReplicaId replica, Account before, Account after, @Nullable Rollback rollback) {
    if (after.equals(Account.EMPTY)) {
      accounts.remove(replica);
    } else {
      accounts.put(replica, after);
    }
    total =
        total.plus(after.sum()).minus(before.sum()).minus(after.resetSum()).plus(before.resetSum());
    unreset += (after.isUnreset() ? 1 : 0) - (before.isUnreset() ? 1 : 0);
    if (rollback != null) {
      rollback.add(() -> replace(replica, after, before, null));
    }
  }
}
