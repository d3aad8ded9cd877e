package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.MvRegister;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A multi-value register as its user holds it. */
final class MvRegisterHandle extends Handle<MvRegister> implements MvRegisterEditor {
  MvRegisterHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, MvRegister.class, editors);
  }

  @Override
  public List<Value> values() {
    return read(MvRegister::values);
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
