package dev.plait.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.plait.architecture.fixture.layers.clock.ClockKnowsDocument;
import dev.plait.architecture.fixture.layers.crdt.TypeKnowsDocument;
import dev.plait.architecture.fixture.layers.document.DocumentKnowsReplica;
import dev.plait.architecture.fixture.layers.replica.ReplicaKnowsWire;
import dev.plait.architecture.fixture.layers.storage.guard.GuardKnowsStore;
import dev.plait.architecture.fixture.layers.store.PortKnowsReplica;
import dev.plait.architecture.fixture.layers.wire.AdapterKnowsOthers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LayersTest {
  private static final Layers LAYERS = Layers.below("dev.plait");
  private static final Layers WRONG = Layers.below("dev.plait.architecture.fixture.layers");
  private static final JavaClasses PLAIT = PlaitClasses.OF_ALL_MODULES;
  private static final JavaClasses FIXTURE =
      PlaitClasses.ofFixture("dev.plait.architecture.fixture.layers");

  @Test
  void clockKnowsNothingAboveIt() {
    LAYERS.clockKnowsNothingAboveIt().check(PLAIT);
  }

  @Test
  void dataTypesKnowOnlyTheClock() {
    LAYERS.dataTypesKnowOnlyTheClock().check(PLAIT);
  }

  @Test
  void documentKnowsNoReplica() {
    LAYERS.documentKnowsNoReplica().check(PLAIT);
  }

  @Test
  void portsKnowNoReplica() {
    LAYERS.portsKnowNoReplica().check(PLAIT);
  }

  @Test
  void coreKnowsNoAdapter() {
    LAYERS.coreKnowsNoAdapter().check(PLAIT);
  }

  @Test
  void adaptersDoNotKnowWhoUsesThem() {
    LAYERS.adaptersDoNotKnowWhoUsesThem().check(PLAIT);
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    LAYERS.adaptersDoNotKnowEachOther().check(PLAIT);
  }

  @Test
  void guardKnowsNoStore() {
    LAYERS.guardKnowsNoStore().check(PLAIT);
  }

  @Test
  void packagesHaveNoCycles() {
    LAYERS.packagesHaveNoCycles().check(PLAIT);
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void everyRuleCanFail(ArchRule rule, Class<?> culprit) {
    EvaluationResult result = rule.evaluate(FIXTURE);
    assertTrue(
        result.getFailureReport().toString().contains(culprit.getName()),
        () -> culprit + " should break: " + rule.getDescription());
  }

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        broken(WRONG.clockKnowsNothingAboveIt(), ClockKnowsDocument.class),
        broken(WRONG.dataTypesKnowOnlyTheClock(), TypeKnowsDocument.class),
        broken(WRONG.documentKnowsNoReplica(), DocumentKnowsReplica.class),
        broken(WRONG.portsKnowNoReplica(), PortKnowsReplica.class),
        broken(WRONG.coreKnowsNoAdapter(), ReplicaKnowsWire.class),
        broken(WRONG.adaptersDoNotKnowWhoUsesThem(), AdapterKnowsOthers.class),
        broken(WRONG.adaptersDoNotKnowEachOther(), AdapterKnowsOthers.class),
        broken(WRONG.guardKnowsNoStore(), GuardKnowsStore.class),
        broken(WRONG.packagesHaveNoCycles(), ReplicaKnowsWire.class));
  }

  private static Arguments broken(ArchRule rule, Class<?> culprit) {
    return Arguments.of(Named.of(rule.getDescription(), rule), culprit);
  }
}
