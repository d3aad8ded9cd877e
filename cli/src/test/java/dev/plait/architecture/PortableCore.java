package dev.plait.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the portable core avoids, so that the same engine also runs compiled to WebAssembly and on
 * Android. A number joined to a string with {@code +} cannot be seen here: javac compiles that to a
 * call whose parts are not in the class file.
 */
final class PortableCore {
  /** Types that are missing or different there. */
  static final List<String> TYPES =
      List.of(
          "java.lang.System$Logger",
          "java.lang.Thread",
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.VarHandle",
          "java.security.MessageDigest",
          "java.time.InstantSource",
          "java.util.Formatter",
          "java.util.HexFormat",
          "java.util.ServiceLoader",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Executor",
          "java.util.concurrent.Executors",
          "java.util.concurrent.Future",
          "java.util.concurrent.ThreadFactory",
          "java.util.zip.CRC32C",
          "sun.misc.Unsafe");

  private static final String[] PACKAGES = {
    "java.lang.reflect..",
    "java.util.concurrent.locks..",
    "org.eclipse.collections.api.factory..",
    "org.eclipse.collections.impl.factory..",
  };

  private static final Set<String> ATOMIC_OPERATIONS =
      Set.of("<init>", "get", "set", "compareAndSet");

  private static final Set<String> DECIMAL_TEXT = Set.of("toString", "valueOf", "append", "insert");

  private static final Set<String> TEXT_BUILDERS =
      Set.of("java.lang.String", "java.lang.StringBuilder", "java.lang.StringBuffer");

  private final DescribedPredicate<JavaClass> portable;

  private PortableCore(DescribedPredicate<JavaClass> portable) {
    this.portable = portable;
  }

  /** The rules for the classes that {@code portable} selects. */
  static PortableCore of(DescribedPredicate<JavaClass> portable) {
    return new PortableCore(portable);
  }

  ArchRule usesNoMissingType() {
    return noClasses()
        .that(portable)
        .should()
        .dependOnClassesThat(
            describe(
                "are missing elsewhere",
                type -> TYPES.stream().anyMatch(name -> type.isAssignableTo(name))))
        .because("the JVM side fills in what is needed of them, through a one-method interface");
  }

  ArchRule usesNoMissingPackage() {
    return noClasses()
        .that(portable)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PACKAGES)
        .because("locks and reflection are missing elsewhere, and factories pull in everything");
  }

  ArchRule usesNoReflectionOnClasses() {
    return noCalls(
        "look up members of a class by name",
        access ->
            access.getTargetOwner().isEquivalentTo(Class.class)
                && (access.getName().equals("forName")
                    || access.getName().equals("newInstance")
                    || access.getName().equals("getRecordComponents")
                    || access
                        .getName()
                        .matches("get(Declared|Enclosing)?(Field|Method|Constructor)s?")));
  }

  ArchRule formatsNoStrings() {
    return noCalls(
        "format strings",
        access ->
            access.getTargetOwner().isEquivalentTo(String.class)
                && (access.getName().equals("format") || access.getName().equals("formatted")));
  }

  ArchRule usesNoSystemLogger() {
    return noCalls(
        "log",
        access ->
            access.getTargetOwner().isEquivalentTo(System.class)
                && access.getName().equals("getLogger"));
  }

  ArchRule usesAtomicsPlainly() {
    return noCalls(
        "use an atomic other than by get, set and compareAndSet",
        access ->
            access.getTargetOwner().getPackageName().equals("java.util.concurrent.atomic")
                && !ATOMIC_OPERATIONS.contains(access.getName()));
  }

  ArchRule writesNoDecimalText() {
    return noCalls("write a double or float as text", PortableCore::isDecimalText);
  }

  ArchRule synchronizesNoMethod() {
    return noMethods()
        .that()
        .areDeclaredInClassesThat(portable)
        .should()
        .haveModifier(JavaModifier.SYNCHRONIZED)
        .because("only the replica knows threads");
  }

  ArchRule readsNoClockAndNoChance() {
    return noCalls(
        "ask for the time or for a random number",
        access -> isTime(access) || isChance(access.getTargetOwner(), access.getName()));
  }

  /** Bounds, casts, divisors and number texts are checked beforehand, never caught. */
  ArchRule catchesNoMistakeOfItsOwn() {
    return noClasses().that(portable).should(catchUncheckedExceptionsOfTheJdk());
  }

  /** All rules, for those who check them one by one. */
  List<ArchRule> all() {
    return List.of(
        usesNoMissingType(),
        usesNoMissingPackage(),
        usesNoReflectionOnClasses(),
        formatsNoStrings(),
        usesNoSystemLogger(),
        usesAtomicsPlainly(),
        writesNoDecimalText(),
        synchronizesNoMethod(),
        readsNoClockAndNoChance(),
        catchesNoMistakeOfItsOwn());
  }

  private ArchRule noCalls(String what, Predicate<JavaAccess<?>> bad) {
    return noClasses().that(portable).should().accessTargetWhere(describe(what, bad));
  }

  private static boolean isTime(JavaAccess<?> access) {
    String name = access.getName();
    if (access.getTargetOwner().isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis") || name.equals("nanoTime");
    }
    return access.getTargetOwner().getPackageName().equals("java.time") && name.equals("now");
  }

  private static boolean isChance(JavaClass owner, String name) {
    if (owner.isEquivalentTo(Math.class)) {
      return name.equals("random");
    }
    return owner.isAssignableTo(Random.class) || name.equals("randomUUID");
  }

  private static boolean isDecimalText(JavaAccess<?> access) {
    if (!DECIMAL_TEXT.contains(access.getName())) {
      return false;
    }
    String owner = access.getTargetOwner().getName();
    boolean ofDecimal = owner.equals("java.lang.Double") || owner.equals("java.lang.Float");
    if (ofDecimal) {
      return access.getName().equals("toString");
    }
    return TEXT_BUILDERS.contains(owner) && takesDecimal(access);
  }

  private static boolean takesDecimal(JavaAccess<?> access) {
    String call = access.getTarget().getFullName();
    String parameters = call.substring(call.indexOf('('));
    return parameters.contains("double") || parameters.contains("float");
  }

  private static ArchCondition<JavaClass> catchUncheckedExceptionsOfTheJdk() {
    return new ArchCondition<>("catch an unchecked exception of the JDK") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          unit.getTryCatchBlocks().stream()
              .flatMap(block -> block.getCaughtThrowables().stream())
              .filter(PortableCore::isMistake)
              .forEach(
                  caught ->
                      events.add(
                          SimpleConditionEvent.satisfied(
                              type, unit.getFullName() + " catches " + caught.getName())));
        }
      }
    };
  }

  private static boolean isMistake(JavaClass caught) {
    if (!caught.getPackageName().startsWith("java.")) {
      return false;
    }
    // Reflection, because ArchUnit does not look up the superclasses of what is only caught.
    Class<?> type = caught.reflect();
    return RuntimeException.class.isAssignableFrom(type) && type != RuntimeException.class;
  }
}
