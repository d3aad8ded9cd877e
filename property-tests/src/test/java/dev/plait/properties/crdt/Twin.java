package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.OperationException;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.oracle.Plain;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text or list beside its oracle: both do the same, and after every step both have to say the
 * same, a third party that hears nothing but deltas included.
 *
 * @param <C> the type
 * @param <X> an element
 */
abstract class Twin<C extends Crdt, X> {
  private C crdt;
  private Plain<X> plain;
  private Object shadow;

  Twin(C crdt, Plain<X> plain) {
    this.crdt = crdt;
    this.plain = plain;
    this.shadow = plain.visible();
  }

  /** An instance in this state. */
  abstract C open(State state);

  abstract Operation insert(
      C crdt, int index, List<X> contents, ElementId first, @Nullable Rollback rollback);

  abstract Operation delete(C crdt, int index, int length, @Nullable Rollback rollback);

  /** Does as {@link #insert} by whatever other ways there are; all have to come to the same. */
  abstract Operation insertOtherwise(
      C crdt, int index, List<X> contents, ElementId first, Rollback rollback);

  /** Does as {@link #delete} by whatever other ways there are. */
  abstract Operation deleteOtherwise(C crdt, int index, int length, Rollback rollback);

  /**
   * Applies one operation after another by ways that give no delta.
   *
   * @param inPieces whether to take apart what can be, instead of putting together what can be
   * @return false if there are none
   */
  abstract boolean applyOtherwise(
      C crdt, List<Operation> operations, boolean inPieces, @Nullable Rollback rollback);

  abstract int length(C crdt);

  /** What a reader sees, by whatever ways there are to look. */
  abstract Object visible(C crdt);

  abstract Object patched(Object before, Patch patch);

  /** The index itself, or one before it where nothing may be inserted here. */
  abstract int whole(int index);

  /** Some elements to insert. */
  abstract List<X> contents(int number, int count);

  /** The operation that inserts these, whatever it is to say. */
  abstract Operation forgedInsertion(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, List<X> contents);

  abstract Operation forgedDeletion(List<dev.plait.clock.ElementRange> ranges);

  final C crdt() {
    return crdt;
  }

  final Plain<X> plain() {
    return plain;
  }

  final int length() {
    return plain.length();
  }

  final String canonical() {
    return HexFormat.of().formatHex(plain.canonical());
  }

  final Operation insert(int index, List<X> contents, ElementId first) {
    Operation expected = plain.insertionAt(index, first, contents);
    rehearse(back -> assertEquals(expected, insert(crdt, index, contents, first, back)));
    rehearse(back -> assertEquals(expected, insertOtherwise(crdt, index, contents, first, back)));
    assertEquals(expected, insert(crdt, index, contents, first, null));
    assertNull(plain.check(expected));
    hear(plain.apply(expected));
    return expected;
  }

  /** Makes an edit; the oracle says as which operation. */
  final Operation make(Operation expected, Function<@Nullable Rollback, Operation> edit) {
    rehearse(back -> assertEquals(expected, edit.apply(back)));
    assertEquals(expected, edit.apply(null));
    assertNull(plain.check(expected));
    hear(plain.apply(expected));
    return expected;
  }

  final Operation delete(int index, int length) {
    Operation expected = plain.deletionAt(index, index + length);
    rehearse(back -> assertEquals(expected, delete(crdt, index, length, back)));
    rehearse(back -> assertEquals(expected, deleteOtherwise(crdt, index, length, back)));
    assertEquals(expected, delete(crdt, index, length, null));
    hear(plain.apply(expected));
    return expected;
  }

  /** Applies an operation made elsewhere, or finds that it is refused. */
  final boolean apply(Operation operation) {
    Refusal refusal = plain.check(operation);
    assertEquals(verdict(refusal), verdict(crdt.check(operation)), operation::toString);
    if (refusal != null) {
      OperationException failure =
          assertThrows(OperationException.class, () -> crdt.apply(operation, null));
      assertEquals(verdict(refusal), verdict(failure.refusal()));
      requireEqual();
      return false;
    }
    Plain<X> before = plain.copy();
    Patch expected = plain.apply(operation);
    Plain<X> after = plain;
    plain = before;
    rehearse(back -> assertEquals(expected, crdt.apply(operation, back), operation::toString));
    plain = after;
    assertEquals(expected, crdt.apply(operation, null), operation::toString);
    hear(expected);
    return true;
  }

  /** Applies honest operations one after another, by ways that give no delta if there are any. */
  final void applyAll(List<Operation> operations, boolean inPieces) {
    rehearse(back -> applyOtherwise(crdt, operations, inPieces, back));
    if (!applyOtherwise(crdt, operations, inPieces, null)) {
      operations.forEach(this::apply);
      return;
    }
    for (Operation operation : operations) {
      assertNull(plain.check(operation));
      shadow = patched(shadow, plain.apply(operation));
    }
    requireEqual();
  }

  /** Does and undoes an operation that may be refused. */
  final void tryOut(Operation operation) {
    Plain<X> before = plain.copy();
    Refusal refusal = plain.check(operation);
    assertEquals(verdict(refusal), verdict(crdt.check(operation)), operation::toString);
    if (refusal == null) {
      Rollback back = new Rollback();
      assertEquals(plain.apply(operation), crdt.apply(operation, back), operation::toString);
      requireFaces();
      back.run();
    }
    plain = before;
    requireEqual();
  }

  /** Merges a state; false if it is refused. */
  final boolean join(State state) {
    Plain<X> before = plain.copy();
    Patch expected = plain.join(state);
    if (expected == null) {
      assertThrows(OperationException.class, () -> crdt.join(state, null));
      requireEqual();
      return false;
    }
    Plain<X> after = plain;
    plain = before;
    rehearse(back -> assertEquals(expected, crdt.join(state, back)));
    plain = after;
    assertEquals(expected, crdt.join(state, null));
    hear(expected);
    return true;
  }

  /** Goes on with an instance made from a state. */
  final void openAs(State state) {
    Plain<X> opened = plain.opened(state);
    assertNotNull(opened);
    plain = Objects.requireNonNull(opened);
    crdt = open(state);
    shadow = plain.visible();
    requireEqual();
  }

  final State state() {
    return crdt.state();
  }

  /** Undoes what the action did, which has to leave everything as it was. */
  private void rehearse(Consumer<Rollback> action) {
    Rollback back = new Rollback();
    action.accept(back);
    back.run();
    requireFaces();
  }

  private void hear(Patch patch) {
    shadow = patched(shadow, patch);
    requireEqual();
  }

  private void requireEqual() {
    requireFaces();
    assertEquals(plain.visible(), shadow);
  }

  private void requireFaces() {
    assertEquals(plain.visible(), visible(crdt));
    assertEquals(plain.length(), length(crdt));
    assertEquals(plain.length() > 0, crdt.hasContent());
    assertEquals(plain.state(), crdt.state());
    CanonicalBytes out = new CanonicalBytes();
    crdt.writeCanonical(out);
    assertEquals(canonical(), HexFormat.of().formatHex(out.toByteArray()));
  }

  private static String verdict(@Nullable Refusal refusal) {
    return refusal instanceof Refusal.Invalid invalid ? invalid.code() : String.valueOf(refusal);
  }
}
