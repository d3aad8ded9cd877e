package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Counter;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.MvRegister;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Patches that lead from what one state shows to what another shows, when no operation leads there.
 *
 * <p>Of a list all that differs between a common start and a common end is replaced; of a text,
 * what a comparison finds. Linear in both states, but for what texts take to compare.
 */
final class Difference {
  private final Containers before;
  private final Containers after;

  private Difference(Containers before, Containers after) {
    this.before = before;
    this.after = after;
  }

  /** The patches that are not empty, ordered by container. */
  static List<ContainerPatch> between(Containers before, Containers after) {
    Difference difference = new Difference(before, after);
    TreeSet<ContainerId> all = new TreeSet<>();
    addAll(before, all);
    addAll(after, all);
    List<ContainerPatch> patches = new ArrayList<>();
    for (ContainerId id : all) {
      Patch patch = difference.patch(id);
      if (!patch.isEmpty()) {
        patches.add(new ContainerPatch(id, patch));
      }
    }
    return patches;
  }

  /** A map may show a child without having been edited itself. */
  private static void addAll(Containers containers, Set<ContainerId> all) {
    for (Container container : containers.ordered()) {
      ContainerId id = container.id();
      while (id != null && all.add(id)) {
        id = id.parent();
      }
    }
  }

  private Patch patch(ContainerId id) {
    Crdt was = shown(before, id);
    Crdt is = shown(after, id);
    return switch (id.type()) {
      case REGISTER -> new Patch.OfRegister(value(was), value(is));
      case MV_REGISTER -> new Patch.OfMvRegister(values(was), values(is));
      case COUNTER -> new Patch.OfCounter(number(was), number(is));
      case SET -> members(was, is);
      case MAP -> keys(id);
      case TEXT -> text(text(was), text(is));
      case LIST -> items(contents(was), contents(is));
    };
  }

  private static Crdt shown(Containers containers, ContainerId id) {
    Container container = containers.find(id);
    return container == null ? Crdt.empty(id.type()) : container.crdt();
  }

  private static @Nullable Value value(Crdt crdt) {
    return crdt instanceof LwwRegister register ? register.get() : null;
  }

  private static List<Value> values(Crdt crdt) {
    return crdt instanceof MvRegister register ? register.values() : List.of();
  }

  private static long number(Crdt crdt) {
    return crdt instanceof Counter counter ? counter.value() : 0;
  }

  private static String text(Crdt crdt) {
    return crdt instanceof Text text ? text.toString() : "";
  }

  /** Forged deletions may leave half a surrogate pair; such texts are replaced as a whole. */
  private static Patch text(String was, String is) {
    boolean wellFormed = Unicode.loneSurrogate(was) < 0 && Unicode.loneSurrogate(is) < 0;
    return wellFormed ? TextDelta.between(was, is) : TextDelta.splice(0, was.length(), is);
  }

  private static List<Content> contents(Crdt crdt) {
    return crdt instanceof dev.plait.crdt.List list ? list.items() : List.of();
  }

  private static Patch members(Crdt was, Crdt is) {
    List<Value> old = was instanceof AddWinsSet set ? set.values() : List.of();
    List<Value> now = is instanceof AddWinsSet set ? set.values() : List.of();
    Set<Value> oldOnes = new HashSet<>(old);
    Set<Value> newOnes = new HashSet<>(now);
    return new Patch.OfSet(
        now.stream().filter(value -> !oldOnes.contains(value)).toList(),
        old.stream().filter(value -> !newOnes.contains(value)).toList());
  }

  /** Keys as a reader sees them, children included. */
  private Patch keys(ContainerId map) {
    Set<String> all = new TreeSet<>(Unicode.CODE_POINT_ORDER);
    all.addAll(before.shownKeys(map));
    all.addAll(after.shownKeys(map));
    List<Patch.KeyChange> changes = new ArrayList<>();
    for (String key : all) {
      Content was = before.shown(map, key);
      Content is = after.shown(map, key);
      if (!Objects.equals(was, is)) {
        changes.add(new Patch.KeyChange(key, was, is));
      }
    }
    return new Patch.OfMap(changes);
  }

  private static Patch items(List<Content> was, List<Content> is) {
    int start = 0;
    while (start < was.size() && start < is.size() && was.get(start).equals(is.get(start))) {
      start++;
    }
    int oldEnd = was.size();
    int newEnd = is.size();
    while (oldEnd > start && newEnd > start && was.get(oldEnd - 1).equals(is.get(newEnd - 1))) {
      oldEnd--;
      newEnd--;
    }
    return ListDelta.splice(start, oldEnd - start, is.subList(start, newEnd));
  }
}
