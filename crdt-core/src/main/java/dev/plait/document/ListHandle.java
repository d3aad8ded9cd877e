package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.crdt.Cursor;
import dev.plait.crdt.List;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/** A list as its user holds it. */
final class ListHandle extends Handle<List> implements ListEditor {
  ListHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, List.class, editors);
  }

  @Override
  public int size() {
    return read(List::size);
  }

  @Override
  public @Nullable Value get(int index) {
    return content(index) instanceof Value value ? value : null;
  }

  @Override
  public Content content(int index) {
    return read(list -> list.get(index));
  }

  @Override
  public java.util.List<Content> contents() {
    return read(List::items);
  }

  @Override
  public void insert(int index, java.util.List<? extends Value> values) {
    insertContents(index, values);
  }

  @Override
  public void insert(int index, ContainerType child) {
    checkDepth(id.child(editing().nextElement(), child), editing().limits().maxNesting());
    insertContents(index, java.util.List.of(new Child(child)));
  }

  private void insertContents(int index, java.util.List<? extends Content> items) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    Operation.ListInsert insert =
        crdt(container).insert(index, items, transaction.nextElement(), transaction.rollback());
    ListDelta patch = transaction.recording() ? ListDelta.splice(index, 0, insert.items()) : null;
    transaction.record(container, insert, patch);
  }

  @Override
  public void delete(int index, int length) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    Operation.ListDelete delete = crdt(container).delete(index, length, transaction.rollback());
    ListDelta patch =
        transaction.recording() ? ListDelta.splice(index, length, java.util.List.of()) : null;
    transaction.record(container, delete, patch);
  }

  @Override
  public void set(int index, Value value) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    Operation.ListSet set =
        crdt(container).set(index, value, transaction.nextStamp(), transaction.rollback());
    ListDelta patch =
        transaction.recording() ? ListDelta.splice(index, 1, java.util.List.of(value)) : null;
    transaction.record(container, set, patch);
  }

  @Override
  public void move(int from, int to) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    List list = crdt(container);
    Content content = list.get(from);
    list.get(to);
    if (from == to) {
      return;
    }
    transaction.begin(container);
    Operation.ListMove move =
        list.move(
            from, to, transaction.nextElement(), transaction.nextStamp(), transaction.rollback());
    ListDelta patch = transaction.recording() ? ListDelta.move(from, to, content) : null;
    transaction.record(container, move, patch);
  }

  private ContainerId child(int index, ContainerType type) {
    return read(
        list -> {
          Content content = list.get(index);
          if (!content.equals(new Child(type))) {
            String found = content instanceof Child child ? child.type().label() : "plain value";
            throw mismatch("element " + index + " of " + id, type, found);
          }
          ElementId element = list.idAt(index);
          return id.child(element, type);
        });
  }

  @Override
  public Cursor cursorAt(int index, Cursor.Side side) {
    return read(list -> list.cursorAt(index, side));
  }

  @Override
  public int indexOf(Cursor cursor) {
    return read(list -> list.indexOf(cursor));
  }

  @Override
  public TextEditor text(int index) {
    return new TextHandle(document, child(index, ContainerType.TEXT), editorsOrNull());
  }

  @Override
  public ListEditor list(int index) {
    return new ListHandle(document, child(index, ContainerType.LIST), editorsOrNull());
  }

  @Override
  public MapEditor map(int index) {
    return new MapHandle(document, child(index, ContainerType.MAP), editorsOrNull());
  }

  @Override
  public SetEditor set(int index) {
    return new SetHandle(document, child(index, ContainerType.SET), editorsOrNull());
  }

  @Override
  public CounterEditor counter(int index) {
    return new CounterHandle(document, child(index, ContainerType.COUNTER), editorsOrNull());
  }

  @Override
  public RegisterEditor register(int index) {
    return new RegisterHandle(document, child(index, ContainerType.REGISTER), editorsOrNull());
  }

  @Override
  public MvRegisterEditor mvRegister(int index) {
    return new MvRegisterHandle(document, child(index, ContainerType.MV_REGISTER), editorsOrNull());
  }
}
