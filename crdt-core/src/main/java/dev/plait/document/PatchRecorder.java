package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Counter;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.MvRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.TextDelta;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out what one change does to every container it touches.
 *
 * <p>For values it remembers what a reader saw before the first touch and looks again at the end;
 * for sequences it composes the deltas of the single operations. An edit deep inside a map may make
 * a removed key show its child again, so the keys on the way up are looked at too.
 */
final class PatchRecorder {
  private final Containers containers;
  private final Map<ContainerId, Supplier<Patch>> values = new TreeMap<>();
  private final Map<ContainerId, TextDelta> texts = new TreeMap<>();
  private final Map<ContainerId, ListDelta> lists = new TreeMap<>();
  private final Map<ContainerId, Map<Value, Boolean>> members = new TreeMap<>();
  private final Map<ContainerId, Map<String, Seen>> keys = new TreeMap<>();

  /** What a map key showed before; a record so that null can be remembered. */
  private record Seen(@Nullable Content content) {}

  PatchRecorder(Containers containers) {
    this.containers = containers;
  }

  /** Must be called before each operation on a container. */
  void before(Container container, Operation operation) {
    touch(container);
    if (operation instanceof Operation.MapPut put) {
      touchKey(container.id(), put.key());
    } else if (operation instanceof Operation.MapRemove remove) {
      touchKey(container.id(), remove.key());
    } else if (operation instanceof Operation.MapClear clear) {
      touchKey(container.id(), clear.key());
    }
  }

  /** Must be called before a state is joined to a container. */
  void before(Container container, State state) {
    touch(container);
    if (state instanceof State.OfMap map) {
      map.entries().forEach(entry -> touchKey(container.id(), entry.key()));
    }
  }

  /** Must be called before each edit of a container whose operation is not known yet. */
  void touch(Container container) {
    ContainerId id = container.id();
    Crdt crdt = container.crdt();
    if (crdt instanceof LwwRegister register) {
      Value before = register.get();
      values.putIfAbsent(
          id,
          () ->
              new Patch.OfRegister(before, now(id) instanceof LwwRegister now ? now.get() : null));
    } else if (crdt instanceof MvRegister register) {
      List<Value> before = register.values();
      values.putIfAbsent(
          id,
          () ->
              new Patch.OfMvRegister(
                  before, now(id) instanceof MvRegister now ? now.values() : List.of()));
    } else if (crdt instanceof Counter counter) {
      long before = counter.value();
      values.putIfAbsent(
          id, () -> new Patch.OfCounter(before, now(id) instanceof Counter now ? now.value() : 0));
    }
    ContainerId below = id;
    ContainerId parent = id.parent();
    while (parent != null) {
      String key = below.key();
      if (key != null) {
        touchKey(parent, key);
      }
      below = parent;
      parent = parent.parent();
    }
  }

  /**
   * Looked up by name: what was touched may stand in for a container that only came to be later.
   */
  private @Nullable Crdt now(ContainerId id) {
    Container container = containers.find(id);
    return container == null ? null : container.crdt();
  }

  /** Must be called before each edit of a map's key. */
  void touchKey(ContainerId map, String key) {
    keys.computeIfAbsent(map, any -> new TreeMap<>(Unicode.CODE_POINT_ORDER))
        .computeIfAbsent(key, any -> new Seen(containers.shown(map, key)));
  }

  /** Must be called before each edit of a set's member. */
  void touchMember(ContainerId set, Value value, boolean member) {
    members.computeIfAbsent(set, any -> new TreeMap<>()).putIfAbsent(value, member);
  }

  /**
   * Takes the patch of an operation that was applied to a container.
   *
   * @param rollback takes the way back, or null if nobody will go it
   */
  void after(Container container, Patch patch, @Nullable Rollback rollback) {
    if (patch instanceof TextDelta delta) {
      remember(texts, container.id(), rollback);
      texts.merge(container.id(), delta, TextDelta::compose);
    } else if (patch instanceof ListDelta delta) {
      remember(lists, container.id(), rollback);
      lists.merge(container.id(), delta, ListDelta::compose);
    } else if (patch instanceof Patch.OfSet set) {
      set.added().forEach(value -> touchMember(container.id(), value, false));
      set.removed().forEach(value -> touchMember(container.id(), value, true));
    } else if (patch instanceof Patch.OfMap) {
      return; // keys are looked at as a reader sees them, children included
    }
  }

  /** Values are looked at again in the end, but what was composed has to be taken back. */
  private static <D> void remember(
      Map<ContainerId, D> deltas, ContainerId id, @Nullable Rollback rollback) {
    if (rollback != null) {
      D before = deltas.get(id);
      rollback.add(before == null ? () -> deltas.remove(id) : () -> deltas.put(id, before));
    }
  }

  /** The patches that are not empty, ordered by container. */
  List<ContainerPatch> patches() {
    List<ContainerPatch> all = new ArrayList<>();
    values.forEach((id, patch) -> all.add(new ContainerPatch(id, patch.get())));
    texts.forEach((id, delta) -> all.add(new ContainerPatch(id, delta)));
    lists.forEach((id, delta) -> all.add(new ContainerPatch(id, delta)));
    members.forEach((id, before) -> all.add(new ContainerPatch(id, setPatch(id, before))));
    keys.forEach((id, before) -> all.add(new ContainerPatch(id, mapPatch(id, before))));
    all.removeIf(patch -> patch.patch().isEmpty());
    all.sort((a, b) -> a.container().compareTo(b.container()));
    return all;
  }

  private Patch setPatch(ContainerId id, Map<Value, Boolean> before) {
    Container container = containers.find(id);
    List<Value> added = new ArrayList<>();
    List<Value> removed = new ArrayList<>();
    before.forEach(
        (value, was) -> {
          boolean is =
              container != null
                  && container.crdt() instanceof AddWinsSet set
                  && set.contains(value);
          if (is && !was) {
            added.add(value);
          } else if (!is && was) {
            removed.add(value);
          }
        });
    return new Patch.OfSet(added, removed);
  }

  private Patch mapPatch(ContainerId id, Map<String, Seen> before) {
    List<Patch.KeyChange> changes = new ArrayList<>();
    before.forEach(
        (key, seen) -> {
          Content after = containers.shown(id, key);
          boolean same = after == null ? seen.content() == null : after.equals(seen.content());
          if (!same) {
            changes.add(new Patch.KeyChange(key, seen.content(), after));
          }
        });
    return new Patch.OfMap(changes);
  }
}
