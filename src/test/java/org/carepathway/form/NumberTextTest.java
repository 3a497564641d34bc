package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.DecimalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number is read as it was meant or refused; it is never guessed. */
class NumberTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "es | 1,5    | 1.5",
        "es | 1.5    | 1.5",
        "es | 1,500  | 1.500",
        "es | 0.125  | 0.125",
        "es | 1500   | 1500",
        "es | -0,25  | -0.25",
        "en | 1.5    | 1.5",
        "en | 1,5    | 1.5",
        "en | 1.500  | 1.500",
        "en | 0,125  | 0.125",
        "en | 1234,567 | 1234.567",
      })
  void whatIsClearIsRead(String language, String typed, String number) {
    assertThat(read(language, typed).value())
        .isInstanceOfSatisfying(
            DecimalType.class,
            value -> assertThat(value.getValue()).isEqualTo(new BigDecimal(number)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "es | 1.500    | form.issue.thousands",
        "es | 150.000  | form.issue.thousands",
        "en | 1,500    | form.issue.thousands",
        "es | 1.234,5  | form.issue.number",
        "en | 1,234.5  | form.issue.number",
        "en | 1 500    | form.issue.number",
        "es | ,5       | form.issue.number",
        "es | 1'5      | form.issue.number",
        "es | 1e3      | form.issue.number",
      })
  void whatIsNotIsRefused(String language, String typed, String problem) {
    assertThat(read(language, typed).problem()).isEqualTo(problem);
    assertThat(read(language, typed).value()).isNull();
  }

  @Test
  void aNumberIsShownWithTheSignOfTheLanguage() {
    assertThat(NumberText.of(new BigDecimal("1500.50"), Locale.forLanguageTag("es")))
        .isEqualTo("1500,50");
    assertThat(NumberText.of(new BigDecimal("1500.50"), Locale.UK)).isEqualTo("1500.50");
    assertThat(Phrase.of("form.issue.max-value", "1.5 mL").in(Locale.forLanguageTag("es")))
        .contains("1,5 mL");
  }

  private static FieldReader.Reading read(String language, String typed) {
    Form form = TestForms.form("{\"linkId\": \"d\", \"type\": \"decimal\"}");
    return new FieldReader(ZoneOffset.UTC, Locale.forLanguageTag(language))
        .read(form.item("d").orElseThrow(), "d", Map.of("d", List.of(typed)))
        .get(0);
  }
}
