package dev.plait.properties.replica;

import dev.plait.document.Document;
import dev.plait.document.NamedEditors;
import dev.plait.document.NamedViews;
import dev.plait.document.Transaction;
import dev.plait.value.Value;
import java.util.List;

/**
 * A way of writing that shows whether a change is there wholly, and once: each change adds its
 * label to a set, a list and a text, and counts.
 */
final class Ledger {
  private Ledger() {}

  static void enter(Transaction tx, String label) {
    check(tx);
    write(tx, label);
    check(tx);
  }

  private static void write(NamedEditors tx, String label) {
    tx.set("all").add(label);
    tx.list("log").insert(tx.list("log").size() / 2, label);
    tx.text("body").append("x");
    tx.counter("count").increment();
  }

  /** Checks, for one who sees one version, that all parts tell of as many changes. */
  static void check(NamedViews views) {
    List<Integer> parts =
        List.of(
            views.set("all").size(),
            views.list("log").size(),
            views.text("body").length(),
            Math.toIntExact(views.counter("count").value()));
    if (parts.stream().distinct().count() > 1) {
      throw new AssertionError("set, list, text and counter tell of " + parts + " changes");
    }
  }

  /** Checks that a change is there, wherever it left something. */
  static void checkHas(Document document, Acknowledged one) {
    if (!document.versionVector().contains(one.change())
        || !document.set("all").contains(one.label())
        || document.list("log").contents().stream().noneMatch(Value.of(one.label())::equals)) {
      throw new AssertionError(one + " is lost");
    }
  }
}
