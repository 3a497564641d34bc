package org.carepathway.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the pages answer when they do not do what was asked is there in Spanish too. */
class RefusalsInSpanishTest {

  private static final Path JAVA = Path.of("src/main/java/org/carepathway");
  private static final Path SPANISH = Path.of("src/main/resources/translation/es.yaml");

  /** Operations of /fhir answer systems, in English. */
  private static final List<String> PACKAGES =
      List.of(
          "amendment",
          "answers",
          "book",
          "caseload",
          "chart",
          "deviation",
          "engine",
          "operations",
          "page",
          "pathway",
          "patient",
          "report",
          "security",
          "task",
          "worklist");

  private static final Pattern REFUSAL =
      Pattern.compile(
          "new (?:ResourceNotFound|ResourceVersionConflict|ForbiddenOperation|UnprocessableEntity"
              + "|InvalidRequest)Exception\\(\\s*(\".*?)\\)[;)]*\n",
          Pattern.DOTALL);

  @Test
  void everyRefusalHasSpanish() throws IOException {
    Map<String, String> spanish =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(SPANISH));
    List<String> english = refusals();
    assertThat(english).hasSizeGreaterThan(20).contains("There is no step {}.");
    assertThat(spanish.keySet().stream().map(RefusalsInSpanishTest::blank).toList())
        .as("add the missing ones to %s", SPANISH)
        .containsAll(english);
  }

  private static List<String> refusals() throws IOException {
    List<String> found = new ArrayList<>();
    for (String part : PACKAGES) {
      try (Stream<Path> files = Files.walk(JAVA.resolve(part))) {
        for (Path file : files.filter(RefusalsInSpanishTest::answersPeople).toList()) {
          Matcher refusal = REFUSAL.matcher(Files.readString(file));
          while (refusal.find()) {
            found.add(text(refusal.group(1)));
          }
        }
      }
    }
    return found;
  }

  private static boolean answersPeople(Path file) {
    return file.toString().endsWith(".java") && !file.toString().endsWith("Operations.java");
  }

  /** As it reads, with empty braces for what differs. */
  private static String text(String expression) {
    return blank(
        expression
            .replaceAll("\"\\s*\\+\\s*\"", "")
            .replaceAll("\"\\s*\\+\\s*[^\"]+?\\s*\\+\\s*\"", "%s")
            .replaceAll("(?s)^\"(.*?)\".*$", "$1")
            .concat(expression.matches("(?s).*\"\\s*\\+\\s*\\w+\\)*") ? "%s" : ""));
  }

  private static String blank(String text) {
    return text.replaceAll("%[sd]|\\{\\d}", "{}");
  }
}
