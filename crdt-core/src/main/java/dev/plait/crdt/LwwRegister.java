package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.Stamp;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One value; of concurrent writes the one with the greatest stamp wins.
 *
 * <p><b>What converges:</b> the greatest stamp written and its value. <b>Who wins:</b> the greater
 * {@link Stamp}; a write made after seeing another always beats it, because a clock is always ahead
 * of what it has observed. A {@linkplain #clear() clear} hides the write it saw and all that write
 * had beaten; every greater write shows.
 *
 * <p><b>Cost:</b> constant time and space for everything. <b>Source:</b> the state-based
 * LWW-register of Shapiro, Preguiça, Baquero and Zawirski, "A comprehensive study of Convergent and
 * Commutative Replicated Data Types" (2011). Here an operation is a state of one write, so applying
 * is joining; the clear is our addition.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public final class LwwRegister implements Crdt {
  private static final State.OfRegister NEVER_WRITTEN = new State.OfRegister(null, null);

  private State.OfRegister current = NEVER_WRITTEN;

  /** A register that was never written. */
  public LwwRegister() {}

  /**
   * A register in the given state.
   *
   * @throws OperationException MALFORMED_STATE if the state has a value without a stamp
   */
  public static LwwRegister of(State.OfRegister state) {
    LwwRegister register = new LwwRegister();
    register.join(state);
    return register;
  }

  /** The value; null if never written or cleared. */
  public @Nullable Value get() {
    return current.value();
  }

  /** The greatest stamp written, cleared or not; null if never written. */
  public @Nullable Stamp stamp() {
    return current.stamp();
  }

  /** {@link #set(Value, Stamp, Rollback)} for good. */
  public Operation.RegisterWrite set(Value value, Stamp stamp) {
    return set(value, stamp, null);
  }

  /**
   * Writes a value.
   *
   * @param stamp above all stamps this register has seen
   * @param rollback takes the way back, or null if nobody will go it
   * @throws EditException STAMP_NOT_NEWER if it is not
   */
  public Operation.RegisterWrite set(Value value, Stamp stamp, @Nullable Rollback rollback) {
    Precedence.requireNewer(stamp, current.stamp());
    replace(new State.OfRegister(stamp, value), rollback);
    return new Operation.RegisterWrite(stamp, value);
  }

  /** {@link #clear(Rollback)} for good. */
  public Operation.@Nullable RegisterClear clear() {
    return clear(null);
  }

  /**
   * Hides the value shown, if any; concurrent writes with greater stamps survive.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if nothing is shown
   */
  public Operation.@Nullable RegisterClear clear(@Nullable Rollback rollback) {
    Stamp observed = current.stamp();
    if (observed == null || current.value() == null) {
      return null;
    }
    replace(new State.OfRegister(observed, null), rollback);
    return new Operation.RegisterClear(observed);
  }

  @Override
  public ContainerType type() {
    return ContainerType.REGISTER;
  }

  @Override
  public boolean hasContent() {
    return current.value() != null;
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    return stateAfter(operation) == null ? Foreign.operation(type()) : null;
  }

  /** {@link #apply(Operation, Rollback)} for good. */
  public Patch.OfRegister apply(Operation operation) {
    return apply(operation, null);
  }

  @Override
  public Patch.OfRegister apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public Patch.OfRegister applyChecked(Operation operation, @Nullable Rollback rollback) {
    State.OfRegister next = stateAfter(operation);
    if (next == null) {
      throw new OperationException(Foreign.operation(type()));
    }
    return merge(next, rollback);
  }

  /** {@link #join(State, Rollback)} for good. */
  public Patch.OfRegister join(State state) {
    return join(state, null);
  }

  /**
   * @throws OperationException MALFORMED_STATE if the state is not one of a register, or has a
   *     value without a stamp
   */
  @Override
  public Patch.OfRegister join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfRegister next)) {
      throw Foreign.state(type());
    }
    if (next.stamp() == null && next.value() != null) {
      throw Foreign.malformed("the register has a value without a stamp");
    }
    return merge(next, rollback);
  }

  @Override
  public State.OfRegister state() {
    return current;
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    out.nullableStamp(current.stamp());
    out.nullableContent(current.value());
  }

  void checkInvariants() {
    if (current.stamp() == null && current.value() != null) {
      throw new IllegalStateException("a value without a stamp");
    }
  }

  /** What a register holds that has seen this operation alone; null for another type's. */
  private static State.@Nullable OfRegister stateAfter(Operation operation) {
    if (operation instanceof Operation.RegisterWrite write) {
      return new State.OfRegister(write.stamp(), write.value());
    }
    if (operation instanceof Operation.RegisterClear clear) {
      return new State.OfRegister(clear.observed(), null);
    }
    return null;
  }

  private Patch.OfRegister merge(State.OfRegister next, @Nullable Rollback rollback) {
    Value before = current.value();
    if (beatsCurrent(next)) {
      replace(next, rollback);
    }
    return new Patch.OfRegister(before, current.value());
  }

  private boolean beatsCurrent(State.OfRegister next) {
    Stamp stamp = next.stamp();
    Stamp mine = current.stamp();
    if (stamp == null || mine == null) {
      return stamp != null;
    }
    return Precedence.compare(stamp, next.value(), mine, current.value()) > 0;
  }

  private void replace(State.OfRegister next, @Nullable Rollback rollback) {
    if (rollback != null) {
      State.OfRegister before = current;
      rollback.add(() -> current = before);
    }
    current = next;
  }
}
