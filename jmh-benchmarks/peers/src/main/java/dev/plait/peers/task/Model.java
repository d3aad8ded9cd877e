package dev.plait.peers.task;

import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a script's container holds after the transactions of user 0 and nobody else. */
final class Model {
  private Model() {}

  static Object after(Script script) {
    return switch (script.root()) {
      case TEXT -> Objects.requireNonNull(script.end());
      case LIST -> list(script);
      case MAP -> map(script);
      case SET -> set(script);
    };
  }

  private static List<Object> list(Script script) {
    ArrayList<Object> values = new ArrayList<>();
    for (List<Edit> transaction : script.user(0)) {
      for (Edit edit : transaction) {
        if (edit instanceof Edit.ListInsert insert) {
          values.addAll(insert.position(), insert.values());
        }
      }
    }
    return values;
  }

  private static Map<String, Object> map(Script script) {
    TreeMap<String, Object> entries = new TreeMap<>();
    for (List<Edit> transaction : script.user(0)) {
      for (Edit edit : transaction) {
        if (edit instanceof Edit.Put put) {
          entries.put(put.key(), put.value());
        } else if (edit instanceof Edit.Remove remove) {
          entries.remove(remove.key());
        }
      }
    }
    return entries;
  }

  private static List<String> set(Script script) {
    TreeSet<String> members = new TreeSet<>();
    for (List<Edit> transaction : script.user(0)) {
      for (Edit edit : transaction) {
        if (edit instanceof Edit.Add add) {
          members.add(add.member());
        } else if (edit instanceof Edit.Discard discard) {
          members.remove(discard.member());
        }
      }
    }
    return List.copyOf(members);
  }
}
