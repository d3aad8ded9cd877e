package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Operation;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set as its user holds it. */
final class SetHandle extends Handle<AddWinsSet> implements SetEditor {
  SetHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, AddWinsSet.class, editors);
  }

  @Override
  public boolean contains(Value value) {
    return read(set -> set.contains(value));
  }

  @Override
  public int size() {
    return read(AddWinsSet::size);
  }

  @Override
  public List<Value> values() {
    return read(AddWinsSet::values);
  }

  @Override
  public void add(Value value) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    AddWinsSet set = crdt(container);
    transaction.begin(container);
    if (transaction.recording()) {
      transaction.touchMember(id, value, set.contains(value));
    }
    transaction.record(
        container, set.add(value, transaction.nextElement(), transaction.rollback()), null);
  }

  @Override
  public boolean remove(Value value) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    AddWinsSet set = crdt(container);
    transaction.begin(container);
    if (transaction.recording()) {
      transaction.touchMember(id, value, set.contains(value));
    }
    Operation.SetRemove remove = set.remove(value, transaction.rollback());
    if (remove != null) {
      transaction.record(container, remove, null);
    }
    return remove != null;
  }
}
