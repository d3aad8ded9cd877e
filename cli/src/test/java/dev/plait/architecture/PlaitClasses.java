package dev.plait.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes the rules are about. */
final class PlaitClasses {
  /** Every class of Plait that is not a test. */
  static final JavaClasses OF_ALL_MODULES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.plait");

  private PlaitClasses() {}

  /** Classes made to break a rule: those of the package and the packages below it. */
  static JavaClasses ofFixture(String fixturePackage) {
    return new ClassFileImporter().importPackages(fixturePackage);
  }

  /** One class made to break a rule. */
  static JavaClasses ofFixture(Class<?> fixture) {
    return new ClassFileImporter().importClasses(fixture);
  }
}
