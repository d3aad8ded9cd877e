package dev.plait.properties.defect;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Shows that tests can fail: plants defects into the sources of what they test, one at a time, and
 * demands that each is caught by the test, and with the failure, that was named for it. Without a
 * defect the same tests have to pass.
 *
 * <p>Extend it in the tests of a module and list your {@link #defects}. A source with a defect is
 * compiled in memory and loaded in a class loader of its own, so production code needs no switch
 * for it and nothing else sees it. Properties are tried up to 1000 times, unless {@code
 * jqwik.tries.default} in {@code junit-platform.properties} or the property itself says otherwise;
 * failures are neither shrunk nor printed. A defect costs a compilation of one file, usually less
 * than a second, and what the test takes up to its first failure.
 *
 * <p>In the end a table of what caught what is printed, as Markdown.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DefectContract {
  private final List<String> table = new ArrayList<>();

  /** For subclasses. */
  protected DefectContract() {}

  /** The defects to plant, each with the test that is to catch it. */
  protected abstract List<Defect> defects();

  /**
   * How the names begin of all classes that are under test or are tests, such as {@code
   * "com.example."}: these are loaded anew for each defect.
   */
  protected abstract String prefix();

  @TestFactory
  Stream<DynamicTest> theNamedTestCatchesTheDefect() {
    return defects().stream()
        .map(defect -> DynamicTest.dynamicTest(defect.name(), () -> isCaught(defect)));
  }

  private void isCaught(Defect defect) {
    long begin = System.nanoTime();
    Finding finding = DefectTrial.of(defect, prefix()).question(defect.suspect());
    double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    String label = defect.suspect().label();
    String start = "the defect \"" + defect.name() + "\" ";
    if (finding == null) {
      throw new AssertionError(start + "was planted, and " + label + " passed");
    }
    if (!finding.failure().contains(defect.shows())) {
      throw new AssertionError(
          start
              + "should make "
              + label
              + " say \""
              + defect.shows()
              + "\", but it failed with \""
              + finding.failure()
              + "\"");
    }
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | `%s` | %d | %.1f |",
            defect.name(),
            label,
            finding.effort(),
            seconds));
  }

  @Test
  void withoutADefectTheNamedTestsPass() {
    DefectTrial trial = DefectTrial.withoutDefect(prefix());
    Set<Suspect> suspects = new LinkedHashSet<>();
    defects().forEach(defect -> suspects.add(defect.suspect()));
    for (Suspect suspect : suspects) {
      Finding finding = trial.question(suspect);
      assertNull(finding, () -> suspect.label() + " fails without any defect: " + finding);
    }
  }

  @AfterAll
  void printTheTable() {
    System.out.println(
        "| planted defect | caught by | after | seconds |\n| --- | --- | --- | --- |");
    table.forEach(System.out::println);
  }
}
