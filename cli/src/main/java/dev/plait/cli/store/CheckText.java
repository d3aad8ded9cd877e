package dev.plait.cli.store;

import dev.plait.store.StoreCheck;
import java.util.ArrayList;
import java.util.List;

/** What reading a store has shown, for people. */
public final class CheckText {
  private CheckText() {}

  /** A line for each damage, after a word. */
  public static List<String> damages(String word, StoreCheck check) {
    List<String> lines = new ArrayList<>();
    for (StoreCheck.Damage damage : check.damages()) {
      String document = damage.document();
      lines.add(
          word
              + ": "
              + (document == null ? "" : "document " + Quoted.of(document) + ": ")
              + damage.what());
    }
    return lines;
  }

  /** How much was read. */
  public static String read(StoreCheck check) {
    return Counted.of(check.documents(), "document")
        + ", "
        + Counted.of(check.records(), "record")
        + ", "
        + check.bytes()
        + " bytes";
  }
}
