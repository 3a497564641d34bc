package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Texts for patients: in every language, with sources and date, and easy to read. */
class PatientTextsTest {

  private static final Set<String> LANGUAGES = Set.of("en", "es");
  private static final double HARDEST_GRADE = 6;
  private static final double LEAST_EASE = 80;
  private static final Pattern OLD_CLAIMS =
      Pattern.compile("(?i)very safe|muy segur|relatively new|in France" + "|75 (to|-) 90");

  @Test
  void everyTextIsThereInEveryLanguage() throws IOException {
    Map<String, Set<String>> languages = new TreeMap<>();
    for (Path file : files()) {
      String[] parts = file.getFileName().toString().split("\\.");
      languages
          .computeIfAbsent(file.getParent() + "/" + parts[0], name -> new TreeSet<>())
          .add(parts[1]);
    }
    assertThat(languages).isNotEmpty();
    languages.forEach(
        (name, found) -> assertThat(found).as(name).isEqualTo(new TreeSet<>(LANGUAGES)));
  }

  @TestFactory
  Stream<DynamicTest> everyTextSaysWhereItIsFromAndIsEasy() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> check(file)));
  }

  /**
   * Safety, novelty and prevention were told otherwise in 2003; no text and no form says it now.
   */
  @Test
  void nothingRepeatsTheClaimsOf2003() throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("fhir-profiles"))) {
      List<String> repeated =
          walk.filter(file -> file.toString().matches(".*/(text|template|Questionnaire)/[^/]+"))
              .filter(file -> OLD_CLAIMS.matcher(text(file)).find())
              .map(Path::toString)
              .toList();
      assertThat(repeated).as("claims of 2003").isEmpty();
    }
  }

  /** A pathway shows what it inherits: nothing of that names the other treatment. */
  @Test
  void whatKyphoplastyInheritsDoesNotSayVertebroplasty() throws IOException {
    Path own = Path.of("fhir-profiles/kyphoplasty");
    Path parent = Path.of("fhir-profiles/vertebroplasty");
    try (Stream<Path> walk = Files.walk(parent)) {
      List<String> named =
          walk.filter(file -> file.toString().matches(".*/(text|template|Questionnaire)/[^/]+"))
              .filter(file -> !Files.exists(own.resolve(parent.relativize(file))))
              .filter(PatientTextsTest::namesVertebroplasty)
              .map(Path::toString)
              .toList();
      assertThat(named).as("inherited and not replaced").isEmpty();
    }
  }

  private static boolean namesVertebroplasty(Path file) {
    return text(file)
        .replaceAll("https?://\\S+", "")
        .toLowerCase(Locale.ROOT)
        .contains("vertebroplast");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path file) throws IOException {
    String[] parts = Files.readString(file).split("(?m)^---$", 3);
    Map<String, Object> front =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(parts[1].replaceAll("(?m)^date: (.*)$", "date: \"$1\""));
    assertThat(front).containsKeys("title", "language", "date", "sources", "site");
    assertThat((String) front.get("title")).isNotBlank();
    assertThat((List<?>) front.get("sources")).isNotEmpty();
    assertThat(LocalDate.parse((String) front.get("date"))).isAfter(LocalDate.of(2020, 1, 1));
    String language = (String) front.get("language");
    assertThat(file.toString()).endsWith("." + language + ".md");
    ReadingEase ease = ReadingEase.of(parts[2], language);
    if (language.equals("en")) {
      assertThat(ease.fleschKincaidGrade()).as("grade").isLessThanOrEqualTo(HARDEST_GRADE);
    } else {
      assertThat(ease.fernandezHuerta()).as("ease").isGreaterThanOrEqualTo(LEAST_EASE);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("fhir-profiles"))) {
      return walk.filter(file -> file.toString().matches(".*/text/[^/]+\\.md")).sorted().toList();
    }
  }
}
