package dev.plait.properties.document;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.crdt.EditException;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Patch;
import dev.plait.crdt.TextDelta;
import dev.plait.document.ContainerPatch;
import dev.plait.document.Document;
import dev.plait.document.DocumentEvent;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a listener knows who never reads the document: the values built from patches alone. */
public final class Shadow {
  private final Map<ContainerId, Object> containers = new HashMap<>();
  private final Set<ContainerId> unknown = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();

  /** What is known before anything has happened. */
  public Shadow() {}

  /**
   * What somebody knows who has read the document once. Of a container that was hidden then nothing
   * is known, nor what patches make of it when it is shown again.
   */
  public static Shadow startingFrom(Document document) {
    Shadow shadow = new Shadow();
    shadow.containers.putAll(Visible.of(document));
    for (Snapshot.ContainerState one : document.snapshot().containers()) {
      if (!shadow.containers.containsKey(one.container())) {
        shadow.unknown.add(one.container());
      }
    }
    return shadow;
  }

  /** A shadow that goes on apart from this one. */
  public Shadow copy() {
    Shadow copy = new Shadow();
    copy.containers.putAll(containers);
    copy.unknown.addAll(unknown);
    copy.wrong.addAll(wrong);
    return copy;
  }

  /** Takes an event. */
  public void onEvent(DocumentEvent event) {
    for (ContainerPatch patch : event.patches()) {
      if (patch.patch().isEmpty()) {
        wrong.add("an empty patch in " + event);
      }
      if (unknown.contains(patch.container())) {
        continue;
      }
      try {
        containers.put(patch.container(), patched(patch.container(), patch.patch()));
      } catch (EditException tooShort) {
        wrong.add(patch + " does not fit " + value(patch.container()));
      }
    }
  }

  /** Patches that did not fit the values before. */
  public List<String> wrong() {
    return wrong;
  }

  /** What it knows of these of the containers of which it knows anything. */
  public Map<ContainerId, Object> known(Map<ContainerId, Object> visible) {
    Map<ContainerId, Object> known = of(visible.keySet());
    unknown.forEach(id -> known.computeIfPresent(id, (same, value) -> visible.get(same)));
    return known;
  }

  /** What it knows of exactly these containers. */
  public Map<ContainerId, Object> of(Iterable<ContainerId> ids) {
    Map<ContainerId, Object> known = new TreeMap<>();
    ids.forEach(id -> known.put(id, value(id)));
    return known;
  }

  private Object value(ContainerId id) {
    return containers.getOrDefault(id, Visible.nothing(id.type()));
  }

  private Object patched(ContainerId id, Patch patch) {
    Object before = value(id);
    if (patch instanceof TextDelta delta) {
      return delta.applyTo((String) before);
    } else if (patch instanceof ListDelta delta) {
      return delta.applyTo(contents(before));
    } else if (patch instanceof Patch.OfSet set) {
      return patched(id, (Set<?>) before, set);
    } else if (patch instanceof Patch.OfMap map) {
      return patched(id, (Map<?, ?>) before, map);
    } else if (patch instanceof Patch.OfCounter counter) {
      expect(id, before, counter.before());
      return counter.after();
    } else if (patch instanceof Patch.OfRegister register) {
      expect(id, before, Optional.ofNullable(register.before()));
      return Optional.ofNullable(register.after());
    }
    Patch.OfMvRegister register = (Patch.OfMvRegister) patch;
    expect(id, before, register.before());
    return register.after();
  }

  private Object patched(ContainerId id, Set<?> before, Patch.OfSet patch) {
    TreeSet<Value> after = new TreeSet<>();
    before.forEach(value -> after.add((Value) value));
    patch.removed().forEach(value -> expect(id, after.remove(value), true));
    patch.added().forEach(value -> expect(id, after.add(value), true));
    return after;
  }

  private Object patched(ContainerId id, Map<?, ?> before, Patch.OfMap patch) {
    TreeMap<String, Content> after = new TreeMap<>();
    before.forEach((key, content) -> after.put((String) key, (Content) content));
    for (Patch.KeyChange change : patch.keys()) {
      expect(
          id, Optional.ofNullable(after.get(change.key())), Optional.ofNullable(change.before()));
      Content content = change.after();
      if (content == null) {
        after.remove(change.key());
      } else {
        after.put(change.key(), content);
      }
    }
    return after;
  }

  private static List<Content> contents(Object list) {
    return ((List<?>) list).stream().map(Content.class::cast).toList();
  }

  private void expect(ContainerId id, Object known, Object claimed) {
    if (!known.equals(claimed)) {
      wrong.add("a patch of " + id + " claims " + claimed + " where " + known + " was");
    }
  }
}
