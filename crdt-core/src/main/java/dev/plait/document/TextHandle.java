package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Cursor;
import dev.plait.crdt.DeltaStep;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text as its user holds it. */
final class TextHandle extends Handle<Text> implements TextEditor {
  TextHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, Text.class, editors);
  }

  // Called for each keystroke: no lambda, no boxed number.
  @Override
  public int length() {
    Access access = document.access();
    access.lock();
    try {
      return present().length();
    } finally {
      access.unlock();
    }
  }

  @Override
  public char charAt(int index) {
    Access access = document.access();
    access.lock();
    try {
      return present().charAt(index);
    } finally {
      access.unlock();
    }
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
  public Cursor cursorAt(int index, Cursor.Side side) {
    return read(text -> text.cursorAt(index, side));
  }

  @Override
  public int indexOf(Cursor cursor) {
    return read(text -> text.indexOf(cursor));
  }

  @Override
  public List<AuthoredText> authorship() {
    Access access = document.access();
    access.lock();
    try {
      return Authorship.of(present(), history());
    } finally {
      access.unlock();
    }
  }

  @Override
  public void insert(int index, String inserted) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    insert(transaction, container, index, inserted);
  }

  private void insert(
      LocalTransaction transaction, Container container, int index, String inserted) {
    crdt(container)
        .insert(
            index,
            inserted,
            transaction.replica(),
            transaction.nextSeq(),
            transaction.rollback(),
            transaction);
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, 0, inserted) : null;
    transaction.recordText(container, patch);
  }

  @Override
  public void delete(int index, int length) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    delete(transaction, container, index, length);
  }

  private void delete(LocalTransaction transaction, Container container, int index, int length) {
    crdt(container).delete(index, length, transaction.rollback(), transaction);
    TextDelta patch = transaction.recording() ? TextDelta.splice(index, length, "") : null;
    transaction.recordText(container, patch);
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
}
