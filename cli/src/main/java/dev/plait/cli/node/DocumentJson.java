package dev.plait.cli.node;

import dev.plait.change.ContainerId;
import dev.plait.cli.json.JsonWriter;
import dev.plait.document.Document;
import dev.plait.document.ListView;
import dev.plait.document.MapView;
import dev.plait.document.NamedViews;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a document shows, as JSON that is equal on all replicas that hold the same changes.
 *
 * <p>A document is an object of its roots by name, and of each name by type: {@code
 * {"body":{"text":"Hello"},"tags":{"set":["draft"]}}}. A container that hangs in a map or list
 * stands there as {@code {"$child":{"text":"…"}}}. Recursion is bounded by the nesting of
 * containers and values, 16 each.
 */
final class DocumentJson {
  private static final String CHILD = "$child";

  private final JsonWriter out;

  private DocumentJson(JsonWriter out) {
    this.out = out;
  }

  /** The whole document, as of one moment. */
  static String of(Document document) {
    JsonWriter out = new JsonWriter();
    reading(document, () -> new DocumentJson(out).roots(document));
    return out.toString();
  }

  /** One root. */
  static String of(Document document, String root, ContainerType type) {
    JsonWriter out = new JsonWriter();
    reading(document, () -> new DocumentJson(out).container(document, root, type));
    return out.toString();
  }

  /** The types of all roots of this name. */
  static List<ContainerType> types(Document document, String root) {
    return document.roots().stream()
        .filter(id -> root.equals(id.key()))
        .map(ContainerId::type)
        .toList();
  }

  /** Nobody else edits while a transaction is open, even one that edits nothing. */
  private static void reading(Document document, Runnable reader) {
    document.transact(tx -> reader.run());
  }

  private void roots(Document document) {
    out.object();
    String open = null;
    for (ContainerId root : sorted(document.roots())) {
      String name = Objects.requireNonNull(root.key());
      if (!name.equals(open)) {
        if (open != null) {
          out.endObject();
        }
        out.name(name).object();
        open = name;
      }
      out.name(root.type().label());
      container(document, name, root.type());
    }
    if (open != null) {
      out.endObject();
    }
    out.endObject();
  }

  private static List<ContainerId> sorted(List<ContainerId> roots) {
    Comparator<ContainerId> byName =
        Comparator.comparing(root -> Objects.requireNonNull(root.key()), Unicode.CODE_POINT_ORDER);
    return roots.stream().sorted(byName.thenComparing(root -> root.type().label())).toList();
  }

  private void container(NamedViews holder, String name, ContainerType type) {
    switch (type) {
      case TEXT -> out.string(holder.text(name).toString());
      case LIST -> list(holder.list(name));
      case MAP -> map(holder.map(name));
      case SET -> values(holder.set(name).values());
      case COUNTER -> out.number(holder.counter(name).exactValue());
      case REGISTER -> valueOrNull(holder.register(name).get());
      case MV_REGISTER -> values(holder.mvRegister(name).values());
    }
  }

  private void element(ListView holder, int index, ContainerType type) {
    switch (type) {
      case TEXT -> out.string(holder.text(index).toString());
      case LIST -> list(holder.list(index));
      case MAP -> map(holder.map(index));
      case SET -> values(holder.set(index).values());
      case COUNTER -> out.number(holder.counter(index).exactValue());
      case REGISTER -> valueOrNull(holder.register(index).get());
      case MV_REGISTER -> values(holder.mvRegister(index).values());
    }
  }

  private void map(MapView map) {
    out.object();
    for (String key : map.keys()) {
      out.name(key);
      content(Objects.requireNonNull(map.content(key)), type -> container(map, key, type));
    }
    out.endObject();
  }

  private void list(ListView list) {
    out.array();
    List<Content> contents = list.contents();
    for (int i = 0; i < contents.size(); i++) {
      int index = i;
      content(contents.get(i), type -> element(list, index, type));
    }
    out.endArray();
  }

  private void content(Content content, Consumer<ContainerType> child) {
    if (content instanceof Value value) {
      out.value(value);
    } else if (content instanceof Child marker) {
      out.object().name(CHILD).object().name(marker.type().label());
      child.accept(marker.type());
      out.endObject().endObject();
    }
  }

  private void values(List<Value> values) {
    out.array();
    values.forEach(out::value);
    out.endArray();
  }

  private void valueOrNull(@Nullable Value value) {
    if (value == null) {
      out.nothing();
    } else {
      out.value(value);
    }
  }
}
