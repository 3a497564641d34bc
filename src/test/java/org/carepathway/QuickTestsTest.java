package org.carepathway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/**
 * The quick tests ({@code ./mvnw -Pquick test}) need no Spring, no database and no browser: what
 * needs one of them has a tag that says which.
 */
@AnalyzeClasses(packages = "org.carepathway", importOptions = OnlyIncludeTests.class)
class QuickTestsTest {

  private static final Set<String> HEAVY =
      Set.of(
          "org.carepathway.rehearsal.Rehearsal",
          "com.microsoft.playwright.Browser",
          "com.marcnuri.helm.Helm",
          "org.springframework.boot.builder.SpringApplicationBuilder");

  @ArchTest
  static final ArchRule whatIsHeavyIsTagged =
      classes().that().haveSimpleNameEndingWith("Test").should(haveATagOrNeedNothingHeavy());

  private static ArchCondition<JavaClass> haveATagOrNeedNothingHeavy() {
    return new ArchCondition<>("have a tag or need nothing heavy") {
      @Override
      public void check(JavaClass test, ConditionEvents events) {
        boolean heavy =
            test.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> HEAVY.contains(dependency.getTargetClass().getName()));
        if (heavy && !isTagged(test)) {
          events.add(SimpleConditionEvent.violated(test, test.getName() + " has no tag"));
        }
      }
    };
  }

  private static boolean isTagged(JavaClass test) {
    return test.isAssignableTo(RunningService.class)
        || test.isAnnotatedWith(Tag.class)
        || test.isAnnotatedWith(net.jqwik.api.Tag.class);
  }
}
