package dev.plait.properties.exhaustive;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.value.ContainerType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another type, to be changed in one thing.
 *
 * @param <C> the type
 */
class AlteredType<C extends Crdt> implements SmallType<C> {
  private final SmallType<C> original;

  AlteredType(SmallType<C> original) {
    this.original = original;
  }

  @Override
  public ContainerType type() {
    return original.type();
  }

  @Override
  public C empty() {
    return original.empty();
  }

  @Override
  public List<Edit<C>> edits(C crdt) {
    return original.edits(crdt);
  }

  @Override
  public Object visible(C crdt) {
    return original.visible(crdt);
  }

  @Override
  public boolean hasStamps() {
    return original.hasStamps();
  }

  @Override
  public void apply(C crdt, Operation operation, @Nullable Rollback rollback) {
    original.apply(crdt, operation, rollback);
  }

  @Override
  public void join(C crdt, C other) {
    original.join(crdt, other);
  }

  @Override
  public String toString() {
    return "altered " + original;
  }
}
