package dev.plait.document;

import dev.plait.change.ContainerId;
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
    Operation.TextInsert insert =
        crdt(container).insert(index, inserted, transaction.nextElement(), transaction.rollback());
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, 0, inserted) : null;
    transaction.record(container, insert, patch);
  }

  @Override
  public void delete(int index, int length) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    Operation.TextDelete delete = crdt(container).delete(index, length, transaction.rollback());
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, length, "") : null;
    transaction.record(container, delete, patch);
  }
}
