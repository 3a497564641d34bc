package org.carepathway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Component;

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
          .resideOutsideOfPackages("..web..", "..chart..", "..operations..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.carepathway..web..", "org.carepathway.chart..", "org.carepathway.operations..");

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

  /** Spring names them by their class alone, and the service does not start with two of a name. */
  @ArchTest
  static void everyComponentHasANameOfItsOwn(JavaClasses classes) {
    assertThat(
            classes.stream()
                .filter(type -> type.isMetaAnnotatedWith(Component.class) && !type.isAnnotation())
                .filter(type -> type.isTopLevelClass())
                .collect(
                    groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())))
                .values())
        .isNotEmpty()
        .allMatch(named -> named.size() == 1);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent))
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  /** Two with one number come from two branches, and the service does not start with them. */
  @Test
  void everyMigrationHasANumberOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(files.map(file -> file.getFileName().toString().replaceAll("__.*", "")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void noRoomHoldsMoreThanFifteenPercentOfTheLines() throws IOException {
    Map<String, Long> lines = new TreeMap<>();
    Path root = Path.of("src/main/java/org/carepathway");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        lines.merge(
            root.relativize(file).getName(0).toString(),
            (long) Files.readAllLines(file).size(),
            Long::sum);
      }
    }
    long all = lines.values().stream().mapToLong(Long::longValue).sum();
    assertThat(lines)
        .allSatisfy((room, own) -> assertThat(own).as(room).isLessThan(all * 15 / 100));
  }

  @Test
  void modulesUseOnlyWhatOthersOffer() {
    ApplicationModules.of(CarePathwayApplication.class).verify();
  }
}
