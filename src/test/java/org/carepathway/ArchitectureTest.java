package org.carepathway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of the structure (docs/adr). */
@AnalyzeClasses(packages = "org.carepathway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheEnginePackageKnowsCamunda =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.carepathway.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.camunda..");

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      slices().matching("org.carepathway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule pagesAreKnownToNobody =
      noClasses()
          .that()
          .resideOutsideOfPackage("..web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.carepathway..web..");

  @ArchTest
  static final ArchRule namesAreNounsOfTheWard =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl");

  @Test
  void modulesUseOnlyWhatOthersOffer() {
    ApplicationModules.of(CarePathwayApplication.class).verify();
  }
}
