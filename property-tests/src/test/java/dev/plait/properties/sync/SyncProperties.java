package dev.plait.properties.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.document.Face;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What replicas agree on in the end, whatever the network and the power supply did before. */
class SyncProperties {
  private static final int MAX_STEPS = 15;

  @Provide
  Arbitrary<List<SyncStep>> steps() {
    return SyncStep.steps().list().ofMaxSize(MAX_STEPS);
  }

  @Property
  void replicasSayTheyAreInSyncInTheEndAndThenAreEqual(
      @ForAll @IntRange(min = 2, max = 3) int replicas,
      @ForAll boolean ring,
      @ForAll long seed,
      @ForAll("steps") List<SyncStep> steps) {
    Network network = new Network(replicas, ring, seed);
    steps.forEach(network::take);
    assertTrue(network.settle(), network::toString);
    List<Map<String, Face>> faces = network.faces();
    for (Map<String, Face> documents : faces) {
      assertEquals(faces.get(0), documents, network::toString);
    }
    assertEquals(List.of(), network.lost(), network::toString);
  }
}
