package dev.plait.properties.defect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test method, with whichever engine it is for, and listens for its failure. */
final class PlatformRun implements TestExecutionListener {
  /** Where jqwik has to write; without, it complains. */
  private static final String DATABASE = "database";

  private static final Pattern TRIES = Pattern.compile("tries = (\\d+)");

  private int started;
  private @Nullable Throwable failure;
  private long tries = 1;

  private PlatformRun() {}

  /**
   * What the method failed with; null if it passed.
   *
   * @throws AssertionError if no engine takes it for a test
   */
  static @Nullable Finding of(Class<?> type, Method method) {
    // None of the listeners of the run that this one is part of.
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build();
    PlatformRun run = new PlatformRun();
    Path directory = newDirectory();
    try {
      LauncherFactory.create(config)
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectMethod(type, method))
                  .configurationParameters(quietly(directory))
                  .build(),
              run);
    } finally {
      delete(directory);
    }
    Throwable failure = run.failure;
    if (run.started == 0 && failure == null) {
      throw new AssertionError(method + " is no test that any engine here would run");
    }
    return failure == null ? null : Finding.of(failure, run.tries);
  }

  /** Nothing is remembered, shrunk or printed: that it failed is all there is to know. */
  private static Map<String, String> quietly(Path directory) {
    return Map.of(
        "jqwik.database", directory.resolve(DATABASE).toString(),
        "jqwik.shrinking.default", "OFF",
        "jqwik.reporting.usejunitplatform", "true");
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("planted");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(DATABASE));
      Files.delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      started++;
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry
        .getKeyValuePairs()
        .values()
        .forEach(
            text -> {
              Matcher matcher = TRIES.matcher(text);
              if (matcher.find()) {
                tries = Long.parseLong(matcher.group(1));
              }
            });
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (failure == null) {
      failure = result.getThrowable().orElse(null);
    }
  }
}
