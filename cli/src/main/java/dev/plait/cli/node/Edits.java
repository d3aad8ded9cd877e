package dev.plait.cli.node;

import dev.plait.document.Transaction;
import java.util.Map;

/** The ops that write: each edits one root container in a transaction of its own. */
final class Edits {
  /** What one op does inside its transaction. */
  interface Edit {
    void make(Request request, String root, Transaction tx);
  }

  /** All of them, by op. */
  static final Map<String, Edit> ALL =
      Map.of(
          "text.insert",
          (request, root, tx) -> tx.text(root).insert(request.place("index"), request.text("text")),
          "text.delete",
          (request, root, tx) ->
              tx.text(root).delete(request.place("index"), request.place("length")),
          "set.add",
          (request, root, tx) -> tx.set(root).add(request.value("value")),
          "set.remove",
          (request, root, tx) -> tx.set(root).remove(request.value("value")),
          "map.put",
          (request, root, tx) -> tx.map(root).put(request.text("key"), request.value("value")),
          "map.remove",
          (request, root, tx) -> tx.map(root).remove(request.text("key")),
          "counter.add",
          (request, root, tx) -> tx.counter(root).add(request.number("amount")),
          "register.set",
          (request, root, tx) -> tx.register(root).set(request.value("value")),
          "list.insert",
          (request, root, tx) ->
              tx.list(root).insert(request.place("index"), request.value("value")),
          "list.remove",
          (request, root, tx) -> tx.list(root).delete(request.place("index"), 1));

  private Edits() {}
}
