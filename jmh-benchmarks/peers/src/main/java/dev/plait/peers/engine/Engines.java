package dev.plait.peers.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The libraries that run on the JVM, by name. */
public final class Engines {
  private static final Map<String, Supplier<Engine>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "plait", PlaitEngine::new,
              "automerge-java", AutomergeEngine::new,
              "pekko", PekkoEngine::new));

  private Engines() {}

  /** Their names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** The library of this name, ready to work. */
  public static Engine of(String name) {
    Supplier<Engine> maker = BY_NAME.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("there is " + names() + ", not " + name);
    }
    return maker.get();
  }
}
