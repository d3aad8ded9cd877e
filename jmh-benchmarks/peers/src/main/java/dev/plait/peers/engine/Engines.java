package dev.plait.peers.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
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

  private static final String VERSIONS = "versions.properties";

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

  /** The version that is used of a library. */
  public static String version(String name) {
    Properties versions = new Properties();
    try (InputStream in = Engines.class.getResourceAsStream(VERSIONS)) {
      versions.load(Objects.requireNonNull(in, VERSIONS));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Objects.requireNonNull(versions.getProperty(name), name);
  }
}
