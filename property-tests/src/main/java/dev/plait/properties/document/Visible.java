package dev.plait.properties.document;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.ElementId;
import dev.plait.crdt.State;
import dev.plait.document.Document;
import dev.plait.document.ListView;
import dev.plait.document.MapView;
import dev.plait.document.NamedViews;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything a reader of a document can reach: each container that is shown, with what it shows.
 *
 * <p>A text is a string, a list a list of contents, a map a sorted map of contents, a set a sorted
 * set of values, a counter a long, a register an optional value, a multi-value register a list.
 */
public final class Visible {
  private final Map<ContainerId, Object> containers = new TreeMap<>();
  private final Map<ContainerId, List<ElementId>> elements = new HashMap<>();

  private Visible(Document document) {
    for (Snapshot.ContainerState one : document.snapshot().containers()) {
      if (one.state() instanceof State.OfList list) {
        elements.put(one.container(), shownElements(list));
      }
    }
  }

  /** Everything that the document shows. */
  public static Map<ContainerId, Object> of(Document document) {
    Visible visible = new Visible(document);
    for (ContainerId root : document.roots()) {
      visible.walk(root, document, String.valueOf(root.key()));
    }
    return visible.containers;
  }

  /** What a container shows that nobody has edited. */
  public static Object nothing(ContainerType type) {
    return switch (type) {
      case REGISTER -> Optional.empty();
      case SET -> new TreeSet<>();
      case COUNTER -> 0L;
      case MAP -> new TreeMap<>();
      case LIST, MV_REGISTER -> List.of();
      case TEXT -> "";
    };
  }

  private void walk(ContainerId id, NamedViews place, String name) {
    switch (id.type()) {
      case REGISTER -> show(id, Optional.ofNullable(place.register(name).get()));
      case MV_REGISTER -> show(id, place.mvRegister(name).values());
      case SET -> show(id, new TreeSet<>(place.set(name).values()));
      case COUNTER -> show(id, place.counter(name).value());
      case TEXT -> show(id, place.text(name).toString());
      case MAP -> walk(id, place.map(name));
      case LIST -> walk(id, place.list(name));
    }
  }

  private void walk(ContainerId id, ListView list, int index) {
    switch (id.type()) {
      case REGISTER -> show(id, Optional.ofNullable(list.register(index).get()));
      case MV_REGISTER -> show(id, list.mvRegister(index).values());
      case SET -> show(id, new TreeSet<>(list.set(index).values()));
      case COUNTER -> show(id, list.counter(index).value());
      case TEXT -> show(id, list.text(index).toString());
      case MAP -> walk(id, list.map(index));
      case LIST -> walk(id, list.list(index));
    }
  }

  private void walk(ContainerId id, MapView map) {
    Map<String, Content> shown = new TreeMap<>();
    for (String key : map.keys()) {
      Content content = map.content(key);
      if (content == null) {
        throw new AssertionError("the key \"" + key + "\" is listed but shows nothing");
      }
      shown.put(key, content);
      if (content instanceof Child child) {
        walk(id.child(key, child.type()), map, key);
      }
    }
    show(id, shown);
  }

  private void walk(ContainerId id, ListView list) {
    List<ElementId> ids = elements.getOrDefault(id, List.of());
    List<Content> contents = list.contents();
    if (ids.size() != contents.size()) {
      throw new AssertionError(id + " shows " + contents + " but holds " + ids);
    }
    show(id, contents);
    for (int i = 0; i < contents.size(); i++) {
      if (contents.get(i) instanceof Child child) {
        walk(id.child(ids.get(i), child.type()), list, i);
      }
    }
  }

  private void show(ContainerId id, Object shown) {
    containers.put(id, shown);
  }

  private static List<ElementId> shownElements(State.OfList list) {
    List<ElementId> shown = new ArrayList<>();
    Map<ElementId, ElementId> moved = new HashMap<>();
    list.moved().forEach(one -> moved.put(one.position(), one.element()));
    for (State.ListRun run : list.runs()) {
      for (int i = 0; run.items() != null && i < run.length(); i++) {
        ElementId slot = run.first().plus(i);
        shown.add(moved.getOrDefault(slot, slot));
      }
    }
    return shown;
  }
}
