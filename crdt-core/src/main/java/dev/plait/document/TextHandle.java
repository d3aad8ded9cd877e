package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.DeltaStep;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import org.jspecify.annotations.Nullable;

/** A text as its user holds it. */
final class TextHandle extends Handle<Text> implements TextEditor {
  TextHandle(Document document, ContainerId id, @Nullable LocalTransaction transaction) {
    super(document, id, Text.class, transaction);
  }

  @Override
  public int length() {
    return read(Text::length);
  }

  @Override
  public char charAt(int index) {
    return read(text -> text.charAt(index));
  }

  @Override
  public String substring(int start, int end) {
    return read(text -> text.substring(start, end));
  }

  @Override
  public String toString() {
    return read(Text::toString);
  }

  @Override
  public void insert(int index, String inserted) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    insert(transaction, container, index, inserted);
  }

  @Override
  public void delete(int index, int length) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    delete(transaction, container, index, length);
  }

  @Override
  public void update(String newText) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    TextDelta delta = TextDelta.between(crdt(container).toString(), newText);
    transaction.begin(container);
    int index = 0;
    for (DeltaStep<String> step : delta.steps()) {
      if (step instanceof DeltaStep.Retain<String> retain) {
        index += retain.count();
      } else if (step instanceof DeltaStep.Insert<String> insert) {
        insert(transaction, container, index, insert.piece());
        index += insert.piece().length();
      } else if (step instanceof DeltaStep.Delete<String> delete) {
        delete(transaction, container, index, delete.count());
      }
    }
  }

  private void insert(
      LocalTransaction transaction, Container container, int index, String inserted) {
    Operation.TextInsert insert =
        crdt(container).insert(index, inserted, transaction.nextElement(), transaction.rollback());
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, 0, inserted) : null;
    transaction.record(container, insert, patch);
  }

  private void delete(LocalTransaction transaction, Container container, int index, int length) {
    Operation.TextDelete delete = crdt(container).delete(index, length, transaction.rollback());
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, length, "") : null;
    transaction.record(container, delete, patch);
  }
}
