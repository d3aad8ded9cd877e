package dev.plait.properties.crdt;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import org.jspecify.annotations.Nullable;

/**
 * A type under test: how it is edited, and what a reader sees of it.
 *
 * @param <C> the type
 * @param <V> what a reader sees, in the form of {@link
 *     dev.plait.properties.specification.TypeSpecification}; immutable, with equality by content
 */
interface TypeUnderTest<C extends Crdt, V> {

  /** A new instance. */
  C empty();

  /** An instance in this state. */
  C of(State state);

  /**
   * Makes the edit that the choice stands for here. Depends on nothing but its arguments.
   *
   * @return null if the choice stands for none here; then nothing was changed
   */
  @Nullable Operation edit(C crdt, Choice choice, Author author, @Nullable Rollback rollback);

  /** What a reader sees, as of now. */
  V visible(C crdt);

  /** The value after, given the value before and what changed. */
  V patched(V before, Patch patch);

  /** Whether a patch may take something away and put something else there that looks alike. */
  default boolean mayReplaceByAlike() {
    return false;
  }
}
