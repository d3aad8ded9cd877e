package dev.plait.properties.exhaustive;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.properties.specification.Event;
import dev.plait.properties.specification.TypeSpecification;
import dev.plait.value.ContainerType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data type, and every edit that makes sense in a state of it.
 *
 * @param <C> the type
 */
interface SmallType<C extends Crdt> {

  /**
   * One way to edit a state; made with the stamp and the first element id of the next operation.
   */
  interface Edit<C> {
    @Nullable Operation make(C crdt, Stamp stamp, ElementId id, @Nullable Rollback rollback);
  }

  /** Which type it is. */
  ContainerType type();

  /** A new, empty instance. */
  C empty();

  /** All edits that change something in this state, each once. */
  List<Edit<C>> edits(C crdt);

  /** What a reader sees, in the form of the specification. */
  Object visible(C crdt);

  /** Whether states depend on the order of stamps of different replicas. */
  boolean hasStamps();

  /** Applies an operation of another replica. */
  default void apply(C crdt, Operation operation, @Nullable Rollback rollback) {
    crdt.apply(operation, rollback);
  }

  /** Takes over the state of another replica. */
  default void join(C crdt, C other) {
    crdt.join(other.state(), null);
  }

  /** Makes an edit that is known to change something. */
  default Operation make(
      Edit<C> edit, C crdt, Stamp stamp, ElementId id, @Nullable Rollback rollback) {
    return Objects.requireNonNull(edit.make(crdt, stamp, id, rollback));
  }

  /** What a reader must see. */
  default Object specified(List<Event> events) {
    return TypeSpecification.of(type(), events);
  }

  /** The whole state. */
  default byte[] bytes(C crdt) {
    CanonicalBytes out = new CanonicalBytes();
    crdt.writeCanonical(out);
    return out.toByteArray();
  }
}
