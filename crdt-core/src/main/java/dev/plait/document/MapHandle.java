package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.LwwMap;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map as its user holds it. */
final class MapHandle extends Handle<LwwMap> implements MapEditor {
  MapHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, LwwMap.class, editors);
  }

  @Override
  public @Nullable Value get(String key) {
    return content(key) instanceof Value value ? value : null;
  }

  @Override
  public @Nullable Content content(String key) {
    return document
        .access()
        .readNullable(editorsOrNull(), state -> state.containers.shown(id, key));
  }

  @Override
  public List<String> keys() {
    return document.access().read(editorsOrNull(), state -> state.containers.shownKeys(id));
  }

  @Override
  public void put(String key, Value value) {
    LocalTransaction transaction = editing();
    Names.checkKey(key, transaction.limits());
    Container container = transaction.reach(id);
    transaction.begin(container);
    transaction.touchKey(id, key);
    boolean done = false;
    try {
      Operation.MapPut put =
          crdt(container).put(key, value, transaction.nextStamp(), transaction.rollback());
      transaction.record(container, put, null);
      ChildRemoval.clear(transaction, id, key);
      done = true;
    } finally {
      if (!done) {
        transaction.undoEdit();
      }
    }
  }

  @Override
  public boolean remove(String key) {
    LocalTransaction transaction = editing();
    if (transaction.containers().shown(id, key) == null) {
      return false;
    }
    Container container = transaction.reach(id);
    transaction.begin(container);
    transaction.touchKey(id, key);
    boolean done = false;
    try {
      Operation.MapRemove remove =
          crdt(container).remove(key, transaction.nextStamp(), transaction.rollback());
      if (remove != null) {
        transaction.record(container, remove, null);
      }
      ChildRemoval.clear(transaction, id, key);
      done = true;
    } finally {
      if (!done) {
        transaction.undoEdit();
      }
    }
    return true;
  }

  /**
   * The id of the child under a key. Inside a transaction the child is created where nothing is,
   * and its marker renewed where it only shows because somebody edited it beside a removal.
   */
  private ContainerId child(String key, ContainerType type) {
    ContainerId child = id.child(key, type);
    Content shown = content(key);
    Child marker = new Child(type);
    if (shown != null && !shown.equals(marker)) {
      String found = shown instanceof Child other ? other.type().label() : "plain value";
      throw mismatch("key \"" + key + "\" of " + id, type, found);
    }
    if (editorsOrNull() != null) {
      LocalTransaction transaction = editing();
      Names.checkKey(key, transaction.limits());
      create(transaction, key, checkDepth(child, transaction.limits().maxNesting()), marker);
    }
    return child;
  }

  private void create(LocalTransaction transaction, String key, ContainerId child, Child marker) {
    Container container = transaction.reach(id);
    LwwMap slots = crdt(container);
    if (!marker.equals(slots.get(key))) {
      transaction.begin(container);
      transaction.touchKey(id, key);
      transaction.touch(transaction.reach(child));
      transaction.record(
          container, slots.put(key, marker, transaction.nextStamp(), transaction.rollback()), null);
    }
  }

  @Override
  public TextEditor text(String key) {
    return new TextHandle(document, child(key, ContainerType.TEXT), editorsOrNull());
  }

  @Override
  public ListEditor list(String key) {
    return new ListHandle(document, child(key, ContainerType.LIST), editorsOrNull());
  }

  @Override
  public MapEditor map(String key) {
    return new MapHandle(document, child(key, ContainerType.MAP), editorsOrNull());
  }

  @Override
  public SetEditor set(String key) {
    return new SetHandle(document, child(key, ContainerType.SET), editorsOrNull());
  }

  @Override
  public CounterEditor counter(String key) {
    return new CounterHandle(document, child(key, ContainerType.COUNTER), editorsOrNull());
  }

  @Override
  public RegisterEditor register(String key) {
    return new RegisterHandle(document, child(key, ContainerType.REGISTER), editorsOrNull());
  }

  @Override
  public MvRegisterEditor mvRegister(String key) {
    return new MvRegisterHandle(document, child(key, ContainerType.MV_REGISTER), editorsOrNull());
  }
}
