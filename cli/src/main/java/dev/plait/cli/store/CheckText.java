package dev.plait.cli.store;

import dev.plait.store.StoreCheck;
import java.io.PrintWriter;

/** What reading a store has shown, for people. */
final class CheckText {
  private CheckText() {}

  /** A line for each damage, after a word. */
  static void damages(PrintWriter out, String word, StoreCheck check) {
    for (StoreCheck.Damage damage : check.damages()) {
      String document = damage.document();
      out.println(
          word
              + ": "
              + (document == null ? "" : "document " + Quoted.of(document) + ": ")
              + damage.what());
    }
  }

  /** How much was read. */
  static String read(StoreCheck check) {
    return Counted.of(check.documents(), "document")
        + ", "
        + Counted.of(check.records(), "record")
        + ", "
        + check.bytes()
        + " bytes";
  }
}
