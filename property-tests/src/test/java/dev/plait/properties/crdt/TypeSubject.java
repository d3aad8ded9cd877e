package dev.plait.properties.crdt;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.properties.law.Subject;
import org.jspecify.annotations.Nullable;

/** A type of Plait's as the laws handle it. */
class TypeSubject<C extends Crdt, V> implements Subject<C, Operation> {
  private final TypeUnderTest<C, V> type;

  TypeSubject(TypeUnderTest<C, V> type) {
    this.type = type;
  }

  final TypeUnderTest<C, V> type() {
    return type;
  }

  @Override
  public final C empty() {
    return type.empty();
  }

  @Override
  public @Nullable Operation edit(C crdt, Choice choice, Author author) {
    return type.edit(crdt, choice, author, null);
  }

  @Override
  public void apply(C crdt, Operation operation) {
    crdt.apply(operation, null);
  }

  @Override
  public void join(C crdt, C other) {
    crdt.join(other.state(), null);
  }

  @Override
  public final byte[] canonical(C crdt) {
    CanonicalBytes out = new CanonicalBytes();
    crdt.writeCanonical(out);
    return out.toByteArray();
  }

  @Override
  public final byte[] save(C crdt) {
    return SnapshotBytes.of(crdt.type(), crdt.state());
  }

  @Override
  public final C load(byte[] snapshot) {
    return type.of(SnapshotBytes.stateIn(snapshot));
  }

  @Override
  public final C copy(C crdt) {
    return type.of(crdt.state());
  }

  @Override
  public final String show(C crdt) {
    return type.visible(crdt).toString();
  }
}
