package dev.plait.peers.run;

import dev.plait.peers.engine.Engines;
import java.util.ArrayList;
import java.util.List;

/**
 * A library that takes part.
 *
 * @param name its name in commands and results
 */
public record Participant(String name, Platform platform) {
  private static final List<String> ON_NODE =
      List.of("yjs", "loro", "automerge", "diamond-types", "json-joy");

  /** What a library runs on. */
  public enum Platform {
    JVM,
    NODE
  }

  /** Plait, and then the others by name. */
  public static List<Participant> all() {
    List<Participant> all = new ArrayList<>();
    all.add(new Participant("plait", Platform.JVM));
    for (String name : Engines.names()) {
      if (!name.equals("plait")) {
        all.add(new Participant(name, Platform.JVM));
      }
    }
    for (String name : ON_NODE) {
      all.add(new Participant(name, Platform.NODE));
    }
    return all;
  }
}
