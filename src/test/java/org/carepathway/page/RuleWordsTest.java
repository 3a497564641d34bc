package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule is read in words; what reviewers look up stays in the book. */
class RuleWordsTest {

  private static final Pattern DESCRIPTION =
      Pattern.compile("(?s)<description>(.*?)</description>");
  private static final Pattern MARK =
      Pattern.compile(
          "^[A-Z]\\d\\b|\\((?:policy|valor|valores) |clinical\\.md|Evidence:|Evidencia:");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "D6 row 4: flat for 60 minutes. Source: Mathis. Evidence: E1. | Flat for 60 minutes. Source: Mathis.",
        "D6 fila 4: tumbado 60 minutos. Fuente: Mathis. Evidencia: E1. | Tumbado 60 minutos. Fuente: Mathis.",
        "D1 row 7: severe pain (policy nrs-recent-min, fracture-recent-days). Source: X. Evidence: E1; time limit LOCAL. | Severe pain. Source: X.",
        "D3 row E. Source: LCD L38201 and others. Evidence: E2. | Source: LCD L38201 and others.",
        "D4 apixaban: 4 doses. Source: SIR. Evidence: E2. The longer reading: AF: two days. Evidence: E1. | Apixaban: 4 doses. Source: SIR. The longer reading: AF: two days.",
        "D8 row 8, added: repeated falls. Source: BHOF 2022. Evidence: MEM. | Repeated falls. Source: BHOF 2022.",
        "D4: the table proposes. Source: clinical.md D4. Evidence: LOCAL. | The table proposes.",
        "Gate R-17a: pregnancy not asked. Source: local default. Evidence: LOCAL. | Pregnancy not asked. Source: local default.",
        "DXA is older than 2 years | DXA is older than 2 years",
        "D2 vitamin is low | D2 vitamin is low",
      })
  void aRuleIsReadWithoutItsMarks(String stored, String read) {
    assertThat(RuleWords.of(stored)).isEqualTo(read);
  }

  @Test
  void noRuleOfTheContentShowsAMark() throws IOException {
    List<String> rules = descriptions();
    assertThat(rules).hasSizeGreaterThan(300);
    assertThat(rules).map(RuleWords::of).filteredOn(text -> MARK.matcher(text).find()).isEmpty();
  }

  private static List<String> descriptions() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
      return files
          .filter(file -> file.toString().endsWith(".dmn"))
          .map(RuleWordsTest::read)
          .flatMap(text -> DESCRIPTION.matcher(text).results())
          .map(found -> found.group(1).strip().replaceAll("\\s+", " "))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
