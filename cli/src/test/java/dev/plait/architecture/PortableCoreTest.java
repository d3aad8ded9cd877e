package dev.plait.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.plait.architecture.fixture.portable.AsksTheClock;
import dev.plait.architecture.fixture.portable.CatchesMistakes;
import dev.plait.architecture.fixture.portable.FormatsStrings;
import dev.plait.architecture.fixture.portable.LooksUpMembers;
import dev.plait.architecture.fixture.portable.StaysPortable;
import dev.plait.architecture.fixture.portable.SynchronizesMethods;
import dev.plait.architecture.fixture.portable.UpdatesAtomics;
import dev.plait.architecture.fixture.portable.UsesFactories;
import dev.plait.architecture.fixture.portable.UsesLocks;
import dev.plait.architecture.fixture.portable.UsesLogger;
import dev.plait.architecture.fixture.portable.UsesThreads;
import dev.plait.architecture.fixture.portable.WritesDecimals;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PortableCoreTest {
  /**
   * Only the replica knows threads; of the wire format, only the generated classes do. Who encrypts
   * a store takes the JDK's ciphers and a lock.
   */
  private static final DescribedPredicate<JavaClass> PORTABLE =
      Layers.below("dev.plait")
          .inCore()
          .and(not(resideInAPackage("dev.plait.replica..")))
          .and(not(resideInAPackage("dev.plait.store.encrypted..")))
          .or(resideInAPackage("dev.plait.wire"))
          .as("in the portable core");

  private static final DescribedPredicate<JavaClass> FIXTURE =
      resideInAPackage("dev.plait.architecture.fixture.portable..");

  private static final JavaClasses PLAIT = PlaitClasses.OF_ALL_MODULES;

  @ParameterizedTest
  @MethodSource("rules")
  void portableCoreKeepsTo(ArchRule rule) {
    rule.check(PLAIT);
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void everyRuleCanFail(ArchRule rule, Class<?> culprit) {
    assertTrue(
        rule.evaluate(PlaitClasses.ofFixture(culprit)).hasViolation(),
        () -> culprit + " should break: " + rule.getDescription());
  }

  @ParameterizedTest
  @MethodSource("rulesForFixtures")
  void noRuleForbidsWhatIsPortable(ArchRule rule) {
    assertFalse(rule.evaluate(PlaitClasses.ofFixture(StaysPortable.class)).hasViolation());
  }

  @ParameterizedTest
  @FieldSource("dev.plait.architecture.PortableCore#TYPES")
  void everyForbiddenTypeExists(String name) {
    assertDoesNotThrow(() -> Class.forName(name));
  }

  @Test
  void whatIsPortableAndWhatIsNot() {
    List<String> packages =
        PLAIT.stream().filter(PORTABLE).map(JavaClass::getPackageName).distinct().toList();
    assertTrue(
        packages.containsAll(
            List.of(
                "dev.plait.clock",
                "dev.plait.value",
                "dev.plait.sequence",
                "dev.plait.crdt",
                "dev.plait.document",
                "dev.plait.store",
                "dev.plait.wire")),
        packages::toString);
    assertFalse(packages.contains("dev.plait.replica"));
    assertFalse(packages.contains("dev.plait.store.encrypted"));
    assertFalse(packages.contains("dev.plait.cli"));
  }

  static Stream<Arguments> rules() {
    return PortableCore.of(PORTABLE).all().stream().map(PortableCoreTest::named);
  }

  static Stream<Arguments> rulesForFixtures() {
    return PortableCore.of(FIXTURE).all().stream().map(PortableCoreTest::named);
  }

  static Stream<Arguments> brokenRules() {
    PortableCore rules = PortableCore.of(FIXTURE);
    return Stream.of(
        broken(rules.usesNoMissingType(), UsesThreads.class),
        broken(rules.usesNoMissingType(), UsesThreads.Pool.class),
        broken(rules.usesNoMissingType(), UsesThreads.Later.class),
        broken(rules.usesNoMissingType(), UsesThreads.Clocked.class),
        broken(rules.usesNoMissingPackage(), UsesLocks.class),
        broken(rules.usesNoMissingPackage(), UsesFactories.class),
        broken(rules.usesNoReflectionOnClasses(), LooksUpMembers.class),
        broken(rules.formatsNoStrings(), FormatsStrings.class),
        broken(rules.formatsNoStrings(), FormatsStrings.Formatted.class),
        broken(rules.usesNoSystemLogger(), UsesLogger.class),
        broken(rules.usesAtomicsPlainly(), UpdatesAtomics.class),
        broken(rules.usesAtomicsPlainly(), UpdatesAtomics.Adder.class),
        broken(rules.writesNoDecimalText(), WritesDecimals.class),
        broken(rules.writesNoDecimalText(), WritesDecimals.ByReference.class),
        broken(rules.writesNoDecimalText(), WritesDecimals.Valued.class),
        broken(rules.writesNoDecimalText(), WritesDecimals.Appended.class),
        broken(rules.synchronizesNoMethod(), SynchronizesMethods.class),
        broken(rules.readsNoClockAndNoChance(), AsksTheClock.class),
        broken(rules.readsNoClockAndNoChance(), AsksTheClock.Now.class),
        broken(rules.readsNoClockAndNoChance(), AsksTheClock.Chance.class),
        broken(rules.catchesNoMistakeOfItsOwn(), CatchesMistakes.class));
  }

  private static Arguments broken(ArchRule rule, Class<?> culprit) {
    return Arguments.of(Named.of(rule.getDescription(), rule), culprit);
  }

  private static Arguments named(ArchRule rule) {
    return Arguments.of(Named.of(rule.getDescription(), rule));
  }
}
