package dev.plait.properties.law;

import dev.plait.properties.history.Choice;
import org.jspecify.annotations.Nullable;

/**
 * A replicated data type under test: all that {@link CrdtLaws} does with one.
 *
 * <p>States are changed in place; if yours can't be changed, let {@code S} be an {@link
 * java.util.concurrent.atomic.AtomicReference} to it. Operations are never changed. Nothing here
 * may depend on anything but its arguments, so that a history that fails does so again.
 *
 * <p>Operations reach every replica in causal order, at least once: each after all that its author
 * had heard of when it was made.
 *
 * @param <S> the state of one replica
 * @param <O> an operation: what replicas send each other
 */
public interface Subject<S, O> {

  /** The state of a replica that has not heard of anything. */
  S empty();

  /**
   * Makes the edit that the choice stands for, where it is made.
   *
   * @param state the author's, changed as {@link #apply} changes it at the others
   * @param choice numbers to be taken modulo what there is to choose from
   * @param author who edits; has the ids and the stamp that the edit may need
   * @return what to send to the others; null if the choice stands for no edit here, and nothing was
   *     changed
   */
  @Nullable O edit(S state, Choice choice, Author author);

  /** Takes in an operation of another replica, or one that this replica has had already. */
  void apply(S state, O operation);

  /** Takes in the state of another replica, which stays as it is. */
  void join(S state, S other);

  /**
   * The state as bytes that are equal whenever the same operations led to it, and by which
   * everything can be told that a reader or a later operation may find.
   */
  byte[] canonical(S state);

  /** A snapshot, to be {@linkplain #load loaded}; the canonical bytes if not overridden. */
  default byte[] save(S state) {
    return canonical(state);
  }

  /** A new state, the same as the one that the snapshot was taken of. */
  S load(byte[] snapshot);

  /** A state of its own, the same as this one; loaded from a snapshot if not overridden. */
  default S copy(S state) {
    return load(save(state));
  }

  /** What somebody does who makes the operation, to be read after a name: "adds x". */
  default String wordsOf(O operation) {
    return "makes " + operation;
  }

  /** What a reader sees, in a few words; the state's {@code toString} if not overridden. */
  default String show(S state) {
    return String.valueOf(state);
  }
}
