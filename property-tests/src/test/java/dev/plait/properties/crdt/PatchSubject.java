package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;

/** A type that is asked after each operation and each state it gets what that has changed. */
final class PatchSubject<C extends Crdt, V> extends TypeSubject<C, V> {

  PatchSubject(TypeUnderTest<C, V> type) {
    super(type);
  }

  @Override
  public void apply(C crdt, Operation operation) {
    V before = type().visible(crdt);
    requireTrue(before, crdt.apply(operation, null), type().visible(crdt));
  }

  @Override
  public void join(C crdt, C other) {
    V before = type().visible(crdt);
    requireTrue(before, crdt.join(other.state(), null), type().visible(crdt));
  }

  private void requireTrue(V before, Patch patch, V after) {
    assertEquals(after, type().patched(before, patch), () -> patch + " of " + before);
    if (!type().mayReplaceByAlike()) {
      assertEquals(before.equals(after), patch.isEmpty(), () -> patch + " of " + before);
    }
  }
}
