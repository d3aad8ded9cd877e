package dev.plait.properties.defect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A contract that passes whatever is planted would be worth nothing either. */
class DefectContractTest {
  private static final Path STAMP =
      Path.of("../causal-clock/src/main/java/dev/plait/clock/Stamp.java");
  private static final String ORDER = "order = replica.compareTo(other.replica);";
  private static final Suspect ORDERED =
      Suspect.test(
          "dev.plait.properties.clock.NameProperties",
          "stampsAreTotallyOrderedByTimeThenReplicaThenOrdinal");

  /** Fails from the third seed on if the stamps of two replicas have no order. */
  static final class Seeds implements LongConsumer {
    @Override
    public void accept(long seed) {
      var time = dev.plait.clock.HybridTimestamp.MIN_VALID;
      var one = new Stamp(time, dev.plait.clock.ReplicaId.of(0, 1), 0);
      var other = new Stamp(time, dev.plait.clock.ReplicaId.of(0, 2), 0);
      if (seed > 1 && one.compareTo(other) == 0) {
        throw new IllegalStateException("no order\nat seed " + seed);
      }
    }
  }

  private static Defect defect(String was, String becomes, Suspect suspect, String shows) {
    return new Defect("planted", STAMP, was, becomes, suspect, shows);
  }

  private static void play(Defect defect) throws Throwable {
    DefectContract contract =
        new DefectContract() {
          @Override
          protected List<Defect> defects() {
            return List.of(defect);
          }

          @Override
          protected String prefix() {
            return "dev.plait.";
          }
        };
    try (Stream<org.junit.jupiter.api.DynamicTest> tests =
        contract.theNamedTestCatchesTheDefect()) {
      for (var test : tests.toList()) {
        test.getExecutable().execute();
      }
    }
  }

  private static String complaintOf(Defect defect) {
    return String.valueOf(assertThrows(AssertionError.class, () -> play(defect)).getMessage());
  }

  @Test
  void aDefectThatTheNamedTestCatchesInTheNamedWayIsAllRight() throws Throwable {
    play(defect(ORDER, "", ORDERED, "expected: <"));
  }

  @Test
  void aDefectThatIsNotCaughtFails() {
    String complaint = complaintOf(defect(ORDER, ORDER + " ", ORDERED, ""));
    assertTrue(
        complaint.endsWith(
            "NameProperties." + "stampsAreTotallyOrderedByTimeThenReplicaThenOrdinal passed"),
        complaint);
  }

  @Test
  void aDefectThatIsCaughtForAnotherReasonFails() {
    String complaint = complaintOf(defect(ORDER, "", ORDERED, "some other reason"));
    assertTrue(complaint.contains("should make"), complaint);
  }

  @Test
  void aDefectThatDoesNotFitItsSourceFails() {
    assertTrue(complaintOf(defect("not there", "", ORDERED, "")).contains("stands nowhere"));
    assertTrue(complaintOf(defect("order", "", ORDERED, "")).contains("stands more than once"));
  }

  @Test
  void aDefectThatDoesNotCompileFails() {
    String complaint = complaintOf(defect(ORDER, "order = nothing;", ORDERED, ""));
    assertTrue(complaint.contains("does not compile"), complaint);
    assertTrue(complaint.contains("nothing"), complaint);
  }

  @Test
  void aSuspectThatDoesNotExistFails() {
    String type = "dev.plait.properties.clock.NameProperties";
    assertTrue(complaintOf(defect(ORDER, "", Suspect.test(type, "gone"), "")).contains("gone"));
    assertTrue(complaintOf(defect(ORDER, "", Suspect.test("a.B", "c"), "")).contains("a.B"));
    Suspect noTest = Suspect.test(getClass().getName(), "complaintOf");
    assertTrue(complaintOf(defect(ORDER, "", noTest, "")).contains("is no test"));
  }

  @Test
  void seedsAreTriedUpToTheFirstThatFails() {
    Defect defect = defect(ORDER, "", Suspect.seeds(Seeds.class, 0, 10), "");
    Finding finding = DefectTrial.of(defect, "dev.plait.").question(defect.suspect());
    assertNotNull(finding);
    assertEquals(new Finding("IllegalStateException: no order", 3), finding);
    assertNull(DefectTrial.of(defect, "dev.plait.").question(Suspect.seeds(Seeds.class, 0, 2)));
    assertNull(DefectTrial.withoutDefect("dev.plait.").question(defect.suspect()));
    assertEquals("DefectContractTest$Seeds", defect.suspect().label());
  }

  @Test
  void nothingOutsideTheTrialHasTheDefect() throws Throwable {
    play(defect(ORDER, "", ORDERED, ""));
    new Seeds().accept(5);
  }
}
