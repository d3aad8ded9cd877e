package dev.plait.peers.work;

import java.util.Locale;

/** What kind of container a script is about. */
public enum Root {
  TEXT,
  LIST,
  MAP,
  SET;

  /** Its name in script files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this {@link #label}. */
  public static Root of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
