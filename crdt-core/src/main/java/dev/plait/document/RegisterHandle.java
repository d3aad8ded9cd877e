package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.LwwRegister;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/** A register as its user holds it. */
final class RegisterHandle extends Handle<LwwRegister> implements RegisterEditor {
  RegisterHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, LwwRegister.class, editors);
  }

  @Override
  public @Nullable Value get() {
    return read(LwwRegister::get);
  }

  @Override
  public void set(Value value) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    transaction.record(
        container,
        crdt(container).set(value, transaction.nextStamp(), transaction.rollback()),
        null);
  }
}
