package dev.plait.cli.store;

import java.util.Locale;

/** Names of documents, between quotation marks and on one line, whatever is in them. */
public final class Quoted {
  private Quoted() {}

  public static String of(String name) {
    StringBuilder shown = new StringBuilder("\"");
    name.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.append('"').toString();
  }
}
