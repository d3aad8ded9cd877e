package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.value.ContainerType;
import org.jspecify.annotations.Nullable;

/**
 * What all replicated data types have in common: the side that faces other replicas.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public sealed interface Crdt
    permits LwwRegister, MvRegister, AddWinsSet, Counter, LwwMap, List, Text {

  /** An empty instance of the given type. */
  static Crdt empty(ContainerType type) {
    return switch (type) {
      case REGISTER -> new LwwRegister();
      case MV_REGISTER -> new MvRegister();
      case SET -> new AddWinsSet();
      case COUNTER -> new Counter();
      case MAP -> new LwwMap();
      case LIST -> new List();
      case TEXT -> new Text();
    };
  }

  /** Which type this is. */
  ContainerType type();

  /**
   * Why {@code operation} can't be applied now, or null. Changes nothing. An operation of another
   * type is refused with the code {@code WRONG_OPERATION}.
   */
  @Nullable Refusal check(Operation operation);

  /**
   * Applies an operation made elsewhere. Applying it again changes nothing.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return what changed for a reader
   * @throws OperationException if {@link #check} refuses the operation; nothing was changed
   */
  Patch apply(Operation operation, @Nullable Rollback rollback);

  /**
   * Applies an operation that {@link #check} has just passed, without asking again. A host that
   * delivers in causal order may also apply what only {@link Refusal.Missing} stood against in a
   * set: entries that are not here are then taken for removed ones.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return what changed for a reader
   */
  Patch applyChecked(Operation operation, @Nullable Rollback rollback);

  /**
   * Does what {@link #applyChecked} does, for a host that has nobody to tell what changed.
   *
   * @param rollback takes the way back, or null if nobody will go it
   */
  default void applyUntold(Operation operation, @Nullable Rollback rollback) {
    applyChecked(operation, rollback);
  }

  /**
   * Merges the state of another replica, as if all operations it stands for were applied.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return what changed for a reader
   * @throws OperationException if the state is of another type or contradicts itself
   */
  Patch join(State state, @Nullable Rollback rollback);

  /**
   * Does what {@link #join} does, for a host that has nobody to tell what changed.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @throws OperationException as {@link #join}
   */
  default void joinUntold(State state, @Nullable Rollback rollback) {
    join(state, rollback);
  }

  /** The whole mergeable state. */
  State state();

  /** Writes the state in a form that is equal for equal sets of operations, whatever the order. */
  void writeCanonical(CanonicalWriter out);

  /** Whether a reader sees anything here. */
  boolean hasContent();
}
