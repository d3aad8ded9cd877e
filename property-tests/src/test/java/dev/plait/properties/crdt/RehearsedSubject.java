package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A type to which everything is done and taken back before it is done for good. */
final class RehearsedSubject<C extends Crdt, V> extends TypeSubject<C, V> {

  RehearsedSubject(TypeUnderTest<C, V> type) {
    super(type);
  }

  @Override
  public @Nullable Operation edit(C crdt, Choice choice, Author author) {
    rehearse(crdt, "editing", back -> type().edit(crdt, choice, author.copy(), back));
    return super.edit(crdt, choice, author);
  }

  @Override
  public void apply(C crdt, Operation operation) {
    rehearse(crdt, "getting an operation", back -> crdt.apply(operation, back));
    super.apply(crdt, operation);
  }

  @Override
  public void join(C crdt, C other) {
    rehearse(crdt, "joining", back -> crdt.join(other.state(), back));
    super.join(crdt, other);
  }

  void rehearse(C crdt, String what, Consumer<Rollback> action) {
    Face<V> before = Face.of(type(), crdt);
    Rollback rollback = new Rollback();
    action.accept(rollback);
    rollback.run();
    assertEquals(before, Face.of(type(), crdt), () -> what + " was not taken back");
  }
}
