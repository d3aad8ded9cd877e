package dev.plait.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;

/**
 * Which package may know which, below a root package. Arrows point down and inward only: towards
 * the clock, and from the adapters to the ports.
 */
final class Layers {
  private static final String[] CLOCK = {"clock", "error"};
  private static final String[] DATA = {"value", "canonical", "sequence", "crdt"};
  private static final String[] PORTS = {"store", "transport", "codec"};
  private static final String[] ADAPTERS = {"wire", "storage", "transport.grpc"};

  private final String root;

  private Layers(String root) {
    this.root = root;
  }

  /** The rules for the packages {@code root.clock}, {@code root.crdt} and so on. */
  static Layers below(String root) {
    return new Layers(root);
  }

  ArchRule clockKnowsNothingAboveIt() {
    return noClasses()
        .that(in(CLOCK))
        .should()
        .dependOnClassesThat(inRoot().and(DescribedPredicate.not(in(CLOCK))))
        .because("time and causality are useful without documents");
  }

  ArchRule dataTypesKnowOnlyTheClock() {
    return noClasses()
        .that(in(DATA))
        .should()
        .dependOnClassesThat(inRoot().and(DescribedPredicate.not(in(CLOCK).or(in(DATA)))))
        .because("each data type is useful inside somebody else's sync system");
  }

  ArchRule documentKnowsNoReplica() {
    return noClasses()
        .that(in("document"))
        .should()
        .dependOnClassesThat(in("replica", "sync", "store", "transport"))
        .because("a host may own storage and network itself");
  }

  ArchRule portsKnowNoReplica() {
    return noClasses()
        .that(in(PORTS).and(DescribedPredicate.not(in(ADAPTERS))))
        .should()
        .dependOnClassesThat(in("replica", "sync", "document"))
        .because("a port is implemented without knowing who uses it");
  }

  ArchRule coreKnowsNoAdapter() {
    return noClasses()
        .that(inCore())
        .should()
        .dependOnClassesThat(in(ADAPTERS).or(in("cli")))
        .because("files, networks and formats are handed in");
  }

  ArchRule adaptersDoNotKnowWhoUsesThem() {
    return noClasses()
        .that(in(ADAPTERS))
        .should()
        .dependOnClassesThat(
            in("replica", "sync", "cli").and(DescribedPredicate.not(whatAPeerMayDo())))
        .because("an adapter implements a port, whoever calls it");
  }

  ArchRule adaptersDoNotKnowEachOther() {
    return slices()
        .assignedFrom(
            slicesOf("adapters", in(ADAPTERS).and(DescribedPredicate.not(in("storage.guard")))))
        .should()
        .notDependOnEachOther()
        .because("an application takes the adapters it needs");
  }

  ArchRule guardKnowsNoStore() {
    return noClasses()
        .that(in("storage.guard"))
        .should()
        .dependOnClassesThat(in(ADAPTERS).and(DescribedPredicate.not(in("storage.guard"))))
        .because("what all durable stores are guarded with knows none of them");
  }

  ArchRule packagesHaveNoCycles() {
    return slices()
        .assignedFrom(slicesOf("packages", inRoot()))
        .should()
        .beFreeOfCycles()
        .because("each package is one concept and can be understood after those it uses");
  }

  /** The core: everything that is neither adapter nor application. */
  DescribedPredicate<JavaClass> inCore() {
    return inRoot()
        .and(DescribedPredicate.not(in(ADAPTERS)))
        .and(DescribedPredicate.not(in("cli", "architecture")))
        .as("in the core");
  }

  /** A server that knows its callers hands this on to the sessions, which ask it. */
  private DescribedPredicate<JavaClass> whatAPeerMayDo() {
    return JavaClass.Predicates.belongTo(
        DescribedPredicate.describe(
            "SyncPolicy", type -> type.getName().equals(root + ".sync.SyncPolicy")));
  }

  private SliceAssignment slicesOf(String description, DescribedPredicate<JavaClass> ofThese) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return ofThese.test(type) ? SliceIdentifier.of(nameOf(type)) : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return description;
      }
    };
  }

  /** Adapters of one port live side by side below one package, so each is a whole package name. */
  private String nameOf(JavaClass type) {
    String inside = type.getPackageName().substring(root.length() + 1);
    String[] parts = inside.split("\\.", -1);
    boolean several = parts[0].equals("storage") || parts[0].equals("transport");
    return several && parts.length > 1 ? parts[1] : parts[0];
  }

  private DescribedPredicate<JavaClass> inRoot() {
    return JavaClass.Predicates.resideInAPackage(root + "..");
  }

  private DescribedPredicate<JavaClass> in(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(
        Arrays.stream(packages).map(name -> root + "." + name + "..").toArray(String[]::new));
  }
}
