package dev.plait.properties.law;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs laws within a test, as a build would run them, and keeps what they say. */
public final class Verdicts {
  private static final String KEPT = "";

  private final Map<String, String> messages = new TreeMap<>();

  private Verdicts() {}

  /**
   * Runs all properties of a class.
   *
   * @param directory where jqwik may keep a file
   * @param shrinks whether a history that fails is shrunk, however long it takes
   */
  public static Verdicts of(Class<?> laws, Path directory, boolean shrinks) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(laws))
            .filters(EngineFilter.includeEngines("jqwik"))
            .configurationParameter("jqwik.database", directory.resolve("database").toString())
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .configurationParameter("jqwik.shrinking.default", shrinks ? "FULL" : "OFF")
            .build();
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    Launcher launcher = LauncherFactory.create(config);
    Verdicts verdicts = new Verdicts();
    launcher.execute(request, verdicts.listener());
    return verdicts;
  }

  /** What each law said that does not hold, by its name. */
  public Map<String, String> broken() {
    Map<String, String> broken = new TreeMap<>(messages);
    broken.values().removeIf(KEPT::equals);
    return broken;
  }

  /** What this law said; empty if it holds or was not run. */
  public String messageOf(String law) {
    return messages.getOrDefault(law, KEPT);
  }

  /** How many laws were run. */
  public int count() {
    return messages.size();
  }

  private TestExecutionListener listener() {
    return new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        String message = result.getThrowable().map(Throwable::getMessage).orElse(KEPT);
        if (identifier.isTest()) {
          messages.put(identifier.getDisplayName(), message);
        } else if (!message.equals(KEPT)) {
          throw new IllegalStateException(message);
        }
      }
    };
  }
}
