package dev.plait.properties.defect;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Planted defects that show in the life of a whole cluster too, with the promise that is found
 * broken. The others are made good by other parts before anybody notices, or need a moment that
 * comes too rarely; these have a test of their own alone.
 */
@EnabledIfSystemProperty(named = "plait.long", matches = "true")
class SimulatedDefectsTest extends DefectContract {
  private static final int SEEDS = Integer.getInteger("plait.seeds", 1_000);

  private static final Map<String, String> BROKEN_PROMISES =
      Map.of(
          "HLC not bumped on equal time", "stamps",
          "dependency check skipped", "atomic",
          "counter reused after restore", "stamps",
          "acknowledged before sync", "durable",
          "resume skipping one", "drain",
          "event before commit", "committed first");

  @Override
  protected List<Defect> defects() {
    return PlantedDefects.ALL.stream()
        .filter(defect -> BROKEN_PROMISES.containsKey(defect.name()))
        .map(SimulatedDefectsTest::simulated)
        .toList();
  }

  private static Defect simulated(Defect defect) {
    return new Defect(
        defect.name(),
        defect.source(),
        defect.was(),
        defect.becomes(),
        Suspect.seeds(SimulatedSeed.class, 0, SEEDS),
        BROKEN_PROMISES.getOrDefault(defect.name(), ""));
  }

  @Override
  protected String prefix() {
    return "dev.plait.";
  }
}
