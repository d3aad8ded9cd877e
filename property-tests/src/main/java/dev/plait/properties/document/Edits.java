package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.crdt.EditException;
import dev.plait.document.CounterEditor;
import dev.plait.document.ListEditor;
import dev.plait.document.MapEditor;
import dev.plait.document.NamedEditors;
import dev.plait.document.SetEditor;
import dev.plait.document.TextEditor;
import dev.plait.document.Transaction;
import dev.plait.properties.history.Choice;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;

/** Makes the edits that choices stand for: in root containers, and in children up to three deep. */
public final class Edits {
  private static final List<String> WORDS =
      List.of("a", "bc", "def", "\ud83d\ude00", "x\ud83d\ude00");
  private static final List<String> KEYS = List.of("k", "\ud83d\ude00", "\uff5e");
  private static final List<ContainerType> TYPES = List.of(ContainerType.values());
  private static final List<Value> VALUES =
      List.of(
          Value.of("a"),
          Value.of("b"),
          Value.of(7),
          Value.of(-0.5),
          Value.nil(),
          Value.of(Map.of("deep", Value.of(List.of(Value.of(true))))));

  private Edits() {}

  /** Makes all of these edits, as far as they fit into one change. */
  public static void make(Transaction transaction, List<Choice> edits) {
    for (Choice edit : edits) {
      try {
        make(transaction, edit);
      } catch (EditException refused) {
        if (!refused.code().equals(EditException.VALUE_TOO_LARGE)) {
          throw refused;
        }
      }
    }
  }

  private static void make(Transaction transaction, Choice choice) {
    NamedEditors place = transaction;
    for (int depth = choice.size() / 4 % 3; depth > 0; depth--) {
      place = deeper(place, KEYS.get(choice.place() / 7 % KEYS.size()));
    }
    ContainerType type = TYPES.get(choice.kind() % TYPES.size());
    if (place instanceof MapEditor map) {
      String key = choice.placeIn(KEYS);
      Content shown = map.content(key);
      if (shown == null || shown.equals(new Child(type))) {
        if (choice.kind() / TYPES.size() % 4 == 0) {
          map.remove(key);
        } else {
          edit(map, key, type, choice);
        }
      } else {
        overwrite(map, key, choice);
      }
    } else {
      edit(place, type.label(), type, choice);
    }
  }

  private static NamedEditors deeper(NamedEditors place, String key) {
    if (place instanceof MapEditor map) {
      Content shown = map.content(key);
      return shown == null || shown.equals(new Child(ContainerType.MAP)) ? map.map(key) : map;
    }
    return place.map(ContainerType.MAP.label());
  }

  private static void overwrite(MapEditor map, String key, Choice choice) {
    if (choice.size() % 2 == 0) {
      map.remove(key);
    } else {
      map.put(key, choice.contentOf(VALUES));
    }
  }

  private static void edit(NamedEditors place, String name, ContainerType type, Choice choice) {
    switch (type) {
      case REGISTER -> place.register(name).set(choice.contentOf(VALUES));
      case MV_REGISTER -> place.mvRegister(name).set(choice.contentOf(VALUES));
      case SET -> edit(place.set(name), choice);
      case COUNTER -> edit(place.counter(name), choice);
      case MAP -> edit(place.map(name), choice);
      case LIST -> edit(place.list(name), choice);
      case TEXT -> edit(place.text(name), choice);
    }
  }

  private static void edit(ListEditor list, int index, ContainerType type, Choice choice) {
    switch (type) {
      case REGISTER -> list.register(index).set(choice.contentOf(VALUES));
      case MV_REGISTER -> list.mvRegister(index).set(choice.contentOf(VALUES));
      case SET -> edit(list.set(index), choice);
      case COUNTER -> edit(list.counter(index), choice);
      case MAP -> edit(list.map(index), choice);
      case LIST -> list.list(index).append(choice.contentOf(VALUES));
      case TEXT -> edit(list.text(index), choice);
    }
  }

  private static void edit(SetEditor set, Choice choice) {
    Value value = choice.contentOf(VALUES);
    if (choice.size() % 4 == 0) {
      assertEquals(set.contains(value), set.remove(value));
    } else {
      set.add(value);
    }
  }

  private static void edit(CounterEditor counter, Choice choice) {
    counter.add(choice.content() - 1001);
  }

  private static void edit(MapEditor map, Choice choice) {
    String key = choice.placeIn(KEYS);
    if (choice.size() % 4 == 0) {
      assertEquals(map.contains(key), map.remove(key));
    } else {
      map.put(key, choice.contentOf(VALUES));
    }
  }

  private static void edit(ListEditor list, Choice choice) {
    int size = list.size();
    int index = choice.placeUpTo(size);
    int length = Math.min(size - index, 1 + choice.content() % 3);
    int variant = choice.size() % 4;
    if (variant == 0 && length > 0) {
      list.delete(index, length);
    } else if (variant == 2 && length > 0 && choice.content() % 3 == 0) {
      list.set(index, choice.contentOf(VALUES));
    } else if (variant == 2 && length > 0) {
      list.move(index, choice.content() % size);
    } else if (variant == 1) {
      list.insert(index, TYPES.get(choice.content() % TYPES.size()));
    } else if (index < size && list.content(index) instanceof Child child) {
      edit(list, index, child.type(), choice);
    } else {
      list.insert(index, List.of(choice.contentOf(VALUES), Value.of(choice.content())));
    }
  }

  private static void edit(TextEditor text, Choice choice) {
    int index = whole(text, choice.placeUpTo(text.length()));
    int end = whole(text, Math.min(text.length(), index + 1 + choice.content() % 4));
    int variant = choice.size() % 4;
    if (variant == 0 && index < end) {
      text.delete(index, end - index);
    } else if (variant == 1) {
      // An edit that is refused must not disturb the ones around it.
      assertThrows(EditException.class, () -> text.insert(text.length() + 1, "never"));
    } else {
      text.insert(index, choice.contentOf(WORDS));
    }
  }

  /** The index itself, or the one before it if it lies between the halves of a pair. */
  private static int whole(TextEditor text, int index) {
    boolean splits =
        index > 0
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return splits ? index - 1 : index;
  }
}
